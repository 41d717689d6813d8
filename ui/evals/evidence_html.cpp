#include "ui/evals/evidence_html.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/widgets/formatters.h"
#include "ui/widgets/text_positions.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::evals", text);
}

QString escaped(QStringView text)
{
    return text.toString().toHtmlEscaped().replace(u'\n', u"<br>"_s);
}

// `text` with `spans` wrapped in `open` and `close`; overlapping ones are one.
QString marked(const QString& text, std::vector<Span> spans, const QString& open, const QString& close)
{
    const TextPositions positions(text);
    std::sort(spans.begin(), spans.end(),
              [](const Span& left, const Span& right) { return left.start < right.start; });
    QString html;
    qsizetype at = 0;
    for (const Span& span : spans) {
        const Utf16Range range = positions.toUtf16(span);
        const qsizetype start = std::max(range.start, at);
        if (range.end <= start)
            continue;
        html += escaped(QStringView(text).mid(at, start - at));
        html += open + escaped(QStringView(text).mid(start, range.end - start)) + close;
        at = range.end;
    }
    return html + escaped(QStringView(text).mid(at));
}

std::vector<Span> spansIn(int index, const SentenceView& sentence)
{
    std::vector<Span> spans;
    for (const EvidenceView& evidence : sentence.evidence) {
        if (evidence.source == index)
            spans.push_back(evidence.span);
    }
    return spans;
}

} // namespace

QString supportWords(const SentenceView& sentence)
{
    if (sentence.withheld)
        return words("withheld: not supported");
    return sentence.supported ? words("supported") : words("not supported");
}

QString sentenceHtml(const SentenceView& sentence, const Tokens& tokens)
{
    std::vector<Span> spans;
    QString reasons;
    for (const ReasonView& reason : sentence.reasons) {
        spans.push_back(reason.span);
        reasons += u"<br><span style=\"color:%1\">%2: %3</span>"_s.arg(
            (sentence.supported ? tokens.muted : tokens.bad).name(),
            sentenceCase(reason.kind).toHtmlEscaped(), toQt(reason.detail).toHtmlEscaped());
    }
    const QString open =
        u"<span style=\"background-color:%1; text-decoration:underline\">"_s.arg(tokens.removedWord.name());
    const QString text = marked(toQt(sentence.text), std::move(spans), open, u"</span>"_s);
    const QString state = u"<span style=\"color:%1\"><b>%2</b> · %3</span><br>"_s.arg(
        (sentence.supported ? tokens.ok : tokens.bad).name(), supportWords(sentence),
        QString::number(sentence.score, 'f', 2));
    return state + text + reasons;
}

QString sourceHtml(const SourceView& source, int index, const SentenceView& sentence, const Tokens& tokens)
{
    const bool carried = sentence.supported;
    const QString open = u"<span style=\"background-color:%1%2\">"_s.arg(
        (carried ? tokens.mark : tokens.removedWord).name(),
        carried ? QString() : u"; text-decoration:underline"_s);
    const std::vector<Span> spans = spansIn(index, sentence);
    QString note;
    if (!carried)
        note = spans.empty() ? words("Nothing in this source comes near the sentence.")
                             : words("Marked: what comes nearest. It does not say the sentence.");
    else if (spans.empty())
        note = words("This source is not needed for the sentence.");
    QString html;
    if (!note.isEmpty())
        html = u"<p style=\"color:%1; margin:0 0 6px 0\">%2</p>"_s.arg(
            (carried ? tokens.muted : tokens.bad).name(), note.toHtmlEscaped());
    return html + u"<p style=\"margin:0\">"_s + marked(toQt(source.text), spans, open, u"</span>"_s) +
           u"</p>"_s;
}

Span spanInDocument(const SourceView& source, int index, const SentenceView& sentence)
{
    const std::vector<Span> spans = spansIn(index, sentence);
    if (spans.empty())
        return {source.start, source.start + codePointCount(source.text)};
    return {source.start + spans.front().start, source.start + spans.front().end};
}

} // namespace plumbline::ui::evals
