// What holds for every document that a loader lets through.
#pragma once

#include "app/corpus/chunker.h"
#include "app/corpus/document.h"
#include "tests/fuzz/require.h"

namespace plumbline::fuzz {

inline void checkDocument(const corpus::ExtractedText& document)
{
    require(isValidUtf8(document.text));
    const std::size_t size = codePointCount(document.text);
    std::size_t last = 0;
    for (const corpus::Block& block : document.blocks) {
        require(!block.span.empty() && block.span.start >= last && block.span.end <= size);
        last = block.span.end; // in reading order, without overlap
    }
    for (const corpus::HiddenText& hidden : document.hidden) {
        require(hidden.span.start <= hidden.span.end && hidden.span.end <= size && !hidden.reason.empty());
    }
    for (const corpus::Chunk& chunk : corpus::chunk(document, {40, 60})) {
        require(!chunk.units.empty() && chunk.span.end <= size);
        for (const corpus::Unit& unit : chunk.units) {
            require(!unit.span.empty() && chunk.span.contains(unit.span));
            require(!unit.header || (!unit.header->empty() && unit.header->end <= size));
        }
    }
}

inline void checkLoaded(const Result<corpus::ExtractedText>& document)
{
    if (document) {
        checkDocument(*document);
    } else {
        require(!document.error().message.empty() && document.error().code != ErrorCode::Internal);
    }
}

} // namespace plumbline::fuzz
