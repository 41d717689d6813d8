// Where the terms that brought a passage up stand in its text.
#pragma once

#include <string_view>
#include <vector>

#include "app/retrieval/search.h"

namespace plumbline::retrieval {

// Spans (code points into `text`) of the words whose indexed term is among `matches`, rising, without
// overlap.
std::vector<Span> matchedSpans(const TextModel& words, std::string_view text,
                               const std::vector<TermMatch>& matches);

} // namespace plumbline::retrieval
