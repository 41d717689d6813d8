#include "ui/passages/sentence_html.h"

#include "app/base/html_tags.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/inline_markdown.h"
#include "ui/widgets/passage_html.h"
#include "ui/widgets/text_positions.h"

namespace plumbline::ui::passages {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

// The cells of one row, or of several lines of pipe rows.
void addRows(const QString& text, bool markdown, QList<QStringList>& rows)
{
    const auto raw =
        htmlRowCells(std::u16string_view(QStringView(text).utf16(), static_cast<std::size_t>(text.size())));
    if (markdown && !raw.empty()) {
        QStringList cells;
        for (const Span& cell : raw)
            cells << text.mid(static_cast<qsizetype>(cell.start), static_cast<qsizetype>(cell.size()));
        rows << cells;
        return;
    }
    for (const QString& line : text.split(u'\n')) {
        if (!line.trimmed().isEmpty() && !isRowRule(line))
            rows << rowCells(line);
    }
}

QList<QStringList> rowsOf(const plumbline::assistant::AnswerSentence& sentence, bool markdown)
{
    const QString text = toQt(sentence.text);
    QList<QStringList> rows;
    qsizetype from = 0;
    if (sentence.spans.size() == 2) { // the header first
        from = TextPositions(text).toUtf16(sentence.spans.front().span.size());
        addRows(text.left(from), markdown, rows);
    }
    addRows(text.mid(from), markdown, rows);
    return rows;
}

QString tableHtml(const QList<QStringList>& rows, bool markdown, const Tokens& tokens)
{
    QString html =
        u"<table cellspacing=\"0\" cellpadding=\"5\" border=\"1\" style=\"border-collapse:collapse; border-color:%1\">"_s
            .arg(tokens.border.name());
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const bool header = row == 0 && rows.size() > 1;
        html += u"<tr>"_s;
        for (const QString& cell : rows[row]) {
            const QString inner = htmlInline(cell, markdown);
            html += header ? u"<td style=\"background:%1\"><b>%2</b></td>"_s.arg(tokens.raised.name(), inner)
                           : u"<td>%1</td>"_s.arg(inner);
        }
        html += u"</tr>"_s;
    }
    return html + u"</table>"_s;
}

QString rowsHtml(const QList<QStringList>& rows, bool markdown, const Tokens& tokens)
{
    if (rows.size() != 1)
        return tableHtml(rows, markdown, tokens);
    QStringList cells;
    for (const QString& cell : rows[0])
        cells << htmlInline(cell, markdown);
    return cells.join(u" · "_s);
}

QString withoutMarker(QString text)
{
    qsizetype at = 0;
    while (at < text.size() && text[at].isDigit())
        ++at;
    const QString markers = at > 0 ? u".)"_s : u"-*+"_s;
    if (at + 1 < text.size() && markers.contains(text[at]) && text[at + 1] == u' ')
        text.remove(0, at + 2);
    return text;
}

} // namespace

QString sentenceHtml(const plumbline::assistant::AnswerSentence& sentence, bool markdown,
                     const Tokens& tokens)
{
    const QString text = toQt(sentence.text);
    switch (sentence.kind) {
    case corpus::UnitKind::TableRow:
        return rowsHtml(rowsOf(sentence, markdown), markdown, tokens);
    case corpus::UnitKind::Code:
        return u"<pre style=\"white-space:pre-wrap\">%1</pre>"_s.arg(text.toHtmlEscaped());
    case corpus::UnitKind::Step:
        return htmlInline(withoutMarker(text), markdown);
    case corpus::UnitKind::Sentence:
        break;
    }
    return htmlInline(text, markdown);
}

QString sentencePlain(const plumbline::assistant::AnswerSentence& sentence, bool markdown)
{
    const QString text = toQt(sentence.text);
    if (sentence.kind == corpus::UnitKind::Code)
        return text;
    if (sentence.kind == corpus::UnitKind::Step)
        return plainInline(withoutMarker(text), markdown);
    if (sentence.kind != corpus::UnitKind::TableRow)
        return plainInline(text, markdown);
    const QList<QStringList> rows = rowsOf(sentence, markdown);
    QStringList lines;
    for (qsizetype row = rows.size() > 1 ? 1 : 0; row < rows.size(); ++row) {
        QStringList cells;
        for (qsizetype i = 0; i < rows[row].size(); ++i) {
            const QString cell = plainInline(rows[row][i], markdown);
            const bool named = rows.size() > 1 && i < rows[0].size() && !rows[0][i].isEmpty();
            cells << (named ? plainInline(rows[0][i], markdown) + u": "_s + cell : cell);
        }
        lines << cells.join(u"; "_s);
    }
    return lines.join(u'\n');
}

int stepNumber(corpus::UnitKind kind, int before)
{
    if (kind == corpus::UnitKind::Step)
        return before + 1;
    return kind == corpus::UnitKind::Sentence ? 0 : before;
}

} // namespace plumbline::ui::passages
