// Two versions of a prompt side by side: front matter by field, sections and rendered messages by line and
// word.
#pragma once

#include <string>
#include <vector>

#include "app/base/text_diff.h"
#include "app/prompts/prompt.h"

namespace plumbline::prompts {

// A field of the front matter that differs; texts as a person writes them, empty = not there.
struct FieldChange {
    std::string field; // "title", "model.temperature", "answer.layout", "variables.question", "output"
    std::string left;
    std::string right;

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct PartDiff {
    std::string name; // "system", "user", "example 1 user"; of messages "1 system", "2 user"
    TextDiff diff;
};

struct PromptDiff {
    std::string left; // NAME@vN
    std::string right;
    std::vector<FieldChange> fields;
    std::vector<PartDiff> sections; // all that either side has, equal ones too
    TextDiff file;                  // of the files as they stand
};

PromptDiff diffPrompts(const PromptVersion& left, const PromptVersion& right);

// Message by message: system with system, examples in order, the last with the last; a message that one side
// lacks is compared with nothing.
std::vector<PartDiff> diffRendered(const Rendered& left, const Rendered& right);

} // namespace plumbline::prompts
