#include "app/base/sequence_match.h"

#include <algorithm>
#include <bit>

namespace plumbline {

namespace {

using Word = std::uint64_t;
constexpr std::size_t kBits = 64;
constexpr std::size_t kTableWords = 2'000'000; // 16 MB

struct Symbols {
    const std::uint32_t* begin = nullptr;
    std::size_t size = 0;
    bool backwards = false;

    std::uint32_t at(std::size_t i) const { return begin[backwards ? size - 1 - i : i]; }
};

// One row of the table after another: bit j is 0 where the common length grows at column j.
class BitRows {
public:
    BitRows(const Symbols& columns, std::size_t symbolCount)
        : m_words((columns.size + kBits - 1) / kBits), m_row(m_words, ~Word{0}), m_matches(m_words, 0),
          m_starts(symbolCount + 1, 0), m_positions(columns.size), m_dense(symbolCount)
    {
        for (std::size_t j = 0; j < columns.size; ++j) {
            ++m_starts[columns.at(j) + 1];
        }
        for (std::size_t s = 0; s < symbolCount; ++s) {
            m_starts[s + 1] += m_starts[s];
        }
        std::vector<std::size_t> next(m_starts.begin(), m_starts.end() - 1);
        for (std::size_t j = 0; j < columns.size; ++j) {
            m_positions[next[columns.at(j)]++] = j;
        }
    }

    std::size_t words() const { return m_words; }
    const std::vector<Word>& row() const { return m_row; }

    void step(std::uint32_t symbol)
    {
        const std::size_t from = m_starts[symbol];
        const std::size_t to = m_starts[symbol + 1];
        if (from == to) {
            return;
        }
        // A frequent symbol keeps its bits: setting them again in every row would make the whole quadratic.
        if (to - from > m_words) {
            auto& dense = m_dense[symbol];
            if (dense.empty()) {
                dense.assign(m_words, 0);
                setBits(dense, from, to);
            }
            advance(dense);
            return;
        }
        setBits(m_matches, from, to);
        advance(m_matches);
        for (std::size_t i = from; i < to; ++i) {
            m_matches[m_positions[i] / kBits] = 0;
        }
    }

private:
    void setBits(std::vector<Word>& bits, std::size_t from, std::size_t to) const
    {
        for (std::size_t i = from; i < to; ++i) {
            bits[m_positions[i] / kBits] |= Word{1} << (m_positions[i] % kBits);
        }
    }

    void advance(const std::vector<Word>& matches)
    {
        Word carry = 0;
        for (std::size_t w = 0; w < m_words; ++w) {
            const Word row = m_row[w];
            const Word grown = row & matches[w];
            const Word sum = row + grown;
            const Word total = sum + carry;
            carry = static_cast<Word>(sum < row || total < sum);
            m_row[w] = total | (row & ~matches[w]);
        }
    }

    std::size_t m_words;
    std::vector<Word> m_row;
    std::vector<Word> m_matches; // of the row under way; zero in between
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t> m_positions; // columns by symbol
    std::vector<std::vector<Word>> m_dense;
};

class Matcher {
public:
    Matcher(std::size_t symbolCount, std::vector<MatchedPair>& out) : m_symbols(symbolCount), m_out(out) {}

    void match(const std::uint32_t* left, std::size_t leftSize, const std::uint32_t* right,
               std::size_t rightSize, MatchedPair offset)
    {
        if (leftSize == 0 || rightSize == 0) {
            return;
        }
        const std::size_t words = (rightSize + kBits - 1) / kBits;
        if (leftSize == 1 || words <= kTableWords / leftSize) {
            walkBack({left, leftSize, false}, {right, rightSize, false}, offset);
            return;
        }
        const std::size_t half = leftSize / 2;
        const std::size_t cut = bestCut(left, half, leftSize, {right, rightSize, false});
        match(left, half, right, cut, offset);
        match(left + half, leftSize - half, right + cut, rightSize - cut,
              {offset.left + half, offset.right + cut});
    }

private:
    // Common length of all rows with each prefix of the columns: entry j is that of the first j.
    std::vector<std::size_t> lengths(const Symbols& rows, const Symbols& columns) const
    {
        BitRows table(columns, m_symbols);
        for (std::size_t i = 0; i < rows.size; ++i) {
            table.step(rows.at(i));
        }
        std::vector<std::size_t> out(columns.size + 1, 0);
        for (std::size_t j = 0; j < columns.size; ++j) {
            const bool grows = ((table.row()[j / kBits] >> (j % kBits)) & 1U) == 0;
            out[j + 1] = out[j] + (grows ? 1 : 0);
        }
        return out;
    }

    std::size_t bestCut(const std::uint32_t* left, std::size_t half, std::size_t leftSize,
                        const Symbols& right) const
    {
        const auto above = lengths({left, half, false}, right);
        const auto below = lengths({left + half, leftSize - half, true}, {right.begin, right.size, true});
        std::size_t best = 0;
        for (std::size_t j = 1; j <= right.size; ++j) {
            if (above[j] + below[right.size - j] > above[best] + below[right.size - best]) {
                best = j;
            }
        }
        return best;
    }

    void walkBack(const Symbols& left, const Symbols& right, MatchedPair offset)
    {
        BitRows table(right, m_symbols);
        std::vector<Word> rows;
        rows.reserve(left.size * table.words());
        for (std::size_t i = 0; i < left.size; ++i) {
            table.step(left.at(i));
            rows.insert(rows.end(), table.row().begin(), table.row().end());
        }
        const auto flat = [&](std::size_t row, std::size_t column) {
            return ((rows[row * table.words() + column / kBits] >> (column % kBits)) & 1U) != 0;
        };
        const std::size_t before = m_out.size();
        std::size_t row = left.size;
        std::size_t column = right.size;
        while (row > 0 && column > 0) {
            if (flat(row - 1, column - 1)) {
                --column;
            } else if (row > 1 && !flat(row - 2, column - 1)) {
                --row;
            } else {
                --row;
                --column;
                m_out.push_back({offset.left + row, offset.right + column});
            }
        }
        std::reverse(m_out.begin() + static_cast<std::ptrdiff_t>(before), m_out.end());
    }

    std::size_t m_symbols;
    std::vector<MatchedPair>& m_out;
};

// What occurs on the other side too, with where it stood.
struct Shared {
    std::vector<std::uint32_t> symbols;
    std::vector<std::size_t> positions;

    void take(const std::vector<std::uint32_t>& all, std::size_t from, std::size_t to,
              const std::vector<bool>& other)
    {
        for (std::size_t i = from; i < to; ++i) {
            if (other[all[i]]) {
                symbols.push_back(all[i]);
                positions.push_back(i);
            }
        }
    }
};

std::vector<bool> occurring(const std::vector<std::uint32_t>& all, std::size_t from, std::size_t to,
                            std::size_t symbolCount)
{
    std::vector<bool> out(symbolCount, false);
    for (std::size_t i = from; i < to; ++i) {
        out[all[i]] = true;
    }
    return out;
}

} // namespace

std::vector<MatchedPair> longestCommonSubsequence(const std::vector<std::uint32_t>& left,
                                                  const std::vector<std::uint32_t>& right)
{
    std::vector<MatchedPair> out;
    std::size_t head = 0;
    while (head < left.size() && head < right.size() && left[head] == right[head]) {
        out.push_back({head, head});
        ++head;
    }
    std::size_t tail = 0;
    while (tail < left.size() - head && tail < right.size() - head &&
           left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
        ++tail;
    }
    const std::size_t leftEnd = left.size() - tail;
    const std::size_t rightEnd = right.size() - tail;
    std::size_t symbolCount = 0;
    for (const auto* side : {&left, &right}) {
        for (const std::uint32_t symbol : *side) {
            symbolCount = std::max<std::size_t>(symbolCount, symbol + std::size_t{1});
        }
    }
    Shared rows;
    Shared columns;
    rows.take(left, head, leftEnd, occurring(right, head, rightEnd, symbolCount));
    columns.take(right, head, rightEnd, occurring(left, head, leftEnd, symbolCount));
    const std::size_t before = out.size();
    Matcher(symbolCount, out)
        .match(rows.symbols.data(), rows.symbols.size(), columns.symbols.data(), columns.symbols.size(),
               {0, 0});
    for (std::size_t i = before; i < out.size(); ++i) {
        out[i] = {rows.positions[out[i].left], columns.positions[out[i].right]};
    }
    for (std::size_t i = 0; i < tail; ++i) {
        out.push_back({leftEnd + i, rightEnd + i});
    }
    return out;
}

} // namespace plumbline
