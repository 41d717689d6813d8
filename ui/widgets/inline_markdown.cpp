#include "ui/widgets/inline_markdown.h"

#include "app/base/inline_markdown.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

std::vector<InlineRun> inlineRuns(QStringView text, bool markdown)
{
    if (!markdown) {
        InlineRun whole;
        whole.length = text.size();
        return {whole};
    }
    std::vector<InlineRun> runs;
    const std::u16string_view view(text.utf16(), static_cast<std::size_t>(text.size()));
    for (const InlineMarkdownRun& run : inlineMarkdown(view)) {
        const auto of = [&](const Span& span) {
            return text.mid(static_cast<qsizetype>(span.start), static_cast<qsizetype>(span.size()));
        };
        runs.push_back({static_cast<qsizetype>(run.span.start), static_cast<qsizetype>(run.span.size()),
                        run.strong, run.emphasis, run.code, run.space, of(run.link).toString()});
    }
    return runs;
}

QString shownText(QStringView text, const InlineRun& run)
{
    return run.space ? u" "_s : text.mid(run.start, run.length).toString();
}

QString plainInline(QStringView text, bool markdown)
{
    QString plain;
    for (const InlineRun& run : inlineRuns(text, markdown))
        plain += shownText(text, run);
    return plain.replace(u'\n', u' ');
}

QString htmlInline(QStringView text, bool markdown)
{
    QString html;
    for (const InlineRun& run : inlineRuns(text, markdown)) {
        QString part = shownText(text, run).replace(u'\n', u' ').toHtmlEscaped();
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
