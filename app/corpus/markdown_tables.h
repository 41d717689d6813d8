// Pipe tables (GitHub Flavored Markdown 0.29, section 4.10) and link definitions inside paragraphs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline::corpus {

// Cells of a row by its unescaped pipes; 0 for a line without any.
std::size_t cellCount(std::string_view line);

// True for "| --- | :-: |" and the like.
bool isDelimiterRow(std::string_view line);

// A line "[label]: target"; `note` is the text that some writers keep in one as a comment ("[//]: # (text)").
struct LinkDefinition {
    std::string note;
};
std::optional<LinkDefinition> linkDefinition(std::string_view line);

} // namespace plumbline::corpus
