// What the wording of a question says about its answer, beyond its terms: the noun it asks for, and whether
// it asks for a price, a telephone number, or a tally of what happened.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline::assistant {

struct QuestionForm {
    std::optional<std::string>
        noun;           // "pages" in "how many pages may a report have", lower case; its last word
    bool price = false; // a fee, a fine, a salary, what something costs
    bool telephone = false;
    bool tally = false; // "how many … did we … last year": a count of events, which rules do not hold
};

// The noun is the head of the first noun phrase after "how many", "how much", "what" or "which", or at the
// start of a question without a question word; none after "who", "when", "how long" and the like.
QuestionForm formOf(std::string_view question);

} // namespace plumbline::assistant
