#include "ui/widgets/inline_markdown.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

class Parser {
public:
    explicit Parser(QStringView text) : m_text(text) {}

    std::vector<InlineRun> parse()
    {
        parse(0, m_text.size(), {});
        return std::move(m_runs);
    }

private:
    void parse(qsizetype from, qsizetype to, InlineRun style)
    {
        qsizetype plain = from;
        qsizetype at = from;
        while (at < to) {
            const qsizetype next = special(at, to, plain, style);
            if (next == at) {
                ++at;
            } else {
                at = next;
                plain = next;
            }
        }
        add(plain, to, style);
    }

    // Handles what begins at `at`; gives where the text goes on, or `at` when nothing special begins there.
    qsizetype special(qsizetype at, qsizetype to, qsizetype plain, const InlineRun& style)
    {
        const QChar c = m_text[at];
        if (c == u'\\' && at + 1 < to && m_text[at + 1].isPunct()) {
            add(plain, at, style);
            add(at + 1, at + 2, style);
            return at + 2;
        }
        if (c == u'\n') {
            add(plain, at + 1, style);
            qsizetype next = at + 1;
            while (next < to && (m_text[next] == u' ' || m_text[next] == u'\t'))
                ++next;
            return next;
        }
        if (c == u'`')
            return code(at, to, plain, style);
        if (c == u'*' || (c == u'_' && (at == 0 || !m_text[at - 1].isLetterOrNumber())))
            return emphasis(at, to, plain, style);
        if (c == u'[' || (c == u'!' && at + 1 < to && m_text[at + 1] == u'['))
            return link(at, to, plain, style);
        return at;
    }

    qsizetype code(qsizetype at, qsizetype to, qsizetype plain, InlineRun style)
    {
        qsizetype ticks = 0;
        while (at + ticks < to && m_text[at + ticks] == u'`')
            ++ticks;
        const qsizetype end = m_text.mid(0, to).indexOf(QString(ticks, u'`'), at + ticks);
        if (end < 0)
            return at;
        add(plain, at, style);
        style.code = true;
        add(at + ticks, end, style);
        return end + ticks;
    }

    qsizetype emphasis(qsizetype at, qsizetype to, qsizetype plain, InlineRun style)
    {
        const QChar marker = m_text[at];
        const qsizetype width = at + 1 < to && m_text[at + 1] == marker ? 2 : 1;
        const qsizetype inside = at + width;
        if (inside >= to || m_text[inside].isSpace())
            return at;
        qsizetype end = inside;
        const QString closing(width, marker);
        while ((end = m_text.mid(0, to).indexOf(closing, end)) >= 0) {
            const bool wordGoesOn =
                marker == u'_' && end + width < to && m_text[end + width].isLetterOrNumber();
            if (end > inside && !m_text[end - 1].isSpace() && !wordGoesOn)
                break;
            ++end;
        }
        if (end < 0)
            return at;
        add(plain, at, style);
        (width == 2 ? style.strong : style.emphasis) = true;
        parse(inside, end, style);
        return end + width;
    }

    qsizetype link(qsizetype at, qsizetype to, qsizetype plain, InlineRun style)
    {
        const bool image = m_text[at] == u'!';
        const qsizetype label = at + (image ? 2 : 1);
        const QStringView text = m_text.mid(0, to);
        const qsizetype middle = text.indexOf(u"](", label);
        const qsizetype end = middle < 0 ? -1 : text.indexOf(u')', middle);
        if (end < 0 || text.mid(label, middle - label).contains(u'\n'))
            return at;
        add(plain, at, style);
        if (image)
            style.emphasis = true; // its description; the picture itself is never fetched
        else
            style.link = text.mid(middle + 2, end - middle - 2).toString();
        add(label, middle, style);
        return end + 1;
    }

    void add(qsizetype from, qsizetype to, InlineRun style)
    {
        if (to <= from)
            return;
        style.start = from;
        style.length = to - from;
        m_runs.push_back(std::move(style));
    }

    QStringView m_text;
    std::vector<InlineRun> m_runs;
};

} // namespace

std::vector<InlineRun> inlineRuns(QStringView text, bool markdown)
{
    if (markdown)
        return Parser(text).parse();
    InlineRun whole;
    whole.length = text.size();
    return {whole};
}

QString plainInline(QStringView text, bool markdown)
{
    QString plain;
    for (const InlineRun& run : inlineRuns(text, markdown))
        plain += text.mid(run.start, run.length);
    return plain.replace(u'\n', u' ');
}

QString htmlInline(QStringView text, bool markdown)
{
    QString html;
    for (const InlineRun& run : inlineRuns(text, markdown)) {
        QString part = text.mid(run.start, run.length).toString().replace(u'\n', u' ').toHtmlEscaped();
        if (run.code)
            part = u"<code>"_s + part + u"</code>"_s;
        if (run.strong)
            part = u"<b>"_s + part + u"</b>"_s;
        if (run.emphasis)
            part = u"<i>"_s + part + u"</i>"_s;
        if (!run.link.isEmpty())
            part = u"<u>"_s + part + u"</u>"_s;
        html += part;
    }
    return html;
}

} // namespace plumbline::ui::widgets
