// Structure of plain text: paragraphs between blank lines, list items by their markers, underlined headings.
#pragma once

#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

// Spans in BYTES.
std::vector<Block> plainTextBlocks(std::string_view text);

// Turns the spans of blocks and hidden passages, in bytes and in order, into code points.
void blocksToCodePoints(ExtractedText& document);

} // namespace plumbline::corpus
