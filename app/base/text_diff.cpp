#include "app/base/text_diff.h"

#include <algorithm>

#include "app/base/diff_moves.h"
#include "app/base/diff_words.h"
#include "app/base/sequence_match.h"

namespace plumbline {

namespace {

constexpr double kAlike = 0.5;          // from here two lines are one that changed
constexpr std::size_t kPairCells = 100; // up to here lines are paired as they fit best, else in order

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

std::string_view withoutEnd(std::string_view line)
{
    return line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
}

bool isTelling(std::string_view line)
{
    return std::any_of(line.begin(), line.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

// Half-open ranges of lines between two pairs of equal ones.
struct Gap {
    std::size_t left = 0;
    std::size_t leftEnd = 0;
    std::size_t right = 0;
    std::size_t rightEnd = 0;
};

class Builder {
public:
    explicit Builder(TextDiff& diff)
        : m_diff(diff), m_movedTo(diff.left.size(), 0), m_movedFrom(diff.right.size(), 0)
    {
    }

    void build()
    {
        SymbolTable table;
        std::vector<bool> telling;
        const auto left = symbolsOf(m_diff.left, table, telling);
        const auto right = symbolsOf(m_diff.right, table, telling);
        auto pairs = longestCommonSubsequence(left, right);
        pairs.push_back({left.size(), right.size()});
        findMovedLines({left, right, unmatched(pairs, true), unmatched(pairs, false), telling});
        Gap gap;
        for (const MatchedPair& pair : pairs) {
            gap.leftEnd = pair.left;
            gap.rightEnd = pair.right;
            addGap(gap);
            if (pair.left < left.size()) {
                m_diff.rows.push_back({DiffKind::Equal, pair.left + 1, pair.right + 1, {}, {}, 0, 0});
            }
            gap = {pair.left + 1, 0, pair.right + 1, 0};
        }
    }

private:
    static std::vector<std::uint32_t> symbolsOf(const std::vector<std::string>& lines, SymbolTable& table,
                                                std::vector<bool>& telling)
    {
        std::vector<std::uint32_t> symbols;
        symbols.reserve(lines.size());
        for (const std::string& line : lines) {
            symbols.push_back(table.number(line));
            if (symbols.back() == telling.size()) {
                telling.push_back(isTelling(line));
            }
        }
        return symbols;
    }

    // `pairs` ends with the sizes of both sides.
    static std::vector<std::size_t> unmatched(const std::vector<MatchedPair>& pairs, bool left)
    {
        std::vector<std::size_t> out;
        std::size_t next = 0;
        for (const MatchedPair& pair : pairs) {
            const std::size_t at = left ? pair.left : pair.right;
            for (; next < at; ++next) {
                out.push_back(next);
            }
            next = at + 1;
        }
        return out;
    }

    void findMovedLines(const MoveSearch& search)
    {
        for (const MovedBlock& block : findMoves(search)) {
            for (std::size_t i = 0; i < block.length; ++i) {
                m_movedTo[block.left + i] = block.right + i + 1;
                m_movedFrom[block.right + i] = block.left + i + 1;
            }
        }
    }

    void addGap(const Gap& gap)
    {
        const std::size_t removed = gap.leftEnd - gap.left;
        const std::size_t added = gap.rightEnd - gap.right;
        std::vector<MatchedPair> alike;
        if (removed > 0 && added > 0) {
            m_leftTokens = tokensOf(m_diff.left, m_movedTo, gap.left, gap.leftEnd);
            m_rightTokens = tokensOf(m_diff.right, m_movedFrom, gap.right, gap.rightEnd);
            alike = removed <= kPairCells / added ? bestPairs(removed, added) : pairsInOrder(removed, added);
        }
        alike.push_back({removed, added});
        MatchedPair next;
        for (const MatchedPair& pair : alike) {
            for (; next.left < pair.left; ++next.left) {
                addRemoved(gap.left + next.left);
            }
            for (; next.right < pair.right; ++next.right) {
                addAdded(gap.right + next.right);
            }
            if (pair.left < removed) {
                addChanged(gap, pair);
            }
            next = {pair.left + 1, pair.right + 1};
        }
    }

    // Of a moved line: none, it is not compared.
    static std::vector<WordTokens> tokensOf(const std::vector<std::string>& lines,
                                            const std::vector<std::size_t>& moved, std::size_t from,
                                            std::size_t to)
    {
        std::vector<WordTokens> out;
        for (std::size_t i = from; i < to; ++i) {
            out.push_back(moved[i] == 0 ? wordTokens(withoutEnd(lines[i])) : WordTokens());
        }
        return out;
    }

    double likenessOf(std::size_t left, std::size_t right) const
    {
        const WordTokens& one = m_leftTokens[left];
        const WordTokens& other = m_rightTokens[right];
        const bool compared = !one.starts.empty() && !other.starts.empty();
        const double alike = compared ? likeness(one, other) : 0;
        return alike >= kAlike ? alike : 0;
    }

    std::vector<MatchedPair> pairsInOrder(std::size_t removed, std::size_t added) const
    {
        std::vector<MatchedPair> out;
        for (std::size_t i = 0; i < std::min(removed, added); ++i) {
            if (likenessOf(i, i) > 0) {
                out.push_back({i, i});
            }
        }
        return out;
    }

    // The pairing in order with the greatest sum of likenesses.
    std::vector<MatchedPair> bestPairs(std::size_t removed, std::size_t added) const
    {
        const std::size_t width = added + 1;
        std::vector<double> best((removed + 1) * width, 0);
        std::vector<double> likenesses(removed * added, 0);
        for (std::size_t i = removed; i-- > 0;) {
            for (std::size_t j = added; j-- > 0;) {
                const double alike = likenessOf(i, j);
                likenesses[i * added + j] = alike;
                const double apart = std::max(best[(i + 1) * width + j], best[i * width + j + 1]);
                best[i * width + j] = std::max(apart, alike + best[(i + 1) * width + j + 1]);
            }
        }
        std::vector<MatchedPair> out;
        for (std::size_t i = 0, j = 0; i < removed && j < added;) {
            const double alike = likenesses[i * added + j];
            const double paired = alike + best[(i + 1) * width + j + 1];
            const double below = best[(i + 1) * width + j];
            if (alike > 0 && paired >= below && paired >= best[i * width + j + 1]) {
                out.push_back({i++, j++});
            } else {
                below >= best[i * width + j + 1] ? ++i : ++j;
            }
        }
        return out;
    }

    void addRemoved(std::size_t line)
    {
        m_diff.rows.push_back({DiffKind::Removed, line + 1, 0, {}, {}, m_movedTo[line], 0});
    }

    void addAdded(std::size_t line)
    {
        m_diff.rows.push_back({DiffKind::Added, 0, line + 1, {}, {}, 0, m_movedFrom[line]});
    }

    void addChanged(const Gap& gap, const MatchedPair& pair)
    {
        WordSpans words = differingWords(m_leftTokens[pair.left], m_rightTokens[pair.right]);
        m_diff.rows.push_back({DiffKind::Changed, gap.left + pair.left + 1, gap.right + pair.right + 1,
                               std::move(words.left), std::move(words.right), 0, 0});
    }

    TextDiff& m_diff;
    std::vector<std::size_t> m_movedTo; // by line of the left, from 0; 0 = not moved
    std::vector<std::size_t> m_movedFrom;
    std::vector<WordTokens> m_leftTokens; // of the gap under way
    std::vector<WordTokens> m_rightTokens;
};

} // namespace

std::string_view toString(DiffKind kind)
{
    switch (kind) {
    case DiffKind::Equal:
        return "equal";
    case DiffKind::Removed:
        return "removed";
    case DiffKind::Added:
        return "added";
    case DiffKind::Changed:
        break;
    }
    return "changed";
}

bool TextDiff::same() const
{
    return count(DiffKind::Equal) == rows.size();
}

std::size_t TextDiff::count(DiffKind kind) const
{
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const DiffRow& row) { return row.kind == kind; }));
}

std::string_view TextDiff::leftText(const DiffRow& row) const
{
    return row.left == 0 ? std::string_view() : withoutEnd(left[row.left - 1]);
}

std::string_view TextDiff::rightText(const DiffRow& row) const
{
    return row.right == 0 ? std::string_view() : withoutEnd(right[row.right - 1]);
}

TextDiff diffText(std::string_view left, std::string_view right)
{
    TextDiff diff;
    diff.left = linesOf(left);
    diff.right = linesOf(right);
    Builder(diff).build();
    return diff;
}

Result<std::string> applyDiff(std::string_view left, const TextDiff& diff)
{
    const auto lines = linesOf(left);
    std::string out;
    std::size_t next = 0;
    for (const DiffRow& row : diff.rows) {
        if (row.kind != DiffKind::Added) {
            if (row.left != next + 1 || next >= lines.size() || lines[next] != diff.left[next]) {
                return failure(ErrorCode::Conflict, "is not the text that this diff was made from",
                               "line " + std::to_string(next + 1));
            }
            ++next;
        }
        if (row.kind == DiffKind::Equal) {
            out += lines[next - 1];
        } else if (row.kind != DiffKind::Removed) {
            out += diff.right[row.right - 1];
        }
    }
    if (next != lines.size()) {
        return failure(ErrorCode::Conflict, "is longer than the text that this diff was made from",
                       "line " + std::to_string(next + 1));
    }
    return out;
}

std::vector<DiffHunk> hunks(const TextDiff& diff, std::size_t context)
{
    std::vector<DiffHunk> out;
    for (std::size_t i = 0; i < diff.rows.size(); ++i) {
        if (diff.rows[i].kind == DiffKind::Equal) {
            continue;
        }
        const std::size_t begin = i > context ? i - context : 0;
        if (!out.empty() && begin <= out.back().end) {
            out.back().end = i + 1;
        } else {
            out.push_back({begin, i + 1});
        }
        out.back().end = std::min(diff.rows.size(), i + 1 + std::min(context, diff.rows.size()));
    }
    return out;
}

} // namespace plumbline
