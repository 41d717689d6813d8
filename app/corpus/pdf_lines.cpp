#include "app/corpus/pdf_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "app/base/text.h"

namespace plumbline::corpus {

namespace {

using Words = std::vector<PdfWord>;

// A gap of this many font sizes parts two cells; the blanks of justified text stay below it.
constexpr double kCellGap = 1.1;

void finish(PdfLine& line)
{
    std::ranges::stable_sort(line.words, {}, &PdfWord::left);
    std::map<double, std::size_t> sizes;
    std::size_t bold = 0;
    for (const PdfWord& word : line.words) {
        sizes[word.size] += word.text.size();
        bold += word.bold ? 1U : 0U;
        line.bottom = std::max(line.bottom, word.bottom);
        const bool apart =
            !line.segments.empty() && word.left - line.segments.back().right > kCellGap * word.size;
        if (line.segments.empty() || apart) {
            line.segments.push_back({word.text, word.left, word.right});
        } else {
            PdfSegment& segment = line.segments.back();
            segment.text += (word.left - segment.right > 0.12 * word.size ? " " : "") + word.text;
            segment.right = std::max(segment.right, word.right);
        }
    }
    line.bold = bold == line.words.size();
    line.size = std::ranges::max_element(sizes, {}, [](const auto& each) { return each.second; })->first;
    line.left = line.segments.front().left;
    line.right = line.segments.back().right;
}

std::vector<PdfLine> linesOf(Words words)
{
    std::ranges::stable_sort(words, {}, [](const PdfWord& word) { return word.middle(); });
    std::vector<PdfLine> lines;
    double middle = 0;
    double height = 0;
    for (PdfWord& word : words) {
        if (lines.empty() ||
            std::abs(word.middle() - middle) > 0.45 * std::min(height, word.bottom - word.top)) {
            lines.emplace_back();
            middle = word.middle();
            height = word.bottom - word.top;
        }
        lines.back().words.push_back(std::move(word));
    }
    std::ranges::for_each(lines, finish);
    if (!lines.empty()) {
        lines.front().columnStart = true;
    }
    return lines;
}

bool crosses(const PdfLine& line, double x)
{
    return std::ranges::any_of(line.words,
                               [&](const PdfWord& word) { return word.left < x && word.right > x; });
}

// Where two columns of running text part; none on a page of one column or of tables.
std::optional<double> gutter(const std::vector<PdfLine>& lines)
{
    if (lines.size() < 12) {
        return std::nullopt;
    }
    double left = lines.front().left;
    double right = lines.front().right;
    for (const PdfLine& line : lines) {
        left = std::min(left, line.left);
        right = std::max(right, line.right);
    }
    for (int percent = 40; percent <= 60; ++percent) {
        const double x = left + percent / 100.0 * (right - left);
        std::size_t crossing = 0;
        std::size_t both = 0;
        std::size_t words = 0;
        for (const PdfLine& line : lines) {
            const auto before =
                std::ranges::count_if(line.words, [&](const PdfWord& word) { return word.right <= x; });
            const auto after =
                std::ranges::count_if(line.words, [&](const PdfWord& word) { return word.left >= x; });
            const bool parted = before > 0 && after > 0 && line.segments.size() == 2;
            crossing += crosses(line, x) ? 1U : 0U;
            both += parted ? 1U : 0U;
            words += parted ? line.words.size() : 0U;
        }
        if (crossing * 5 < lines.size() && both * 2 > lines.size() && words > both * 8) {
            return x;
        }
    }
    return std::nullopt;
}

std::string withoutDigits(const std::string& text)
{
    std::string out = asciiLower(text);
    std::ranges::replace_if(
        out, [](char c) { return c >= '0' && c <= '9'; }, '#');
    return out;
}

// "7", "Page 7", "7 of 12", "Page 7/12".
bool isPageNumber(const std::string& text)
{
    std::string plain = withoutDigits(text);
    for (const std::string_view word : {"page", "of", "/", "-", " "}) {
        for (std::size_t at = plain.find(word); at != std::string::npos; at = plain.find(word)) {
            plain.erase(at, word.size());
        }
    }
    return !plain.empty() && plain.size() <= 8 && plain.find_first_not_of('#') == std::string::npos &&
           text.find_first_of("0123456789") != std::string::npos;
}

// What repeats does so at the same height.
std::string runningKey(const PdfLine& line)
{
    return withoutDigits(line.text()) + '@' + std::to_string(std::lround(line.bottom));
}

// The lines of a page where a running head or foot may stand.
std::vector<std::size_t> edges(const PdfPage& page)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        if (i < 2 || i + 2 >= page.lines.size()) {
            found.push_back(i);
        }
    }
    return found;
}

} // namespace

std::string PdfLine::text() const
{
    std::string out;
    for (const PdfSegment& segment : segments) {
        out += (out.empty() ? "" : " ") + segment.text;
    }
    return out;
}

PdfPage pdfPage(const Words& words)
{
    if (words.empty()) {
        return {};
    }
    std::vector<PdfLine> lines = linesOf(words);
    const auto x = gutter(lines);
    if (!x) {
        return {std::move(lines)};
    }
    PdfPage page;
    Words left;
    Words right;
    const auto flush = [&] {
        for (Words* column : {&left, &right}) {
            for (PdfLine& line : linesOf(std::move(*column))) {
                page.lines.push_back(std::move(line));
            }
            column->clear();
        }
    };
    for (PdfLine& line : lines) {
        if (crosses(line, *x)) {
            flush();
            page.lines.push_back(std::move(line)); // over both columns
            continue;
        }
        for (PdfWord& word : line.words) {
            (word.right <= *x ? left : right).push_back(std::move(word));
        }
    }
    flush();
    return page;
}

void dropRunningLines(std::vector<PdfPage>& pages)
{
    std::map<std::string, std::size_t> seen;
    std::map<std::string, std::size_t> first; // page where it stands first
    for (std::size_t i = 0; i < pages.size(); ++i) {
        for (const std::size_t edge : edges(pages[i])) {
            const std::string key = runningKey(pages[i].lines[edge]);
            first.try_emplace(key, i);
            ++seen[key];
        }
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        std::vector<std::size_t> drop;
        for (const std::size_t edge : edges(pages[i])) {
            const PdfLine& line = pages[i].lines[edge];
            const std::string text = line.text();
            const std::string key = runningKey(line);
            const bool repeated = seen[key] >= 2 && seen[key] * 10 >= pages.size() * 6;
            // The title may run on over the pages, and so may the header of a table.
            const bool heading =
                first[key] == i && (line.size > 12.5 || (line.bold && line.segments.size() > 1));
            const bool outermost = edge == 0 || edge + 1 == pages[i].lines.size();
            if ((repeated && !heading) || (outermost && isPageNumber(text))) {
                drop.push_back(edge);
            }
        }
        for (auto edge = drop.rbegin(); edge != drop.rend(); ++edge) {
            pages[i].lines.erase(pages[i].lines.begin() + static_cast<std::ptrdiff_t>(*edge));
        }
        if (!pages[i].lines.empty()) {
            pages[i].lines.front().columnStart = true;
        }
    }
}

} // namespace plumbline::corpus
