// How a sentence is put: questions, fragments and pointers to other pages answer little; a sentence that
// begins with what is to be defined answers much. Rules, not fitted: the documents of the golden suite have
// few of these.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "app/retrieval/search.h"

namespace plumbline::assistant {

// What a question asks to have explained, lower case without article: "deputy" in "What is the role of the
// deputy?", "sev-2" in "What is a SEV-2?"; nothing for other questions.
std::optional<std::string> definedThing(std::string_view question);

// What one question asks of the phrasing; made once a question, since its patterns are costly to build.
class Phrasing {
public:
    explicit Phrasing(std::string_view question);

    // What to add to the log-odds of a unit as the answer; 0 for most. `text` is the unit's own.
    double odds(const retrieval::Passage& passage, std::size_t unit, std::string_view text) const;

private:
    std::optional<std::string> m_thing; // definedThing()
    std::optional<RE2> m_defines;       // matches a text that begins with the thing and explains it
    bool m_firstStep = false;           // asks for the first step
};

} // namespace plumbline::assistant
