#include "ui/prompts/version_html.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/passages/content_of.h"
#include "ui/passages/sentence_html.h"
#include "ui/prompts/comparison.h"
#include "ui/prompts/services.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::prompts::PromptVersion;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::prompts", text);
}

QString heading(const QString& text, const Tokens& tokens)
{
    return u"<p style=\"margin-top:14px; margin-bottom:4px; color:%1\"><b>%2</b></p>"_s.arg(
        tokens.muted.name(), text.toHtmlEscaped());
}

// As written, with what will be replaced marked.
QString sectionHtml(const std::string& text, const Tokens& tokens)
{
    static const QRegularExpression placeholder(u"(\\{\\{[a-z][a-z0-9_]*\\}\\})"_s);
    QString html = toQt(text).toHtmlEscaped();
    html.replace(placeholder, u"<span style=\"background-color:%1\">\\1</span>"_s.arg(tokens.term.name()));
    const QString families = monoFont().families().join(u"','"_s);
    return u"<pre style=\"white-space:pre-wrap; margin:0; font-family:'%1'\">%2</pre>"_s.arg(families, html);
}

const retrieval::Passage* passageOf(const plumbline::assistant::Answer& answer, int number)
{
    for (const auto& source : answer.sources) {
        if (source.number == number)
            return &source.passage;
    }
    return nullptr;
}

QString sentenceLine(const plumbline::assistant::Answer& answer,
                     const plumbline::assistant::AnswerSentence& sentence, const Tokens& tokens)
{
    const auto* passage =
        sentence.citations.empty() ? nullptr : passageOf(answer, sentence.citations.front());
    const bool markdown = passage != nullptr && passages::isMarkdown(passage->path);
    QString line = passages::sentenceHtml(sentence, markdown, tokens);
    for (const int number : sentence.citations)
        line += u" <span style=\"color:%1\"><b>[%2]</b></span>"_s.arg(tokens.accent.name()).arg(number);
    for (const QString& mark : passages::sentenceMarks(sentence.supported, sentence.conflicting))
        line += u" <span style=\"color:%1\">%2</span>"_s.arg(
            (sentence.supported ? tokens.warn : tokens.bad).name(), mark);
    return line;
}

QString sourcesHtml(const plumbline::assistant::Answer& answer, const Tokens& tokens)
{
    QString html = heading(words("Sources"), tokens);
    for (const auto& source : answer.sources) {
        const auto& passage = source.passage;
        html +=
            u"<p style=\"margin:0 0 2px 0\"><span style=\"color:%1\"><b>[%2]</b></span> %3 · %4</p>"_s.arg(
                tokens.accent.name(), QString::number(source.number),
                toQt(passages::documentKey(passage.document, passage.version)).toHtmlEscaped(),
                toQt(passage.title).toHtmlEscaped());
    }
    return html;
}

} // namespace

QString versionHtml(const PromptVersion& version, const Tokens& tokens)
{
    QString html = u"<table cellspacing=\"0\" cellpadding=\"2\">"_s;
    const auto row = [&](const QString& name, const QString& value) {
        html +=
            u"<tr><td style=\"color:%1; padding-right:16px; white-space:nowrap\">%2</td><td>%3</td></tr>"_s
                .arg(tokens.muted.name(), name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    for (const auto& [name, value] : fieldsOf(version))
        row(name, value);
    row(words("file"), toQt(version.path));
    row(words("digest"), toQt(version.digest));
    html += u"</table>"_s;
    for (const auto& [name, text] : sectionsOf(version)) {
        if (!text.empty())
            html += heading(name, tokens) + sectionHtml(text, tokens);
    }
    return html;
}

QString outcomeHtml(const RunOutcome& outcome, const Tokens& tokens)
{
    const auto& answer = outcome.answer;
    if (answer.refusal && answer.sentences.empty())
        return u"<p style=\"color:%1\"><b>%2</b></p><p>%3</p>"_s.arg(
            tokens.bad.name(),
            words("No answer: %1")
                .arg(sentenceCase(toString(answer.refusal->kind)).toHtmlEscaped().toLower()),
            toQt(answer.refusal->reason).toHtmlEscaped());
    QString html;
    int step = 0;
    for (const auto& sentence : answer.sentences) {
        step = passages::stepNumber(sentence.kind, step);
        const bool numbered = sentence.kind == plumbline::corpus::UnitKind::Step;
        const QString number = numbered ? QString::number(step) + u". "_s : QString();
        html += u"<div style=\"margin:0 0 8px 0\">"_s + number + sentenceLine(answer, sentence, tokens) +
                u"</div>"_s;
    }
    if (answer.sentences.empty())
        html += u"<p>%1</p>"_s.arg(words("The answer is empty."));
    return html + sourcesHtml(answer, tokens);
}

} // namespace plumbline::ui::prompts
