#include "app/retrieval/search.h"

#include <algorithm>

namespace plumbline::retrieval {

std::string textAt(const Passage& passage, const Span& span)
{
    if (passage.span.contains(span)) {
        return std::string(
            CodePoints(passage.text).slice({span.start - passage.span.start, span.end - passage.span.start}));
    }
    const auto slice = std::ranges::find(passage.outside, span, &Slice::span);
    return slice == passage.outside.end() ? std::string() : slice->text;
}

} // namespace plumbline::retrieval
