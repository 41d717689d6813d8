// Which line of a prompt a failure most likely comes from, so that a report can point at it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::evals {

// A line of a prompt's file.
struct PromptPlace {
    std::string path;     // relative to the workspace
    int line = 1;         // from 1
    std::string text;     // the line as it stands
    bool changed = false; // differs from the baseline's prompt
};

// The lines of a prompt that can matter for an answer: without title, notes and variables.
class PromptLines {
public:
    PromptLines() = default;
    // Without a text there is no place: the file is not the one that was run. `baseline` is the text of the
    // prompt compared with; empty when there is none.
    PromptLines(std::string path, std::string_view text, std::string_view baseline);

    // The line for a failed check of this name. Lines that differ from the baseline come first, then those
    // that speak of what the check is about ("grounded": what may be said; "refuses": when to refuse), then
    // the order in the file. Unset without a text.
    std::optional<PromptPlace> placeFor(std::string_view check) const;

private:
    std::vector<PromptPlace> m_places;
};

} // namespace plumbline::evals
