#include <algorithm>

#include "app/corpus/format_loaders.h"
#include "app/corpus/front_matter.h"
#include "app/corpus/hidden_markup.h"
#include "app/corpus/markdown_blocks.h"
#include "app/corpus/markdown_html.h"
#include "app/corpus/markdown_source.h"
#include "app/corpus/plain_text.h"

namespace plumbline::corpus {

namespace {

// Whether a byte stands in a code block or a code span. Asked in reading order; spans of the blocks are in
// bytes.
class CodePlaces {
public:
    CodePlaces(std::string_view text, const std::vector<Block>& blocks) : m_text(text), m_blocks(blocks) {}

    bool contains(std::size_t at)
    {
        const auto after =
            std::ranges::upper_bound(m_blocks, at, {}, [](const Block& block) { return block.span.start; });
        if (after == m_blocks.begin()) {
            return false;
        }
        const auto block = std::prev(after);
        if (at >= block->span.end) {
            return false;
        }
        if (block->kind == BlockKind::Code) {
            return true;
        }
        if (m_block != block) {
            m_block = block;
            findSpans(block->span);
        }
        return std::ranges::any_of(m_spans,
                                   [&](const Span& span) { return span.start <= at && at < span.end; });
    }

private:
    // Code spans run from one run of backticks to the next of the same length (CommonMark 0.30, 6.1).
    void findSpans(const Span& within)
    {
        m_spans.clear();
        std::vector<Span> runs;
        for (std::size_t at = within.start; at < within.end && runs.size() < kMaxRuns; ++at) {
            if (m_text[at] != '`') {
                continue;
            }
            const std::size_t from = at;
            while (at < within.end && m_text[at] == '`') {
                ++at;
            }
            runs.push_back({from, at});
        }
        for (std::size_t open = 0; open < runs.size(); ++open) {
            for (std::size_t close = open + 1; close < runs.size(); ++close) {
                if (runs[close].size() == runs[open].size()) {
                    m_spans.push_back({runs[open].start, runs[close].end});
                    open = close;
                    break;
                }
            }
        }
    }

    static constexpr std::size_t kMaxRuns = 1'000; // of backticks in one block; further ones count as text
    std::string_view m_text;
    const std::vector<Block>& m_blocks;
    std::vector<Block>::const_iterator m_block{};
    std::vector<Span> m_spans;
};

// Takes what is hidden out of the blocks that people read: a block is cut around it.
std::vector<Block> withoutHidden(std::string_view text, const std::vector<Block>& blocks,
                                 const std::vector<HiddenText>& hidden)
{
    std::vector<Block> out;
    std::size_t first = 0;
    for (const Block& block : blocks) {
        while (first < hidden.size() && hidden[first].span.end <= block.span.start) {
            ++first;
        }
        std::size_t from = block.span.start;
        const auto keep = [&](std::size_t to) {
            const std::string_view piece =
                to > from ? trimmed(text.substr(from, to - from)) : std::string_view{};
            const bool whole = from == block.span.start && to == block.span.end;
            if (!piece.empty() && (whole || holdsText(piece))) {
                Block part = block;
                part.span.start = static_cast<std::size_t>(piece.data() - text.data());
                part.span.end = part.span.start + piece.size();
                out.push_back(part);
            }
        };
        for (std::size_t i = first; i < hidden.size() && hidden[i].span.start < block.span.end; ++i) {
            keep(std::max(from, hidden[i].span.start));
            from = std::max(from, std::min(hidden[i].span.end, block.span.end));
        }
        keep(block.span.end);
    }
    return out;
}

} // namespace

Result<ExtractedText> loadMarkdown(std::string text, const LoadRequest& request)
{
    if (text.size() > request.limits.textBytes) {
        return tl::unexpected(tooMuchText(request));
    }
    auto front = parseFrontMatter(text, request.name);
    if (!front) {
        return tl::unexpected(front.error());
    }
    ExtractedText document;
    document.facts = std::move(front->facts);
    document.text = std::move(text);
    const MarkdownLines lines(document.text, front->bodyByte);
    const auto skeleton = blockSkeleton(document.text, lines, request.limits.nesting);
    if (!skeleton) {
        return failure(skeleton.error().code, skeleton.error().message, request.name);
    }
    MarkdownBlocks parsed = markdownBlocks(document.text, *skeleton, lines, request.limits.nesting);
    if (parsed.tooDeep) {
        return failure(ErrorCode::TooLarge,
                       "lists or quotes are nested deeper than " + std::to_string(request.limits.nesting),
                       request.name);
    }
    CodePlaces code(document.text, parsed.blocks);
    document.hidden =
        hiddenMarkup(document.text, front->bodyByte, [&](std::size_t at) { return code.contains(at); });
    document.blocks = document.hidden.empty() ? std::move(parsed.blocks)
                                              : withoutHidden(document.text, parsed.blocks, document.hidden);
    document.hidden.insert(document.hidden.end(), parsed.notes.begin(), parsed.notes.end());
    std::ranges::stable_sort(document.hidden, {},
                             [](const HiddenText& passage) { return passage.span.start; });
    blocksToCodePoints(document);
    return document;
}

} // namespace plumbline::corpus
