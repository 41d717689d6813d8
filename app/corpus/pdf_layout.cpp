#include "app/corpus/pdf_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "app/base/text.h"

namespace plumbline::corpus {

namespace {

double rounded(double value)
{
    return std::round(value * 2) / 2;
}

template <typename Key>
Key heaviest(const std::map<Key, std::size_t>& weights, Key otherwise)
{
    const auto found = std::ranges::max_element(weights, {}, [](const auto& each) { return each.second; });
    return found == weights.end() ? otherwise : found->first;
}

bool isBullet(std::string_view word)
{
    static constexpr std::array<std::string_view, 10> kBullets = {"\xE2\x80\xA2",
                                                                  "\xE2\x97\xA6",
                                                                  "\xE2\x96\xAA",
                                                                  "\xE2\x80\xA3",
                                                                  "\xE2\x80\x93",
                                                                  "\xEF\x82\xB7",
                                                                  "\xE2\x97\x8F",
                                                                  "\xC2\xB7",
                                                                  "-",
                                                                  "*"};
    return std::ranges::find(kBullets, word) != kBullets.end();
}

// "3." or "3)"; 0 when it is none.
int itemNumber(std::string_view word)
{
    if (word.size() < 2 || word.size() > 4 || (word.back() != '.' && word.back() != ')')) {
        return 0;
    }
    const std::string_view digits = word.substr(0, word.size() - 1);
    const bool all = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    return all ? std::atoi(std::string(digits).c_str()) : 0;
}

bool endsSentence(std::string_view text)
{
    return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':');
}

} // namespace

PdfLayout::PdfLayout(const std::vector<PdfPage>& pages, TextBuilder& builder)
    : m_pages(pages), m_builder(builder)
{
    measure();
}

void PdfLayout::measure()
{
    std::map<double, std::size_t> sizes;
    std::map<double, std::size_t> distances;
    std::size_t bold = 0;
    std::size_t all = 0;
    for (const PdfPage& page : m_pages) {
        const PdfLine* last = nullptr;
        for (const PdfLine& line : page.lines) {
            const std::size_t weight = line.text().size();
            sizes[rounded(line.size)] += weight;
            bold += line.bold ? weight : 0U;
            all += weight;
            if (last != nullptr && !line.columnStart && line.bottom > last->bottom &&
                line.segments.size() == 1) {
                ++distances[rounded(line.bottom - last->bottom)];
            }
            last = &line;
        }
    }
    m_bodySize = heaviest(sizes, 10.0);
    m_boldBody = bold * 2 > all;
    m_lineDistance = m_bodySize * 1.2;
    // The smallest distance that is common: lines of one paragraph are closer than paragraphs.
    const std::size_t most = distances.empty() ? 0 : distances[heaviest(distances, 0.0)];
    for (const auto& [distance, count] : distances) {
        if (distance >= m_bodySize * 0.9 && count * 4 >= most) {
            m_lineDistance = distance;
            break;
        }
    }
    for (const auto& [size, weight] : sizes) {
        if (size >= m_bodySize * 1.1) {
            m_headingSizes.insert(m_headingSizes.begin(), size);
        }
    }
    for (const PdfPage& page : m_pages) {
        for (const PdfLine& line : page.lines) {
            m_right = std::max(m_right, rounded(line.size) == m_bodySize ? line.right : 0.0);
        }
    }
}

int PdfLayout::headingLevel(const PdfLine& line) const
{
    // Parted by a wide gap it is a row of a table, unless the gap stands behind the number of a section.
    const bool numbered = line.segments.front().text.find_first_not_of("0123456789.") == std::string::npos;
    if (line.words.size() > 30 || line.segments.size() > (numbered ? 2U : 1U)) {
        return 0;
    }
    const auto at = std::ranges::find(m_headingSizes, rounded(line.size));
    if (at != m_headingSizes.end()) {
        return std::min(6, static_cast<int>(at - m_headingSizes.begin()) + 1);
    }
    const std::string text = line.text();
    const bool apart =
        m_open == Open::Nothing || line.columnStart || line.bottom - m_last.bottom > 1.2 * m_lineDistance;
    if (line.bold && !m_boldBody && apart && line.words.size() <= 12 && !endsSentence(text) &&
        !text.ends_with(',') && rounded(line.size) >= m_bodySize) {
        return std::min(6, static_cast<int>(m_headingSizes.size()) + 1);
    }
    return 0;
}

std::optional<PdfLayout::Marker> PdfLayout::markerOf(const PdfLine& line) const
{
    const std::string& first = line.words.front().text;
    const int number = itemNumber(first);
    if (line.words.size() < 2 || (number == 0 && !isBullet(first))) {
        return std::nullopt;
    }
    // Three segments and more are a row of a table whose first cell is a number.
    if (line.segments.size() > 2 || (line.segments.size() == 2 && line.segments.front().text != first)) {
        return std::nullopt;
    }
    Marker marker;
    marker.ordered = number > 0;
    marker.number = number;
    marker.rest = line.text().substr(first.size());
    return marker;
}

// Whether a line goes on with the open block.
bool PdfLayout::continues(const PdfLine& line) const
{
    if (m_open == Open::Nothing) {
        return false;
    }
    const bool lowerCase = !line.words.front().text.empty() && line.words.front().text.front() >= 'a' &&
                           line.words.front().text.front() <= 'z';
    if (line.columnStart) {
        return m_open != Open::Heading && lowerCase && !endsSentence(m_text);
    }
    const double distance = line.bottom - m_last.bottom;
    if (m_open == Open::Heading) {
        return rounded(line.size) == rounded(m_last.size) && line.bold == m_last.bold &&
               distance < 1.5 * line.size;
    }
    if (distance > 1.25 * m_lineDistance || distance < 0 || rounded(line.size) > rounded(m_last.size)) {
        return false;
    }
    if (m_open == Open::Item) {
        return line.left >= m_left - 2 || (lowerCase && line.left >= m_lists.back().left - 2);
    }
    const bool indented = line.left > m_last.left + m_bodySize;
    const bool lastWasShort = endsSentence(m_text) && m_last.right < m_right - 0.25 * (m_right - m_left);
    return !indented && !lastWasShort;
}

void PdfLayout::append(const std::string& text)
{
    if (m_text.ends_with("\xC2\xAD")) { // a soft hyphen
        m_text.resize(m_text.size() - 2);
    } else if (!m_text.empty() &&
               !(m_text.ends_with('-') && m_text.size() > 1 && m_text[m_text.size() - 2] != ' ')) {
        m_text += ' ';
    }
    m_text += text;
}

void PdfLayout::startItem(const PdfLine& line, const Marker& marker)
{
    while (!m_lists.empty() && m_lists.back().left > line.left + 4) {
        m_lists.pop_back();
    }
    const bool same = !m_lists.empty() && std::abs(m_lists.back().left - line.left) <= 4;
    if (same && (m_lists.back().ordered != marker.ordered || (marker.ordered && marker.number == 1))) {
        m_lists.back() = {line.left, marker.ordered, m_builder.newGroup()};
    } else if (!same) {
        m_lists.push_back({line.left, marker.ordered, m_builder.newGroup()});
    }
    m_open = Open::Item;
    m_level = static_cast<int>(m_lists.size());
    m_ordered = marker.ordered;
    m_number = marker.number;
    m_group = m_lists.back().group;
    m_left = line.words[1].left;
    append(marker.rest);
}

void PdfLayout::writeLine(const PdfLine& line)
{
    m_lastTable = {};
    const int level = headingLevel(line);
    const auto marker = level == 0 ? markerOf(line) : std::nullopt;
    const bool goesOn = !marker && (level == 0 || (m_open == Open::Heading && m_level == level)) &&
                        (level > 0 || m_open != Open::Heading) && continues(line);
    if (!goesOn) {
        close();
    }
    if (goesOn) {
        append(line.text());
    } else if (level > 0) {
        m_lists.clear();
        m_open = Open::Heading;
        m_level = level;
        append(line.text());
    } else if (marker) {
        startItem(line, *marker);
    } else {
        m_lists.clear();
        m_open = Open::Paragraph;
        m_left = line.left;
        append(line.text());
    }
    m_last = line;
}

void PdfLayout::writeTable(const PdfTable& table)
{
    close();
    m_lists.clear();
    std::size_t from = 0;
    const bool goesOn = m_lastTable.columns.size() == table.columns.size() && m_lastTable.lines > 0 &&
                        std::ranges::equal(m_lastTable.columns, table.columns, [](double left, double right) {
                            return std::abs(left - right) < 4;
                        });
    if (goesOn) {
        from =
            table.rows.front() == m_lastTable.rows.front() ? 1 : 0; // its header, said again on the new page
    } else {
        m_tableGroup = m_builder.newGroup();
    }
    for (std::size_t i = from; i < table.rows.size(); ++i) {
        m_builder.tableRow(table.rows[i], !goesOn && i == 0 && table.rows.size() > 1, m_tableGroup);
    }
    const std::vector<std::string> header = goesOn ? m_lastTable.rows.front() : table.rows.front();
    m_lastTable = table;
    m_lastTable.rows.front() = header;
}

void PdfLayout::close()
{
    const std::string text = std::move(m_text);
    m_text.clear();
    switch (m_open) {
    case Open::Nothing:
        break;
    case Open::Heading:
        m_builder.heading(m_level, text);
        break;
    case Open::Paragraph:
        m_builder.paragraph(text);
        break;
    case Open::Item:
        m_builder.listItem(m_level, m_ordered, m_number, m_group, text);
        break;
    }
    m_open = Open::Nothing;
}

void PdfLayout::write()
{
    for (const PdfPage& page : m_pages) {
        for (std::size_t i = 0; i < page.lines.size();) {
            const PdfLine& line = page.lines[i];
            const bool plain = line.segments.size() < 2 || markerOf(line) || headingLevel(line) > 0;
            const PdfTable table = plain ? PdfTable{} : pdfTable(page.lines, i);
            if (table.lines > 0) {
                writeTable(table);
                i += table.lines;
                m_last = page.lines[i - 1];
            } else {
                writeLine(line);
                ++i;
            }
        }
    }
    close();
}

} // namespace plumbline::corpus
