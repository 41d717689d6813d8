// The blocks of a Markdown text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"
#include "app/corpus/markdown_source.h"

namespace plumbline::corpus {

// Spans in BYTES of `text`.
struct MarkdownBlocks {
    std::vector<Block> blocks;
    std::vector<HiddenText> notes; // comments written as link definitions
    bool tooDeep = false;          // nested deeper than allowed
};

MarkdownBlocks markdownBlocks(std::string_view text, const std::string& skeleton, const MarkdownLines& lines,
                              int nesting);

} // namespace plumbline::corpus
