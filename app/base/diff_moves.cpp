#include "app/base/diff_moves.h"

#include <array>
#include <map>

namespace plumbline {

namespace {

constexpr std::size_t kShortest = 3;
constexpr std::size_t kPlaces = 16;

using Triple = std::array<std::uint32_t, kShortest>;

std::vector<bool> marked(const std::vector<std::size_t>& positions, std::size_t size)
{
    std::vector<bool> out(size, false);
    for (const std::size_t at : positions) {
        out[at] = true;
    }
    return out;
}

Triple tripleAt(const std::vector<std::uint32_t>& lines, std::size_t at)
{
    return {lines[at], lines[at + 1], lines[at + 2]};
}

bool startsRun(const std::vector<bool>& open, std::size_t at)
{
    return at + kShortest <= open.size() && open[at] && open[at + 1] && open[at + 2];
}

class Moves {
public:
    explicit Moves(const MoveSearch& search)
        : m_search(search), m_gone(marked(search.gone, search.left.size())),
          m_came(marked(search.came, search.right.size()))
    {
        for (const std::size_t at : search.came) {
            if (startsRun(m_came, at)) {
                m_places[tripleAt(search.right, at)].push_back(at);
            }
        }
    }

    std::vector<MovedBlock> find()
    {
        std::vector<MovedBlock> blocks;
        for (const std::size_t at : m_search.gone) {
            const MovedBlock block = longestFrom(at);
            if (block.length == 0) {
                continue;
            }
            for (std::size_t i = 0; i < block.length; ++i) {
                m_gone[block.left + i] = false;
                m_came[block.right + i] = false;
            }
            blocks.push_back(block);
        }
        return blocks;
    }

private:
    MovedBlock longestFrom(std::size_t at) const
    {
        MovedBlock best;
        if (!startsRun(m_gone, at)) {
            return best;
        }
        const auto found = m_places.find(tripleAt(m_search.left, at));
        if (found == m_places.end()) {
            return best;
        }
        std::size_t looked = 0;
        for (const std::size_t place : found->second) {
            if (++looked > kPlaces) {
                break;
            }
            const std::size_t length = runLength(at, place);
            if (length > best.length && isTelling(at, length)) {
                best = {at, place, length};
            }
        }
        return best;
    }

    std::size_t runLength(std::size_t left, std::size_t right) const
    {
        std::size_t length = 0;
        while (left + length < m_gone.size() && right + length < m_came.size() && m_gone[left + length] &&
               m_came[right + length] && m_search.left[left + length] == m_search.right[right + length]) {
            ++length;
        }
        return length;
    }

    bool isTelling(std::size_t at, std::size_t length) const
    {
        std::size_t telling = 0;
        for (std::size_t i = 0; i < length && telling < 2; ++i) {
            telling += m_search.telling[m_search.left[at + i]] ? 1U : 0U;
        }
        return length >= kShortest && telling == 2;
    }

    const MoveSearch& m_search;
    std::vector<bool> m_gone; // not yet in a block
    std::vector<bool> m_came;
    std::map<Triple, std::vector<std::size_t>> m_places;
};

} // namespace

std::vector<MovedBlock> findMoves(const MoveSearch& search)
{
    return Moves(search).find();
}

} // namespace plumbline
