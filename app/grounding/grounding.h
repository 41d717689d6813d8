// Which sentence of an answer its sources carry, and why.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/base/text.h"

namespace plumbline::grounding {

// A place in one of the sources.
struct SourcePlace {
    std::size_t source = 0; // index into the sources given
    Span span;              // code points of that source
};

// Why a sentence lost points. `kind` is one of "number", "date", "name", "identifier", "negation",
// "modality", "comparison", "quantifier", "roles", "added" …
struct Reason {
    std::string kind;
    Span span; // code points of the answer
    std::string detail;
};

struct SentenceVerdict {
    Span span;        // code points of the answer
    double score = 1; // 0..1, 1 = fully carried
    bool supported = true;
    std::vector<Reason> reasons;
    std::vector<SourcePlace> evidence; // best first
};

struct Verdict {
    double score = 1; // 0..1, 1 = fully carried
    bool supported = true;
    std::vector<SentenceVerdict> sentences;
};

// Deterministic and offline; any thread. Errors: BadInput (no source), Cancelled.
Result<Verdict> ground(std::string_view answer, const std::vector<std::string>& sources,
                       std::stop_token stop = {});

} // namespace plumbline::grounding
