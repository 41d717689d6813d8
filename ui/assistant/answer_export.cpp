#include "ui/assistant/answer_export.h"

#include <filesystem>

#include <QBuffer>
#include <QCoreApplication>
#include <QFont>
#include <QMarginsF>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>

#include "app/base/file.h"
#include "ui/passages/content_of.h"
#include "ui/passages/sentence_html.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::assistant::AnswerSentence;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::answer_export", text);
}

bool markdownOf(const Turn& turn, const AnswerSentence& sentence)
{
    for (const auto& source : turn.answer.sources) {
        if (!sentence.citations.empty() && source.number == sentence.citations.front())
            return passages::isMarkdown(source.passage.path);
    }
    return false;
}

QString citations(const AnswerSentence& sentence)
{
    QString text;
    for (const int number : sentence.citations)
        text += u"[%1]"_s.arg(number);
    return text;
}

// " (its sources do not say this)": a sentence never leaves without its marks.
QString marks(const AnswerSentence& sentence)
{
    const QStringList words = passages::sentenceMarks(sentence.supported, sentence.conflicting);
    return words.isEmpty() ? QString() : u" (%1)"_s.arg(words.join(u"; "_s));
}

QString modelWords(const Turn& turn)
{
    const QString name = toQt(turn.request.model);
    const auto& generation = turn.answer.generation;
    if (generation && generation->reply.simulated)
        return words("%1 (simulated)").arg(name);
    return generation && generation->reply.replayed ? words("%1 (from a recording)").arg(name) : name;
}

QString sourceLine(const plumbline::assistant::Source& source)
{
    QString line = u"[%1] %2, %3"_s.arg(QString::number(source.number), toQt(documentKey(source.passage)),
                                        toQt(source.passage.title));
    if (!source.passage.heading.empty())
        line += u", "_s + toQt(source.passage.heading);
    return line + u" ("_s + passages::approvalWords(source.passage.approval).toLower() + u")"_s;
}

QString madeLine(const Turn& turn)
{
    return words("As of %1. Prompt %2, model %3. Index generation %4, profile %5, trace %6.")
        .arg(toQt(toString(turn.request.asOf)), toQt(turn.request.promptId()), modelWords(turn),
             QString::number(turn.answer.search.generation), toQt(turn.request.profile.name),
             toQt(turn.answer.trace));
}

QString markdownEscaped(QString text)
{
    for (const QChar c : u"\\`*_[]<>#|"_s)
        text.replace(c, u'\\' + QString(c));
    return text;
}

} // namespace

QString answerAsText(const Turn& turn)
{
    if (turn.answer.refusal)
        return toQt(turn.answer.refusal->reason) + u"\n\n"_s + madeLine(turn) + u'\n';
    QString text;
    for (const AnswerSentence& sentence : turn.answer.sentences)
        text += passages::sentencePlain(sentence, markdownOf(turn, sentence)) + u' ' + citations(sentence) +
                marks(sentence) + u'\n';
    text += u'\n';
    for (const auto& source : turn.answer.sources)
        text += sourceLine(source) + u'\n';
    return text + u'\n' + madeLine(turn) + u'\n';
}

QString answerAsMarkdown(const Turn& turn)
{
    QString text = u"# "_s + markdownEscaped(toQt(turn.request.question)) + u"\n\n"_s;
    if (turn.answer.refusal)
        text += words("No answer: ") + markdownEscaped(toQt(turn.answer.refusal->reason)) + u"\n\n"_s;
    for (const AnswerSentence& sentence : turn.answer.sentences) {
        const QString plain = passages::sentencePlain(sentence, markdownOf(turn, sentence));
        if (sentence.kind == corpus::UnitKind::Code)
            text += u"```\n"_s + plain + u"\n```\n"_s;
        else
            text += (sentence.kind == corpus::UnitKind::Step ? u"- "_s : QString()) + markdownEscaped(plain);
        text += u' ' + citations(sentence).replace(u"["_s, u"\\["_s).replace(u"]"_s, u"\\]"_s) +
                (marks(sentence).isEmpty() ? QString() : u" **%1**"_s.arg(marks(sentence).trimmed())) +
                u"\n\n"_s;
    }
    if (!turn.answer.sources.empty())
        text += u"## "_s + words("Sources") + u"\n\n"_s;
    for (const auto& source : turn.answer.sources)
        text += u"- "_s + markdownEscaped(sourceLine(source)) + u'\n';
    return text + u'\n' + markdownEscaped(madeLine(turn)) + u'\n';
}

QString answerAsHtml(const Turn& turn)
{
    const Tokens& tokens = lightTokens(); // paper is white
    QString html = u"<h2>%1</h2>"_s.arg(toQt(turn.request.question).toHtmlEscaped());
    if (turn.answer.refusal)
        html += u"<p>%1%2</p>"_s.arg(words("No answer: "), toQt(turn.answer.refusal->reason).toHtmlEscaped());
    for (const AnswerSentence& sentence : turn.answer.sentences)
        html +=
            u"<div style=\"margin-bottom:8px\">%1 <b>%2</b><span style=\"color:%3\">%4</span></div>"_s.arg(
                passages::sentenceHtml(sentence, markdownOf(turn, sentence), tokens), citations(sentence),
                tokens.bad.name(), marks(sentence).toHtmlEscaped());
    if (!turn.answer.sources.empty())
        html += u"<h3>%1</h3>"_s.arg(words("Sources"));
    for (const auto& source : turn.answer.sources)
        html += u"<div>%1</div>"_s.arg(sourceLine(source).toHtmlEscaped());
    return html + u"<p><small>%1</small></p>"_s.arg(madeLine(turn).toHtmlEscaped());
}

Result<void> writeMarkdown(const Turn& turn, const QString& file)
{
    return writeFileAtomically(std::filesystem::path(toUtf8(file)), toUtf8(answerAsMarkdown(turn)));
}

Result<void> writePdf(const Turn& turn, const QString& file)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout::Millimeter);
        writer.setTitle(toQt(turn.request.question));
        writer.setCreator(u"Plumbline " PLUMBLINE_VERSION ""_s);
        QTextDocument document;
        QFont font;
        font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s});
        font.setPointSize(10);
        document.setDefaultFont(font);
        document.setHtml(answerAsHtml(turn));
        document.print(&writer);
    }
    buffer.close();
    return writeFileAtomically(std::filesystem::path(toUtf8(file)),
                               std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace plumbline::ui::assistant
