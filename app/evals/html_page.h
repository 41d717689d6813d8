// The frame and the small parts of the HTML report: everything that is given is text, and is escaped here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::evals::html {

// A whole document around `body`, which is markup.
std::string page(std::string_view title, std::string_view body);

std::string heading(int level, std::string_view text);
std::string paragraph(std::string_view text);

// A cell: text, how it is set, and markup that stands behind the text (a bar).
struct Cell {
    std::string text;
    bool number = false; // set right
    std::string markup = {};
    std::string kind = {}; // "good", "bad", "warn": a colour beside the word, never instead of it
};
std::string table(std::string_view caption, const std::vector<std::string>& heads,
                  const std::vector<std::vector<Cell>>& rows);

// Value and interval on a line from `least` to `most`, as a picture of 120 x 12 with its words for a screen
// reader.
std::string bar(double value, double low, double high, double least, double most, std::string_view words);

// A line "name: text" of a list of places; empty text gives nothing.
std::string entry(std::string_view name, std::string_view text, bool quoted = false);

} // namespace plumbline::evals::html
