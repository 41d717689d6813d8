// The compact text forms of blocks and units: numbers separated by blanks, a record ends with ';'. Starts are
// relative (to the end of the record before, or to the chunk), so that the columns stay small.
#include <array>
#include <charconv>

#include "app/corpus/document_rows.h"

namespace plumbline::corpus {

namespace {

void append(std::string& out, std::size_t number, char after)
{
    std::array<char, 24> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    out.append(buffer.data(), written.ptr);
    out.push_back(after);
}

// Reads the numbers of one record after the other.
class Records {
public:
    explicit Records(std::string_view text) : m_text(text) {}

    bool next(std::vector<std::size_t>& numbers)
    {
        numbers.clear();
        while (!m_text.empty()) {
            std::size_t number = 0;
            const auto read = std::from_chars(m_text.data(), m_text.data() + m_text.size(), number);
            const auto used = static_cast<std::size_t>(read.ptr - m_text.data());
            if (read.ec != std::errc() || used >= m_text.size()) {
                return false;
            }
            numbers.push_back(number);
            const char after = m_text[used];
            m_text.remove_prefix(used + 1);
            if (after == ';') {
                return true;
            }
        }
        return false;
    }

private:
    std::string_view m_text;
};

} // namespace

std::string encodeBlocks(const std::vector<Block>& blocks)
{
    std::string out;
    for (const Block& block : blocks) {
        append(out, static_cast<std::size_t>(block.kind), ' ');
        append(out, block.span.start, ' ');
        append(out, block.span.size(), ' ');
        append(out, static_cast<std::size_t>(block.level) * 2 + (block.ordered ? 1 : 0), ' ');
        append(out, static_cast<std::size_t>(block.group), ';');
    }
    return out;
}

std::vector<Block> decodeBlocks(std::string_view text)
{
    std::vector<Block> blocks;
    Records records(text);
    std::vector<std::size_t> numbers;
    while (records.next(numbers)) {
        if (numbers.size() != 5) {
            break;
        }
        Block block;
        block.kind = static_cast<BlockKind>(numbers[0]);
        block.span = {numbers[1], numbers[1] + numbers[2]};
        block.level = static_cast<int>(numbers[3] / 2);
        block.ordered = numbers[3] % 2 == 1;
        block.group = static_cast<int>(numbers[4]);
        blocks.push_back(block);
    }
    return blocks;
}

std::string encodeUnits(const std::vector<Unit>& units, std::size_t chunkStart)
{
    std::string out;
    for (const Unit& unit : units) {
        append(out, static_cast<std::size_t>(unit.kind) * 2 + (unit.ordered ? 1 : 0), ' ');
        append(out, unit.span.start - chunkStart, ' ');
        append(out, unit.span.size(), ' ');
        append(out, static_cast<std::size_t>(unit.group), unit.header ? ' ' : ';');
        if (unit.header) { // may stand before the chunk, when a table was cut
            append(out, unit.header->start, ' ');
            append(out, unit.header->size(), ';');
        }
    }
    return out;
}

std::vector<Unit> decodeUnits(std::string_view text, std::size_t chunkStart)
{
    std::vector<Unit> units;
    Records records(text);
    std::vector<std::size_t> numbers;
    while (records.next(numbers)) {
        if (numbers.size() != 4 && numbers.size() != 6) {
            break;
        }
        Unit unit;
        unit.kind = static_cast<UnitKind>(numbers[0] / 2);
        unit.ordered = numbers[0] % 2 == 1;
        unit.span = {chunkStart + numbers[1], chunkStart + numbers[1] + numbers[2]};
        unit.group = static_cast<int>(numbers[3]);
        if (numbers.size() == 6) {
            unit.header = Span{numbers[4], numbers[4] + numbers[5]};
        }
        units.push_back(unit);
    }
    return units;
}

} // namespace plumbline::corpus
