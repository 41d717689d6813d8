#include "app/corpus/chunker.h"

#include <algorithm>

#include "app/corpus/chunk_pieces.h"

namespace plumbline::corpus {

namespace {

constexpr std::size_t kTinyWords = 20; // a section below this may share a chunk with its neighbour

std::string plainHeading(std::string_view text)
{
    std::string plain = foldedWhitespace(text);
    for (std::size_t at = plain.find("**"); at != std::string::npos; at = plain.find("**", at)) {
        plain.erase(at, 2);
    }
    std::erase(plain, '`');
    return plain;
}

struct Draft {
    Chunk chunk;
    std::vector<std::string> path;
    std::size_t section = 0; // number of the heading of level 1 to 3 that it stands under
    Span heading;            // of that heading
};

class Cutter {
public:
    Cutter(const ExtractedText& document, const ChunkSizes& sizes)
        : m_document(document),
          m_pieces(document.text, static_cast<std::size_t>(std::max(1, sizes.maxWords))),
          m_target(static_cast<std::size_t>(std::max(1, sizes.targetWords))),
          m_max(static_cast<std::size_t>(std::max(sizes.targetWords, sizes.maxWords)))
    {
    }

    std::vector<Chunk> run()
    {
        for (const Block& block : m_document.blocks) {
            if (block.kind == BlockKind::Heading) {
                heading(block);
                continue;
            }
            Piece piece = m_pieces.make(block);
            if (piece.words > m_max && piece.units.size() > 1) {
                addInParts(piece);
            } else {
                add(std::move(piece));
            }
        }
        close();
        mergeTiny();
        if (m_drafts.empty()) {
            headingsOnly();
        }
        std::vector<Chunk> chunks;
        chunks.reserve(m_drafts.size());
        for (Draft& draft : m_drafts) {
            for (const std::string& part : draft.path) {
                draft.chunk.heading += (draft.chunk.heading.empty() ? "" : " > ") + part;
            }
            chunks.push_back(std::move(draft.chunk));
        }
        return chunks;
    }

private:
    void heading(const Block& block)
    {
        if (block.level <= 3 || m_words * 2 >= m_target) {
            close();
        }
        if (block.level <= 3) {
            ++m_section;
            m_heading = block.span;
        }
        while (!m_path.empty() && m_path.back().first >= block.level) {
            m_path.pop_back();
        }
        // The first heading of the document is its title, which every chunk would repeat.
        if (block.level > 1 || m_sawHeading) {
            m_path.emplace_back(block.level, plainHeading(m_pieces.slice(block.span)));
        }
        m_sawHeading = true;
    }

    void add(Piece piece)
    {
        if (m_open.empty()) {
            m_openPath = pathNow();
        } else if (m_words + piece.words > m_target &&
                   (m_words * 4 > m_target || m_words + piece.words > m_max)) {
            // What introduces a list or a table goes with it.
            const auto first = piece.continues ? introductionStart() : m_open.size();
            std::vector<Piece> carried(
                std::make_move_iterator(m_open.begin() + static_cast<std::ptrdiff_t>(first)),
                std::make_move_iterator(m_open.end()));
            m_open.resize(first);
            close();
            m_openPath = pathNow();
            for (Piece& intro : carried) {
                m_words += intro.words;
                m_open.push_back(std::move(intro));
            }
        }
        m_words += piece.words;
        m_open.push_back(std::move(piece));
    }

    // Where the introducing pieces at the end of the open chunk start; its end when there are none or nothing
    // else.
    std::size_t introductionStart() const
    {
        std::size_t first = m_open.size();
        while (first > 0 && m_open[first - 1].introduces) {
            --first;
        }
        return first == 0 ? m_open.size() : first;
    }

    void addInParts(const Piece& piece)
    {
        close();
        Piece part;
        for (std::size_t i = 0; i < piece.units.size(); ++i) {
            if (!part.units.empty() && part.words + piece.unitWords[i] > m_target) {
                part.span = {part.units.front().span.start, part.units.back().span.end};
                add(std::move(part));
                close();
                part = {};
            }
            part.units.push_back(piece.units[i]);
            part.words += piece.unitWords[i];
        }
        part.span = {part.units.front().span.start, part.units.back().span.end};
        part.introduces = piece.introduces;
        add(std::move(part));
    }

    void close()
    {
        Draft draft;
        for (const Piece& piece : m_open) {
            draft.chunk.units.insert(draft.chunk.units.end(), piece.units.begin(), piece.units.end());
        }
        if (!m_open.empty() && draft.chunk.units.empty()) { // a table of one row
            draft.chunk.units.push_back({UnitKind::TableRow, m_open.back().span, std::nullopt, 0, false});
        }
        if (!m_open.empty()) {
            draft.chunk.span = {m_open.front().span.start, m_open.back().span.end};
            draft.chunk.words = m_words;
            draft.path = m_openPath;
            draft.section = m_section;
            draft.heading = m_heading;
            take(std::move(draft));
        }
        m_open.clear();
        m_words = 0;
    }

    static void join(Draft& into, const Draft& next)
    {
        into.chunk.units.insert(into.chunk.units.end(), next.chunk.units.begin(), next.chunk.units.end());
        into.chunk.span.end = next.chunk.span.end;
        into.chunk.words += next.chunk.words;
    }

    // A short rest goes with the chunk before it of the same section.
    void take(Draft draft)
    {
        if (!m_drafts.empty() && m_drafts.back().section == draft.section && draft.chunk.words < kTinyWords &&
            m_drafts.back().path == draft.path && m_drafts.back().chunk.words + draft.chunk.words <= m_max) {
            join(m_drafts.back(), draft);
        } else {
            m_drafts.push_back(std::move(draft));
        }
    }

    // Neighbouring tiny sections under one heading become one chunk, which then shows their headings in its
    // span.
    void mergeTiny()
    {
        std::vector<Draft> merged;
        std::size_t lastSection = 0;
        for (Draft& draft : m_drafts) {
            const bool together = !merged.empty() && draft.section != lastSection && tiny(merged.back()) &&
                                  tiny(draft) && sameParent(merged.back(), draft);
            lastSection = draft.section;
            if (!together) {
                merged.push_back(std::move(draft));
                continue;
            }
            Draft& into = merged.back();
            if (into.path.size() ==
                draft.path.size()) { // its first section still has its own heading as path
                into.path.pop_back();
                into.chunk.span.start = std::min(into.chunk.span.start, into.heading.start);
            }
            join(into, draft);
        }
        m_drafts = std::move(merged);
    }

    static bool tiny(const Draft& draft) { return draft.chunk.words < kTinyWords; }

    static bool sameParent(const Draft& left, const Draft& right)
    {
        if (right.path.size() < 2 ||
            (left.path.size() != right.path.size() && left.path.size() + 1 != right.path.size())) {
            return false;
        }
        return std::equal(right.path.begin(), right.path.end() - 1, left.path.begin());
    }

    void headingsOnly()
    {
        Draft draft;
        for (const Block& block : m_document.blocks) {
            draft.chunk.units.push_back({UnitKind::Sentence, block.span, std::nullopt, 0, false});
            draft.chunk.words += 1;
        }
        if (!draft.chunk.units.empty()) {
            draft.chunk.span = {draft.chunk.units.front().span.start, draft.chunk.units.back().span.end};
            m_drafts.push_back(std::move(draft));
        }
    }

    std::vector<std::string> pathNow() const
    {
        std::vector<std::string> path;
        for (const auto& [level, text] : m_path) {
            path.push_back(text);
        }
        return path;
    }

    const ExtractedText& m_document;
    PieceMaker m_pieces;
    std::size_t m_target;
    std::size_t m_max;
    std::vector<Draft> m_drafts;
    std::vector<Piece> m_open;
    std::size_t m_words = 0;
    std::vector<std::string> m_openPath;
    std::vector<std::pair<int, std::string>> m_path;
    std::size_t m_section = 0;
    Span m_heading;
    bool m_sawHeading = false;
};

} // namespace

std::vector<Chunk> chunk(const ExtractedText& document, const ChunkSizes& sizes)
{
    return Cutter(document, sizes).run();
}

} // namespace plumbline::corpus
