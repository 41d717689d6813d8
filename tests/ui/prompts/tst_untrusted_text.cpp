// What a model, a commit or a person wrote, where the Prompts page shows it: as text.
#include <QTextDocument>
#include <QtTest>

#include "tests/ui/support/fake_prompts.h"
#include "ui/prompts/book_models.h"
#include "ui/prompts/tried_model.h"
#include "ui/prompts/version_html.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui::prompts;
using plumbline::assistant::AnswerSentence;
using plumbline::corpus::UnitKind;

namespace {

const std::string kHostile = "<h1>Approved</h1><img src=\"http://evil/x.png\">";

QString shown(const QString& html)
{
    QTextDocument document;
    document.setHtml(html);
    return document.toPlainText();
}

RunOutcome outcomeOf(std::string text, UnitKind kind = UnitKind::Sentence)
{
    RunOutcome outcome;
    outcome.answer = plumbline::tests::bankAnswer({});
    AnswerSentence sentence;
    sentence.text = std::move(text);
    sentence.kind = kind;
    sentence.citations = {1};
    outcome.answer.sentences = {sentence};
    return outcome;
}

QString runShown(const RunOutcome& outcome)
{
    return outcomeHtml(outcome, plumbline::ui::widgets::lightTokens());
}

} // namespace

class TestUntrustedText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnswerInATooltipIsText()
    {
        TriedModel model;
        model.add({{}, outcomeOf(kHostile), {}});
        const auto index = model.index(0, TriedModel::Text);
        const QString tip = index.data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<img")), qPrintable(tip));
        QCOMPARE(shown(tip), index.data().toString());
    }

    void reasonsAndSubjectsInATooltipAreText()
    {
        BookModel model({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d"),
                         QStringLiteral("e")});
        model.setRows(rowsOf(std::vector<LabelMove>{{"production", 1, 2, "Ada", {}, kHostile}}));
        const QString why = model.index(0, 4).data(Qt::ToolTipRole).toString();
        QVERIFY2(!why.contains(QStringLiteral("<img")), qPrintable(why));
        model.setRows(rowsOf(History{"Git", {{{}, "Ada", kHostile, 1, "7be1c04a90f1"}}}));
        const QString subject = model.index(0, 3).data(Qt::ToolTipRole).toString();
        QVERIFY(shown(subject).startsWith(QString::fromStdString(kHostile)));
    }

    void aRowOfARawTableIsShownByItsCells()
    {
        const QString html =
            runShown(outcomeOf("<tr>\n<td>Falcon level 7</td>\n<td><p>Call the <b>keeper</b></p></td>\n</tr>",
                               UnitKind::TableRow));
        QVERIFY2(shown(html).contains(QStringLiteral("Falcon level 7")), qPrintable(html));
        QVERIFY2(shown(html).contains(QStringLiteral("Call the keeper")), qPrintable(html));
        QVERIFY2(!shown(html).contains(u'<'), qPrintable(shown(html)));
    }

    void aTableBetweenStepsDoesNotBeginTheirNumbersAnew()
    {
        RunOutcome outcome = outcomeOf("Restart the node.", UnitKind::Step);
        auto& sentences = outcome.answer.sentences;
        sentences.push_back(outcomeOf("| SEV1 | 15 minutes |", UnitKind::TableRow).answer.sentences[0]);
        sentences.push_back(outcomeOf("Tell the duty lead.", UnitKind::Step).answer.sentences[0]);
        const QString text = shown(runShown(outcome));
        QVERIFY2(text.contains(QStringLiteral("SEV1 · 15 minutes [1]")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("2. Tell the duty lead.")), qPrintable(text));
    }

    void aStepHasOneNumber()
    {
        const QString text = shown(runShown(outcomeOf("3. Restart the node.", UnitKind::Step)));
        QVERIFY2(text.startsWith(QStringLiteral("1. Restart the node.")), qPrintable(text));
    }
};

QTEST_MAIN(TestUntrustedText)
#include "tst_untrusted_text.moc"
