// Which kinds of assertions there are, and which of them are decided here.
#pragma once

#include <string_view>

namespace plumbline::evals {

enum class KindSupport {
    Exact,         // same verdict and score as promptfoo
    Approximate,   // the same but for rare forms, named in evals-promptfoo.md
    NotExecutable, // needs a judge, another language, or a reader that is not here
    Own            // ours
};

struct KindFact {
    std::string_view type;
    KindSupport support;
    std::string_view reason; // of Approximate and NotExecutable, for a person
};

// Null: no such kind, here or in promptfoo 0.123. "promptfoo:redteam:…" is one. Without "not-".
const KindFact* kindFact(std::string_view type);

} // namespace plumbline::evals
