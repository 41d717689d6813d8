#include "app/prompts/labels.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "app/base/json_values.h"
#include "app/base/yaml.h"
#include "app/prompts/labels_schema.h"

namespace plumbline::prompts {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kHead =
    "# Which version of each prompt a label points at, and every move. Written by "
    "`plumbline prompts label`.\n";

Result<void> check(const YamlDocument& document)
{
    static const auto kSchema = JsonSchema::compile(ordered_json::parse(kLabelsSchema));
    if (!kSchema) {
        return tl::unexpected(kSchema.error());
    }
    const auto violations = kSchema->validate(document.value);
    if (violations.empty()) {
        return {};
    }
    const auto& first = violations.front();
    const std::string key =
        first.instancePath.empty() ? std::string("the file") : "'" + first.instancePath.substr(1) + "'";
    return failure(ErrorCode::BadInput, key + ": " + first.message, document.where(first.instancePath));
}

Result<LabelMove> moveOf(const YamlDocument& document, const ordered_json& from, const std::string& pointer)
{
    auto at = parseTimestamp(from.at("at").get<std::string>());
    if (!at) {
        return failure(ErrorCode::BadInput, at.error().message, document.where(pointer + "/at"));
    }
    return LabelMove{from.at("label").get<std::string>(),
                     from.at("version").get<int>(),
                     from.at("digest").get<std::string>(),
                     {from.at("who").get<std::string>(), from.at("known_how").get<std::string>()},
                     *at,
                     from.at("why").get<std::string>()};
}

Result<void> checkReleases(const YamlDocument& document, const PromptLabels& labels, const LabelMove& move,
                           const std::string& pointer)
{
    const LabelMove* release = labels.releaseOf(move.version);
    if (release == nullptr || release->digest == move.digest) {
        return {};
    }
    return failure(ErrorCode::BadInput,
                   "version " + std::to_string(move.version) +
                       " has another digest here than at its first move; take this file from Git again",
                   document.where(pointer + "/digest"));
}

// Every label where its last move says, and no other.
Result<void> checkCurrent(const YamlDocument& document, const PromptLabels& labels,
                          const std::string& pointer)
{
    std::map<std::string, int> moved;
    for (const LabelMove& move : labels.moves) {
        moved[move.label] = move.version;
    }
    for (const auto& [label, version] : labels.current) {
        const auto found = moved.find(label);
        if (found == moved.end() || found->second != version) {
            return failure(ErrorCode::BadInput,
                           "'" + label + "' points at version " + std::to_string(version) +
                               (found == moved.end()
                                    ? std::string(", but no move says so")
                                    : ", its last move at " + std::to_string(found->second)) +
                               "; move labels with `plumbline prompts label`, not by hand",
                           document.where(pointer + "/labels/" + pointerPart(label)));
        }
    }
    for (const auto& [label, version] : moved) {
        if (!labels.current.contains(label)) {
            return failure(ErrorCode::BadInput,
                           "'" + label + "' was moved to version " + std::to_string(version) +
                               ", but does not stand here",
                           document.where(pointer + "/labels"));
        }
    }
    return {};
}

Result<PromptLabels> labelsOf(const YamlDocument& document, const ordered_json& from,
                              const std::string& pointer)
{
    PromptLabels labels;
    for (const auto& [label, version] : from.at("labels").items()) {
        labels.current[label] = version.get<int>();
        labels.places[label] = document.where(pointer + "/labels/" + pointerPart(label));
    }
    const ordered_json& moves = from.at("moves");
    for (std::size_t i = 0; i < moves.size(); ++i) {
        const std::string place = pointer + "/moves/" + std::to_string(i);
        auto move = moveOf(document, moves[i], place);
        auto checked = move ? checkReleases(document, labels, *move, place) : Result<void>();
        if (!move || !checked) {
            return tl::unexpected(!move ? move.error() : checked.error());
        }
        labels.moves.push_back(std::move(*move));
    }
    if (auto current = checkCurrent(document, labels, pointer); !current) {
        return tl::unexpected(current.error());
    }
    return labels;
}

// JSON's quotes are YAML's.
std::string quoted(const std::string& text)
{
    return ordered_json(text).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace

std::vector<std::string> PromptLabels::at(int version) const
{
    std::vector<std::string> out;
    for (const auto& [label, where] : current) {
        if (where == version) {
            out.push_back(label);
        }
    }
    return out;
}

const LabelMove* PromptLabels::releaseOf(int version) const
{
    const auto found = std::find_if(moves.begin(), moves.end(),
                                    [&](const LabelMove& move) { return move.version == version; });
    return found == moves.end() ? nullptr : &*found;
}

bool isLabelName(std::string_view name)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto fits = [&](char c) { return (c >= 'a' && c <= 'z') || digit(c) || c == '-'; };
    const bool likeVersion =
        name.size() > 1 && name.front() == 'v' && std::all_of(name.begin() + 1, name.end(), digit);
    return !name.empty() && name.size() <= 40 && name.front() >= 'a' && name.front() <= 'z' &&
           std::all_of(name.begin(), name.end(), fits) && !likeVersion;
}

Result<LabelBook> parseLabels(std::string_view yaml, std::string_view path)
{
    auto document = parseYaml(yaml, path);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (auto checked = check(*document); !checked) {
        return tl::unexpected(checked.error());
    }
    LabelBook book;
    for (const auto& [prompt, from] : document->value.items()) {
        auto labels = labelsOf(*document, from, "/" + pointerPart(prompt));
        if (!labels) {
            return tl::unexpected(labels.error());
        }
        book[prompt] = std::move(*labels);
    }
    return book;
}

std::string writeLabels(const LabelBook& book)
{
    std::string out(kHead);
    for (const auto& [prompt, labels] : book) {
        // Quoted: "1" or "true" would read as something else.
        out += quoted(prompt) + ":\n  labels:\n";
        for (const auto& [label, version] : labels.current) {
            out += "    " + quoted(label) + ": " + std::to_string(version) + "\n";
        }
        out += "  moves:\n";
        for (const LabelMove& move : labels.moves) {
            out += "    - label: " + quoted(move.label) + "\n";
            out += "      version: " + std::to_string(move.version) + "\n";
            out += "      digest: " + quoted(move.digest) + "\n";
            out += "      who: " + quoted(move.who.name) + "\n";
            out += "      known_how: " + quoted(move.who.knownHow) + "\n";
            out += "      at: " + quoted(plumbline::toString(move.at)) + "\n";
            out += "      why: " + quoted(move.why) + "\n";
        }
    }
    return out;
}

void record(LabelBook& book, std::string_view prompt, LabelMove move)
{
    PromptLabels& labels = book[std::string(prompt)];
    labels.current[move.label] = move.version;
    labels.moves.push_back(std::move(move));
}

} // namespace plumbline::prompts
