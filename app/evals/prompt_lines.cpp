#include "app/evals/prompt_lines.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/base/text.h"
#include "app/base/text_diff.h"

namespace plumbline::evals {

namespace {

using Words = std::vector<std::string_view>;

// What a line says that governs a kind of check. The keys are those of resources/docs/prompts.md.
Words wordsFor(std::string_view check)
{
    const auto about = [&](std::string_view part) { return check.find(part) != std::string_view::npos; };
    if (about("refus") || check == "broken") {
        return {"answer_from", "not_found", "do not answer", "refuse"};
    }
    if (about("citation") || about("cites")) {
        return {"number of the passage", "cite", "[2]", "unsupported"};
    }
    if (about("grounded")) {
        return {"unsupported", "only from the passages", "leave a gap", "do not say", "temperature"};
    }
    if (about("json") || about("schema") || about("xml")) {
        return {"layout", "json", "write"};
    }
    if (about("fact") || about("contains") || about("equals")) {
        return {"answer_from", "max_sentences", "exactly", "at most", "answer"};
    }
    return {};
}

// Lines of the front matter that no answer depends on.
bool saysNothing(std::string_view line)
{
    constexpr std::array<std::string_view, 8> kNotes{
        "title:", "purpose:", "author:", "change_note:", "description:", "task:", "---", "variables:"};
    const std::string_view text = trimmed(line);
    return text.empty() || text.starts_with("#") ||
           std::ranges::any_of(kNotes, [&](std::string_view note) { return text.starts_with(note); });
}

std::set<std::size_t> changedLines(std::string_view baseline, std::string_view text)
{
    std::set<std::size_t> changed;
    std::size_t last = 0;
    for (const DiffRow& row : diffText(baseline, text).rows) {
        last = row.right == 0 ? last : row.right;
        if (row.kind != DiffKind::Equal) {
            changed.insert(std::max<std::size_t>(1, last)); // a removed line: where it stood
        }
    }
    return changed;
}

} // namespace

PromptLines::PromptLines(std::string path, std::string_view text, std::string_view baseline)
{
    const std::set<std::size_t> changed =
        baseline.empty() ? std::set<std::size_t>{} : changedLines(baseline, text);
    std::size_t number = 0;
    for (const std::string_view line : splitLines(text)) {
        ++number;
        const bool differs = changed.contains(number);
        if (!saysNothing(line)) {
            m_places.push_back({path, static_cast<int>(number), std::string(line), differs});
        }
    }
    if (m_places.empty() && !path.empty() && !text.empty()) {
        m_places.push_back({std::move(path), 1, std::string(), false});
    }
}

std::optional<PromptPlace> PromptLines::placeFor(std::string_view check) const
{
    if (m_places.empty()) {
        return std::nullopt;
    }
    const Words words = wordsFor(check);
    const auto rank = [&](const PromptPlace& place) {
        const std::string line = asciiLower(place.text);
        std::size_t word = 0;
        while (word < words.size() && line.find(words[word]) == std::string::npos) {
            ++word;
        }
        return std::pair(!place.changed, word);
    };
    return *std::ranges::min_element(m_places, {}, rank);
}

} // namespace plumbline::evals
