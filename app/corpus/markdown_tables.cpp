#include "app/corpus/markdown_tables.h"

#include <algorithm>

#include "app/base/text.h"

namespace plumbline::corpus {

std::size_t cellCount(std::string_view line)
{
    line = trimmed(line);
    if (line.find('|') == std::string_view::npos) {
        return 0;
    }
    if (line.starts_with('|')) {
        line.remove_prefix(1);
    }
    if (line.ends_with('|') && !line.ends_with("\\|")) {
        line.remove_suffix(1);
    }
    std::size_t cells = 1;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') {
            ++i;
        } else if (line[i] == '|') {
            ++cells;
        }
    }
    return cells;
}

bool isDelimiterRow(std::string_view line)
{
    line = trimmed(line);
    if (line.empty() || (line.front() != '|' && line.front() != '-' && line.front() != ':')) {
        return false;
    }
    const bool known = std::ranges::all_of(
        line, [](char c) { return c == '|' || c == '-' || c == ':' || c == ' ' || c == '\t'; });
    return known && line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos;
}

std::optional<LinkDefinition> linkDefinition(std::string_view line)
{
    line = trimmed(line);
    if (!line.starts_with('[') || line.starts_with("[^")) {
        return std::nullopt;
    }
    const std::size_t close = line.find(']');
    if (close == std::string_view::npos || close < 2 || !line.substr(close).starts_with("]:")) {
        return std::nullopt;
    }
    std::string_view target = trimmed(line.substr(close + 2));
    const std::size_t gap = target.find_first_of(" \t");
    std::string_view title = gap == std::string_view::npos ? std::string_view{} : trimmed(target.substr(gap));
    target = target.substr(0, gap);
    // A second word that is no title makes it prose.
    if (!title.empty() && title.front() != '(' && title.front() != '"' && title.front() != '\'') {
        return std::nullopt;
    }
    LinkDefinition definition;
    if ((target == "#" || target == "<>") && title.size() > 2) {
        definition.note = title.substr(1, title.size() - 2);
    }
    return definition;
}

} // namespace plumbline::corpus
