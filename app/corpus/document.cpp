#include "app/corpus/document.h"

namespace plumbline::corpus {

std::string_view toString(State state)
{
    switch (state) {
    case State::Draft:
        return "draft";
    case State::InReview:
        return "in_review";
    case State::Approved:
        return "approved";
    case State::Superseded:
        break;
    }
    return "superseded";
}

Result<State> parseState(std::string_view text)
{
    for (const State state : {State::Draft, State::InReview, State::Approved, State::Superseded}) {
        if (toString(state) == text) {
            return state;
        }
    }
    return failure(ErrorCode::BadInput,
                   "'" + std::string(text) +
                       "' is not a state; expected draft, in_review, approved or superseded");
}

} // namespace plumbline::corpus
