#include "ui/prompts/catalogue_questions.h"

#include <algorithm>
#include <charconv>

namespace plumbline::ui::prompts {

namespace {

bool hasLabel(const VersionRow& row, std::string_view label)
{
    return std::find(row.labels.begin(), row.labels.end(), label) != row.labels.end();
}

// "v3" or "3"; 0 for anything else.
int versionNumber(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

} // namespace

const PromptRow* findPrompt(const Catalogue& catalogue, std::string_view name)
{
    const auto place = std::find_if(catalogue.prompts.begin(), catalogue.prompts.end(),
                                    [&](const PromptRow& row) { return row.name == name; });
    return place == catalogue.prompts.end() ? nullptr : &*place;
}

const VersionRow* findRow(const PromptRow& prompt, int version)
{
    const auto place = std::find_if(prompt.versions.begin(), prompt.versions.end(),
                                    [&](const VersionRow& row) { return row.version == version; });
    return place == prompt.versions.end() ? nullptr : &*place;
}

std::optional<VersionName> findVersion(const Catalogue& catalogue, std::string_view reference)
{
    const std::size_t at = reference.find('@');
    const PromptRow* prompt = findPrompt(catalogue, reference.substr(0, at));
    if (prompt == nullptr || prompt->versions.empty())
        return std::nullopt;
    if (at == std::string_view::npos)
        return VersionName{prompt->name, prompt->versions.front().version};
    const std::string_view what = reference.substr(at + 1);
    const int number = versionNumber(what);
    for (const VersionRow& row : prompt->versions) {
        if (row.version == number || hasLabel(row, what))
            return VersionName{prompt->name, row.version};
    }
    return std::nullopt;
}

int comparedFirst(const PromptRow& prompt, int version)
{
    int before = 0;
    int after = 0;
    for (const VersionRow& row : prompt.versions) {
        if (row.version != version && hasLabel(row, "production"))
            return row.version;
        if (row.version < version)
            before = std::max(before, row.version);
        else if (row.version > version)
            after = after == 0 ? row.version : std::min(after, row.version);
    }
    return before > 0 ? before : after;
}

} // namespace plumbline::ui::prompts
