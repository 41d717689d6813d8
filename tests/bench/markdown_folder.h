// A folder of policies as a team would have them, of any size.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "tests/bench/synthetic_text.h"

namespace plumbline::bench {

// Front matter, headings, paragraphs, lists and tables: about `bytes` of Markdown.
std::string markdownPolicy(SyntheticText& text, std::size_t number, std::size_t bytes);

// Writes `count` of them below `folder`, a hundred to a folder; gives the bytes written.
std::size_t writeMarkdownFolder(const std::filesystem::path& folder, SyntheticText& text, std::size_t count,
                                std::size_t bytes);

std::filesystem::path markdownFile(const std::filesystem::path& folder, std::size_t number);
void writeText(const std::filesystem::path& file, const std::string& text);

} // namespace plumbline::bench
