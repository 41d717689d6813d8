#include "app/retrieval/matched_spans.h"

#include <algorithm>

namespace plumbline::retrieval {

std::vector<Span> matchedSpans(const TextModel& words, std::string_view text,
                               const std::vector<TermMatch>& matches)
{
    std::vector<Span> spans;
    for (const Term& term : words.terms(text)) {
        const bool matched = std::any_of(matches.begin(), matches.end(),
                                         [&](const TermMatch& match) { return match.term == term.text; });
        if (!matched)
            continue;
        if (spans.empty() || term.span.start >= spans.back().end)
            spans.push_back(term.span);
        else
            spans.back().end = std::max(spans.back().end, term.span.end); // the parts of an identifier
    }
    return spans;
}

} // namespace plumbline::retrieval
