#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/assistant/answer_export.h"

using namespace plumbline::ui::assistant;

namespace {

Turn turn(const std::string& question)
{
    Turn turn;
    turn.request.question = question;
    turn.request.asOf = *plumbline::parseDate("2026-11-24");
    turn.answer = plumbline::tests::bankAnswer(turn.request);
    return turn;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestAnswerExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void markdownCarriesQuestionSentencesSourcesAndTrace()
    {
        const QString text = answerAsMarkdown(turn("What do I do?"));
        QVERIFY(text.startsWith(QStringLiteral("# What do I do?\n\n")));
        QVERIFY(text.contains(
            QStringLiteral("- Check the fingerprint on every node with gatewayctl cert show. \\[1\\]")));
        QVERIFY(text.contains(QStringLiteral("## Sources\n\n- \\[1\\] PAY-014@1.2")));
        QVERIFY(text.contains(QStringLiteral("trace 9c1f7e20a4b3")));
        QVERIFY(text.contains(QStringLiteral("As of 2026-11-24")));
    }

    void hostileTextStaysText()
    {
        Turn hostile = turn("<script>alert(1)</script>");
        hostile.answer.sentences[0].text = "<img src=x onerror=alert(1)> [click](javascript:alert(1))";
        const QString html = answerAsHtml(hostile);
        QVERIFY(!html.contains(QStringLiteral("<script")));
        QVERIFY(!html.contains(QStringLiteral("<img")));
        QVERIFY(!html.contains(QStringLiteral("javascript:")));
        const QString markdown = answerAsMarkdown(hostile);
        QVERIFY(markdown.contains(QStringLiteral("\\<script\\>")));
    }

    void aRefusalIsSaidAsOne()
    {
        Turn refused = turn("limits?");
        refused.answer = plumbline::tests::bankRefusal(plumbline::assistant::RefusalKind::NothingCloseEnough);
        QVERIFY(answerAsMarkdown(refused).contains(QStringLiteral("No answer: No approved document")));
        QVERIFY(answerAsText(refused).startsWith(QStringLiteral("No approved document")));
    }

    void aSentenceThatItsSourcesDoNotCarryIsMarkedInEveryForm()
    {
        Turn marked = turn("What?");
        marked.answer.sentences[0].supported = false;
        const QString words = QStringLiteral("its sources do not say this");
        for (const QString& text : {answerAsText(marked), answerAsMarkdown(marked), answerAsHtml(marked)})
            QVERIFY2(text.count(words) == 1, qPrintable(text));
        for (const QString& text :
             {answerAsText(turn("What?")), answerAsMarkdown(turn("What?")), answerAsHtml(turn("What?"))})
            QVERIFY2(!text.contains(words), qPrintable(text));
    }

    void promptAndModelAreNamedAndASimulatedOneIsSaidToBe()
    {
        Turn made = turn("What?");
        made.request.prompt.name = "policy-answer";
        made.request.prompt.version = 3;
        made.request.model = "simulated-large";
        made.answer.generation.emplace().reply.simulated = true;
        const QString simulated = QStringLiteral("policy-answer@v3, model simulated-large (simulated)");
        QVERIFY(answerAsText(made).contains(simulated));
        QVERIFY(answerAsMarkdown(made).contains(simulated));
        QVERIFY(answerAsHtml(made).contains(simulated));
        made.answer.generation->reply.simulated = false;
        QVERIFY(!answerAsText(made).contains(QStringLiteral("simulated)")));
        QVERIFY(answerAsText(turn("What?")).contains(QStringLiteral("extractive@1, model embedded.")));
    }

    void filesAreWrittenWhole()
    {
        const QTemporaryDir folder;
        const QString markdown = folder.filePath(QStringLiteral("answer.md"));
        const QString pdf = folder.filePath(QStringLiteral("answer.pdf"));
        QVERIFY(writeMarkdown(turn("What?"), markdown).has_value());
        QVERIFY(writePdf(turn("What?"), pdf).has_value());
        QCOMPARE(QString::fromUtf8(contentOf(markdown)), answerAsMarkdown(turn("What?")));
        QVERIFY(contentOf(pdf).startsWith("%PDF-"));
        QVERIFY(contentOf(pdf).size() > 5'000);
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const auto written = writePdf(turn("What?"), QStringLiteral("/nowhere/at/all/answer.pdf"));
        QVERIFY(!written.has_value());
        QVERIFY(written.error().code == plumbline::ErrorCode::NotFound);
    }
};

QTEST_MAIN(TestAnswerExport)
#include "tst_answer_export.moc"
