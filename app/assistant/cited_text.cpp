#include "app/assistant/cited_text.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include "app/base/text.h"
#include "app/corpus/chunker.h"

namespace plumbline::assistant {

namespace {

constexpr int kHighestNumber = 9'999;

std::string withoutLinks(std::string_view text)
{
    static const RE2 link(R"(!?\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\))");
    static const RE2 bare(R"((?i)<?\bhttps?://[^\s<>\[\]]+>?)");
    std::string clean(text);
    RE2::GlobalReplace(&clean, link, R"(\1)");
    RE2::GlobalReplace(&clean, bare, "(link removed)");
    return clean;
}

// Takes the marks out of `text` and gives their numbers.
std::vector<int> takeMarks(std::string& text)
{
    static const RE2 mark(R"(\s*(?:\[\^?|【)(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)(?:\]|】))");
    static const RE2 digits(R"((\d+))");
    std::vector<int> numbers;
    re2::StringPiece input(text);
    re2::StringPiece group;
    while (RE2::FindAndConsume(&input, mark, &group)) {
        int number = 0;
        while (RE2::FindAndConsume(&group, digits, &number)) {
            if (std::ranges::find(numbers, number) == numbers.end()) {
                numbers.push_back(number);
            }
        }
    }
    RE2::GlobalReplace(&text, mark, "");
    return numbers;
}

void append(std::vector<CitedSentence>& all, std::string text, corpus::UnitKind kind, bool firstOfLine)
{
    const std::vector<int> numbers = takeMarks(text);
    const std::string_view clean = trimmed(text);
    const bool wordless = clean.find_first_not_of(" .,;:!?") == std::string_view::npos;
    if (wordless) { // marks alone: they belong to what stands before
        if (!all.empty() && !firstOfLine) {
            for (const int number : numbers) {
                if (std::ranges::find(all.back().numbers, number) == all.back().numbers.end()) {
                    all.back().numbers.push_back(number);
                }
            }
        }
        return;
    }
    all.push_back({std::string(clean), kind, numbers});
}

// Marks that stand before the first word of a sentence were written behind the full stop of the one before.
std::string moveLeadingMarks(std::string_view text, std::string& marks)
{
    static const RE2 leading(R"(^((?:\s*(?:\[\^?|【)\d{1,4}(?:\s*[,;]\s*\d{1,4})*(?:\]|】))+)\s*)");
    std::string rest(text);
    re2::StringPiece input(rest);
    re2::StringPiece group;
    if (RE2::Consume(&input, leading, &group)) {
        marks = std::string(group.data(), group.size());
        return std::string(input.data(), input.size());
    }
    return rest;
}

void appendLine(std::vector<CitedSentence>& all, std::string_view line)
{
    static const RE2 item(R"(^\s*(?:[-*•]|\d{1,3}[.)])\s+)");
    static const RE2 heading(R"(^\s*#{1,6}\s+)");
    std::string text(line);
    const bool step = RE2::Replace(&text, item, "");
    RE2::Replace(&text, heading, "");
    if (trimmed(text).starts_with("|")) {
        append(all, text, corpus::UnitKind::TableRow, true);
        return;
    }
    const corpus::UnitKind kind = step ? corpus::UnitKind::Step : corpus::UnitKind::Sentence;
    const CodePoints points(text);
    bool first = true;
    for (const Span& span : corpus::sentences(text, points, {0, points.size()})) {
        std::string marks;
        std::string sentence = moveLeadingMarks(points.slice(span), marks);
        if (!marks.empty()) {
            append(all, marks, kind, first);
        }
        append(all, std::move(sentence), first ? kind : corpus::UnitKind::Sentence, first);
        first = false;
    }
}

} // namespace

std::vector<CitedSentence> citedSentences(std::string_view text)
{
    const std::string clean = withoutLinks(toValidUtf8(text));
    std::vector<CitedSentence> all;
    for (const std::string_view line : splitLines(clean)) {
        appendLine(all, line);
    }
    return all;
}

std::optional<std::vector<CitedSentence>> citedJson(std::string_view json)
{
    const nlohmann::json value = nlohmann::json::parse(json, nullptr, false);
    if (!value.is_object()) {
        return std::nullopt;
    }
    const auto listed = value.find("sentences");
    if (listed == value.end() || !listed->is_array()) {
        const auto answer = value.find("answer");
        if (answer == value.end() || !answer->is_string()) {
            return std::nullopt;
        }
        return citedSentences(answer->get<std::string>());
    }
    std::vector<CitedSentence> all;
    for (const nlohmann::json& one : *listed) {
        if (!one.is_object() || !one.contains("text") || !one["text"].is_string()) {
            return std::nullopt;
        }
        std::vector<CitedSentence> inside = citedSentences(one["text"].get<std::string>());
        const nlohmann::json citations = one.value("citations", nlohmann::json::array());
        for (CitedSentence& sentence : inside) {
            for (const nlohmann::json& number : citations) {
                if (number.is_number_integer() && number >= 0 && number <= kHighestNumber &&
                    std::ranges::find(sentence.numbers, number.get<int>()) == sentence.numbers.end()) {
                    sentence.numbers.push_back(number.get<int>());
                }
            }
            all.push_back(std::move(sentence));
        }
    }
    return all;
}

bool saysNotFound(std::string_view text)
{
    static const RE2 words(R"((?i)\W*not[_ ]found\W*)");
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), words);
}

} // namespace plumbline::assistant
