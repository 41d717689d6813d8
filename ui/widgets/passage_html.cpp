#include "ui/widgets/passage_html.h"

#include <algorithm>

#include "app/base/html_tags.h"
#include "ui/widgets/inline_markdown.h"
#include "ui/widgets/text_positions.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

class Writer {
public:
    Writer(const PassageText& passage, const Tokens& tokens)
        : m_passage(passage), m_tokens(tokens), m_positions(passage.text)
    {
        for (const Span& span : passage.terms)
            m_terms.push_back(m_positions.toUtf16(span));
        for (const Span& span : passage.cited)
            m_cited.push_back(m_positions.toUtf16(span));
    }

    QString write()
    {
        QString html;
        std::vector<PassagePart> parts = m_passage.parts;
        if (parts.empty())
            parts.push_back({PassagePart::Kind::Sentence, {0, m_positions.size()}});
        bool flowing = false;
        for (const PassagePart& part : parts) {
            const bool flows = part.kind == PassagePart::Kind::Sentence;
            if (!html.isEmpty())
                html += flows && flowing ? u" "_s : u"<br>"_s;
            if (part.kind == PassagePart::Kind::Step)
                html += u"• "_s;
            html += partHtml(part);
            flowing = flows;
        }
        return html;
    }

private:
    QString partHtml(const PassagePart& part) const
    {
        Utf16Range range = m_positions.toUtf16(part.span);
        const auto outer = [&](qsizetype at) {
            return part.kind == PassagePart::Kind::TableRow && u"| "_s.contains(m_passage.text[at]);
        };
        while (range.start < range.end && outer(range.start))
            ++range.start;
        while (range.end > range.start && outer(range.end - 1))
            --range.end;
        if (part.kind == PassagePart::Kind::Code)
            range = withoutFences(range);
        const QStringView text = QStringView(m_passage.text).mid(range.start, range.end - range.start);
        if (part.kind == PassagePart::Kind::TableRow && m_passage.markdown) {
            QStringList cells;
            const auto size = static_cast<std::size_t>(text.size());
            for (const Span& cell : htmlRowCells(std::u16string_view(text.utf16(), size)))
                cells << rangeHtml({range.start + static_cast<qsizetype>(cell.start),
                                    range.start + static_cast<qsizetype>(cell.end)},
                                   part.kind);
            if (!cells.isEmpty())
                return cells.join(u" · "_s);
        }
        return rangeHtml(range, part.kind);
    }

    QString rangeHtml(Utf16Range range, PassagePart::Kind kind) const
    {
        const bool code = kind == PassagePart::Kind::Code;
        const QStringView text = QStringView(m_passage.text).mid(range.start, range.end - range.start);
        QString html;
        for (const InlineRun& run : inlineRuns(text, m_passage.markdown && !code)) {
            const qsizetype from = range.start + run.start;
            QString piece = run.space ? u" "_s : marked(from, from + run.length, kind);
            if (run.code || code)
                piece = u"<code>"_s + piece + u"</code>"_s;
            if (run.strong)
                piece = u"<b>"_s + piece + u"</b>"_s;
            html += piece;
        }
        return html;
    }

    // Code without the lines that fence it in.
    Utf16Range withoutFences(Utf16Range range) const
    {
        const QStringView text = QStringView(m_passage.text).mid(range.start, range.end - range.start);
        if (!text.startsWith(u"```") && !text.startsWith(u"~~~"))
            return range;
        const qsizetype first = text.indexOf(u'\n');
        const qsizetype last = text.lastIndexOf(u'\n');
        if (first < 0 || last <= first)
            return range;
        return {range.start + first + 1, range.start + last};
    }

    static bool inside(const std::vector<Utf16Range>& ranges, qsizetype at, qsizetype& border)
    {
        for (const Utf16Range& range : ranges) {
            if (at < range.start) {
                border = std::min(border, range.start);
                return false;
            }
            if (at < range.end) {
                border = std::min(border, range.end);
                return true;
            }
        }
        return false;
    }

    QString marked(qsizetype from, qsizetype to, PassagePart::Kind kind) const
    {
        QString html;
        while (from < to) {
            qsizetype border = to;
            const bool term = inside(m_terms, from, border);
            const bool cited = inside(m_cited, from, border);
            QString piece = m_passage.text.mid(from, border - from).toHtmlEscaped();
            piece.replace(u"\n"_s, kind == PassagePart::Kind::Code ? u"<br>"_s : u" "_s);
            if (kind == PassagePart::Kind::TableRow)
                piece.replace(u'|', u'·');
            if (term)
                piece = u"<b>"_s + piece + u"</b>"_s;
            if (term || cited)
                piece = u"<span style=\"background:%1\">%2</span>"_s.arg(
                    (term ? m_tokens.term : m_tokens.mark).name(), piece);
            html += piece;
            from = border;
        }
        return html;
    }

    const PassageText& m_passage;
    const Tokens& m_tokens;
    TextPositions m_positions;
    std::vector<Utf16Range> m_terms;
    std::vector<Utf16Range> m_cited;
};

} // namespace

QString passageHtml(const PassageText& passage, const Tokens& tokens)
{
    return Writer(passage, tokens).write();
}

QStringList rowCells(const QString& row)
{
    QString text = row.trimmed();
    const QChar separator = text.contains(u'|') ? u'|' : u'\t';
    if (separator == u'|' && text.startsWith(u'|'))
        text.remove(0, 1);
    if (separator == u'|' && text.endsWith(u'|'))
        text.chop(1);
    QStringList cells = text.split(separator);
    for (QString& cell : cells)
        cell = cell.trimmed();
    return cells;
}

bool isRowRule(const QString& row)
{
    return row.contains(u'-') &&
           std::all_of(row.begin(), row.end(), [](QChar c) { return u"|-: \t"_s.contains(c); });
}

} // namespace plumbline::ui::widgets
