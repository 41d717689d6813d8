// Cuts extracted text into chunks along its structure.
#pragma once

#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

struct ChunkSizes {
    int targetWords = 160; // a chunk is closed when the next block would take it past this
    int maxWords = 260;    // a single block longer than this is cut between its units
};

// Chunks in reading order; together they cover every block but headings (a heading is in the chunk's path,
// and its text in the span of the first chunk below it is allowed). A chunk never crosses a heading of level
// 1 to 3 unless both sides are tiny. Table rows and steps stay whole; a table that is cut repeats its header
// through Unit::header.
std::vector<Chunk> chunk(const ExtractedText& document, const ChunkSizes& sizes);

// Sentence spans (code points) inside `within` of `text`. Abbreviations (e.g. "Sec.", "approx.", "No.",
// "e.g."), decimal numbers, versions, file names and section numbers do not end a sentence. Unicode UAX #29
// with suppressions.
std::vector<Span> sentences(std::string_view text, const CodePoints& points, const Span& within);

} // namespace plumbline::corpus
