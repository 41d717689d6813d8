// The labels of prompts, prompts/labels.yaml: which version each label points at, and every move with who,
// when and why. A version that a label was ever moved to is released: its digest is on record and must not
// change.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/actor.h"
#include "app/base/date.h"
#include "app/base/result.h"

namespace plumbline::prompts {

struct LabelMove {
    std::string label;
    int version = 0;
    std::string digest; // of the version at that time
    Actor who;
    Timestamp at;
    std::string why;
};

struct PromptLabels {
    std::map<std::string, int> current;        // label -> version
    std::vector<LabelMove> moves;              // oldest first
    std::map<std::string, std::string> places; // of each label, "path:line:column"; as read, not written

    // The labels that point at a version, in alphabetical order.
    std::vector<std::string> at(int version) const;
    // The first move to this version; null when it was never released.
    const LabelMove* releaseOf(int version) const;
};

using LabelBook = std::map<std::string, PromptLabels, std::less<>>; // by prompt

// "[a-z][a-z0-9-]*", at most 40 characters, and not the like of "v7".
bool isLabelName(std::string_view name);

// An empty text is an empty book. BadInput with "path:line:column": breaks the schema
// (resources/schemas/labels.schema.json), a label that does not point where its last move says, or a version
// with two digests. The file is written by the program only.
Result<LabelBook> parseLabels(std::string_view yaml, std::string_view path);

// The file for a book: the same book gives the same bytes, and parseLabels() gives the book again.
std::string writeLabels(const LabelBook& book);

// Appends the move and points the label at its version.
void record(LabelBook& book, std::string_view prompt, LabelMove move);

} // namespace plumbline::prompts
