// The screen every document passes before it can be approved into the index: text that speaks to an assistant
// instead of a reader, and payment card numbers. What it finds puts the document into quarantine until a
// named person releases it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::guard {

struct Finding {
    std::string rule;   // "instruction_to_assistant", "hidden_text", "card_number"
    Span span;          // code points into the text given; empty for text that is not part of it
    std::string detail; // for a person; never contains the card number itself
};

struct HiddenPassage {
    Span span;
    std::string text;
    std::string reason;
};

// Findings in reading order; empty = clean. Deterministic, linear in the size of the text. Hidden text is a
// finding only when it speaks to an assistant (comments of an editor are not); visible text when it orders an
// assistant to drop its rules, to answer in a given way or to send data away.
std::vector<Finding> screenDocument(std::string_view text, const std::vector<HiddenPassage>& hidden);

} // namespace plumbline::guard
