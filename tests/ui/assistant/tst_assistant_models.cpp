#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/assistant_page.h"
#include "ui/assistant/made_drawer.h"
#include "ui/assistant/question_bar.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/waterfall.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using widgets::PageStates;

namespace {

struct Desk {
    std::shared_ptr<Script> script = std::make_shared<Script>();
    jobs::JobList jobs;
    assistant::AssistantPage page{plumbline::tests::fakeAssistant(script), jobs};
    PageStates* states = page.findChild<PageStates*>();

    Desk()
    {
        page.resize(1200, 760);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QTRY_VERIFY(box(QStringLiteral("Prompt"))->count() == 4);
    }
    QComboBox* box(const QString& name) const
    {
        for (auto* candidate : page.findChildren<QComboBox*>()) {
            if (candidate->accessibleName() == name)
                return candidate;
        }
        return nullptr;
    }
    void choose(const QString& name, const QString& data) const
    {
        box(name)->setCurrentIndex(box(name)->findData(data));
    }
    void askAndRead(const QString& question)
    {
        QSignalSpy answered(&page, &assistant::AssistantPage::answered);
        page.ask(question);
        QVERIFY(answered.wait());
    }
    QString read() const { return page.findChild<assistant::AnswerView*>()->shownText(); }
    QString made() const
    {
        QStringList lines;
        for (const auto* label : page.findChild<assistant::MadeDrawer*>()->findChildren<QLabel*>())
            lines << label->text();
        return lines.join(u'\n');
    }
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page.findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
};

} // namespace

class TestAssistantModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTextStreamsInMarkedAndIsReplacedByWhatWasChecked()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.script->hang = true;
        QSignalSpy answered(&desk.page, &assistant::AssistantPage::answered);
        desk.page.ask(QStringLiteral("payments fail"));
        QTRY_VERIFY(desk.read().contains(QStringLiteral("that shows the old finger")));
        QVERIFY(desk.read().contains(QStringLiteral("its sources are checked when it has ended")));
        QVERIFY(desk.page.thread().empty()); // nothing is an answer yet
        const auto* drawer = desk.page.findChild<assistant::MadeDrawer*>();
        QVERIFY(!drawer->isVisible()); // nor is it known how it was made
        desk.script->hang = false;
        QVERIFY(answered.wait());
        QVERIFY(!desk.read().contains(QStringLiteral("its sources are checked when it has ended")));
        QVERIFY(drawer->isVisible());
        QVERIFY(desk.read().contains(QStringLiteral("wait until it reports ready")));
        QVERIFY(desk.read().contains(QStringLiteral("withheld: no passage carries it")));
    }

    void thePromptOfTheWorkspaceIsChosenAtFirst_data()
    {
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("none is set") << QString() << QString();
        QTest::newRow("a bare name is the version in production")
            << QStringLiteral("policy-answer") << QStringLiteral("policy-answer@production");
        QTest::newRow("a version") << QStringLiteral("policy-answer@candidate")
                                   << QStringLiteral("policy-answer@candidate");
        QTest::newRow("one that is not there") << QStringLiteral("gone") << QString();
    }

    void thePromptOfTheWorkspaceIsChosenAtFirst()
    {
        QFETCH(QString, set);
        QFETCH(QString, chosen);
        const auto script = std::make_shared<Script>();
        assistant::Services services = plumbline::tests::fakeAssistant(script);
        services.defaultPrompt = set.toStdString();
        jobs::JobList jobs;
        assistant::AssistantPage page(services, jobs);
        page.show();
        QComboBox* box = nullptr;
        for (auto* candidate : page.findChildren<QComboBox*>()) {
            if (candidate->accessibleName() == QStringLiteral("Prompt"))
                box = candidate;
        }
        QVERIFY(box != nullptr);
        QTRY_VERIFY(box->count() > 1);
        QCOMPARE(box->currentData().toString(), chosen);
    }

    void theChartOfASimulatedAnswerSaysSoItself()
    {
        Desk desk;
        const auto warned = [&] { // brown pixels in a picture of the chart alone: nothing else there is warm
            const QImage picture = desk.page.findChild<widgets::Waterfall*>()->grab().toImage();
            int count = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor color = picture.pixelColor(x, y);
                    count += color.red() > color.blue() + 40 ? 1 : 0;
                }
            }
            return count;
        };
        const auto described = [&] {
            return desk.page.findChild<widgets::Waterfall*>()->accessibleDescription();
        };
        desk.page.openDrawer(true);
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QCOMPARE(warned(), 0);
        QVERIFY(!described().contains(QStringLiteral("Simulated")));
        desk.choose(QStringLiteral("Model"), QStringLiteral("simulated-large"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QVERIFY(warned() > 20);
        QVERIFY(described().startsWith(QStringLiteral("Simulated")));
    }

    void aModelIsAskedWithAPrompt()
    {
        Desk desk;
        QCOMPARE(desk.box(QStringLiteral("Prompt"))->currentIndex(), 0);
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        QCOMPARE(desk.box(QStringLiteral("Prompt"))->currentData().toString(),
                 QStringLiteral("policy-answer@production"));
        desk.choose(QStringLiteral("Prompt"), QStringLiteral("policy-answer@candidate"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QCOMPARE(desk.script->requests[0].model, std::string("local-qwen"));
        QCOMPARE(desk.script->requests[0].promptId(), std::string("policy-answer@v4"));
    }

    void howThisWasMadeShowsMessagesTokensAndWhatIsNotKnown()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QVERIFY2(desk.made().contains(QStringLiteral("%1 in, 87 out, estimated").arg(widgets::number(1'204))),
                 qPrintable(desk.made()));
        QVERIFY(desk.made().contains(QStringLiteral("unknown: no price for this model")));
        QVERIFY(!desk.made().contains(QStringLiteral("$0")));
        QVERIFY(desk.made().contains(QStringLiteral("You answer questions of the staff of Tarnwick Bank.")));
        QVERIFY(desk.made().contains(QStringLiteral("All nodes may be restarted at once.")));
    }

    void whatIsSimulatedSaysSo()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("simulated-large"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QVERIFY(desk.read().contains(QStringLiteral("Simulated: the model's delay")));
        QVERIFY(desk.made().contains(QStringLiteral(", simulated")));
        QVERIFY(desk.made().contains(QStringLiteral("$0.001133")));
    }

    void stopLeavesNothingOfTheStream()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.script->hang = true;
        desk.page.ask(QStringLiteral("payments fail"));
        QTRY_VERIFY(desk.read().contains(QStringLiteral("old finger")));
        QTest::keyClick(&desk.page, Qt::Key_Escape);
        QTRY_VERIFY(desk.states->state() == PageStates::State::Idle);
        QVERIFY(desk.page.thread().empty());
        QVERIFY(desk.button(QStringLiteral("Ask")) != nullptr);
    }

    void anEndpointThatFailsIsAFailureNeverAnAnswer()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("broken"));
        desk.page.ask(QStringLiteral("payments fail"));
        QTRY_VERIFY(desk.states->state() == PageStates::State::Failed);
        QVERIFY(desk.states->message().contains(QStringLiteral("answered 503 five times")));
        QVERIFY(desk.page.thread().empty());
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.askAndRead(QStringLiteral("payments fail"));
    }

    void theQuestionGoesToThePromptsPage()
    {
        Desk desk;
        desk.choose(QStringLiteral("Model"), QStringLiteral("local-qwen"));
        desk.askAndRead(QStringLiteral("payments fail"));
        QSignalSpy links(&desk.page, &assistant::AssistantPage::linkActivated);
        desk.button(QStringLiteral("Run another version on this"))->click();
        QCOMPARE(links.size(), 1);
        const auto link = links[0][0].value<widgets::Link>();
        QVERIFY(link.page == widgets::Page::Prompts);
        QCOMPARE(link.key, QStringLiteral("policy-answer@v3"));
        QCOMPARE(link.question, QStringLiteral("payments fail"));
        QCOMPARE(link.model, QStringLiteral("local-qwen"));
    }

    void promptAndModelAreRemembered()
    {
        const QTemporaryDir folder;
        QSettings file(folder.filePath(QStringLiteral("console.ini")), QSettings::IniFormat);
        {
            Desk desk;
            desk.choose(QStringLiteral("Model"), QStringLiteral("simulated-large"));
            desk.choose(QStringLiteral("Prompt"), QStringLiteral("policy-answer@candidate"));
            desk.page.saveState(file);
        }
        Desk again;
        again.page.restoreState(file);
        QCOMPARE(again.page.bar().model(), std::string("simulated-large"));
        QCOMPARE(again.page.bar().prompt(), std::string("policy-answer@candidate"));
    }
};

QTEST_MAIN(TestAssistantModels)
#include "tst_assistant_models.moc"
