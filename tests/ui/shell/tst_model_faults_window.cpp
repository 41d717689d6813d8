// What an endpoint can do wrong, in the window with the real engine behind it: the page says that it failed,
// why, and how to try again; nothing of an error or of half an answer is shown as an answer.
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "app/workspace/workspace.h"
#include "tests/flows/support/model_folder.h"
#include "tests/support/fault_server/fault_server.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/assistant_page.h"
#include "ui/assistant/question_bar.h"
#include "ui/settings/keychain.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_of.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"

using namespace plumbline;
using namespace plumbline::ui;
using tests::FaultServer;
using widgets::PageStates;

namespace {

constexpr int kPatience = 20'000; // ms; the machine may be busy
const QString kQuestion = QString::fromStdString(tests::kFalconQuestion);
const QString kSentence = QString::fromStdString(tests::kFalconSentence);
const QString kNotChecked = QStringLiteral("its sources are checked when it has ended");

// The window on the workspace as it is now, with the model and its prompt chosen.
struct Desk {
    std::shared_ptr<workspace::Workspace> workspace;
    std::unique_ptr<shell::MainWindow> window;

    explicit Desk(const tests::ModelFolder& folder)
    {
        auto opened = workspace::Workspace::open(folder.home());
        if (!opened)
            qFatal("%s", opened.error().describe().c_str());
        workspace = std::move(*opened);
        window = std::make_unique<shell::MainWindow>(settings::Appearance{widgets::ThemeChoice::Light, 1});
        window->show();
        window->setSession(
            shell::sessionOf(workspace, workspace->actor(), std::make_shared<settings::KeyCache>()));
        window->go(widgets::Page::Assistant);
        window->activateWindow();
        choose(QStringLiteral("Prompt"), QStringLiteral("policy-answer@v1"));
        choose(QStringLiteral("Model"), QStringLiteral("served"));
    }

    ui::assistant::AssistantPage& page() const { return *window->assistantPage(); }
    PageStates& states() const { return *page().findChild<PageStates*>(); }
    QString shown() const { return page().findChild<ui::assistant::AnswerView*>()->shownText(); }
    // Of those to be seen.
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page().findChildren<QPushButton*>()) {
            if (candidate->isVisible() && candidate->text().remove(u'&') == text)
                return candidate;
        }
        return nullptr;
    }
    bool cites() const
    {
        const auto chips = page().findChild<ui::assistant::AnswerView*>()->findChildren<QToolButton*>();
        return std::ranges::any_of(
            chips, [](const QToolButton* chip) { return chip->property("source").toInt() > 0; });
    }

private:
    void choose(const QString& name, const QString& data) const
    {
        for (auto* box : page().findChildren<QComboBox*>()) {
            if (box->accessibleName() != name)
                continue;
            QTRY_VERIFY_WITH_TIMEOUT(box->findData(data) >= 0, kPatience);
            box->setCurrentIndex(box->findData(data));
        }
    }
};

} // namespace

class TestModelFaultsWindow : public QObject {
    Q_OBJECT

    tests::TemporaryFolder m_root;
    std::unique_ptr<tests::ModelFolder> m_folder;
    FaultServer m_other; // the host that nobody named
    std::unique_ptr<FaultServer> m_server;

    std::string urlOf(const QString& place) const
    {
        if (place == QStringLiteral("refused")) {
            const FaultServer gone; // a port that was just given back
            return gone.url();
        }
        return m_server->url("/fault/" + place.toStdString());
    }

private Q_SLOTS:
    void initTestCase()
    {
        widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1);
        tests::useOwnUserFolders(m_root.path());
        m_folder = std::make_unique<tests::ModelFolder>(m_root.path() / "workspace");
        m_server = std::make_unique<FaultServer>(tests::FaultServerOptions{
            "", "", "", "http://127.0.0.1:" + std::to_string(m_other.port()), true});
    }

    void failsWithTheReasonAndAWayToTryAgain_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<int>("retries");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* place, const char* reason, int retries = 0) {
            QTest::newRow(name) << place << retries << reason;
        };
        row("nothing listens", "refused", "refuses the connection; start the server");
        row("401", "401", "name one in workspace.yaml, models.served.secret");
        row("403", "403", "the server refuses a request without a key (403");
        row("404", "404", "does not know the model echo");
        row("408", "408", "the server waited too long for the request");
        row("429 to the last attempt", "429", "too many requests, or the account's quota is used up (429", 1);
        row("500", "500", "the server failed; see its log (500");
        row("503", "503", "overloaded or still loading its model (503");
        row("a sign-in page", "html", "an HTML page instead of JSON; is the url that of the API");
        row("JSON that stops", "truncated-json", "JSON that stops in the middle");
        row("cut inside a character", "cut-in-character", "broke off its answer after");
        row("cut inside an event", "cut-in-event", "broke off its answer after");
        row("cut before [DONE]", "cut-before-done", "broke off its answer after");
        row("ended before [DONE]", "ends-before-done", "ended its stream before it said [DONE]");
        row("one byte a second", "byte-a-second", "was not done within 1500 ms (total limit)");
        row("silence", "silence", "sent nothing for 400 ms (first-token limit)");
        row("silence after the first word", "silence-after-token",
            "was not done within 1500 ms (total limit)");
        row("200 MB", "huge", "over the limit of 16 MB and was not read");
        row("a redirect to another host", "redirect-other", "keys and text go to no other host");
        row("a length too long", "length-too-long", "broke off its answer after");
    }

    void failsWithTheReasonAndAWayToTryAgain()
    {
        QFETCH(QString, place);
        QFETCH(int, retries);
        QFETCH(QString, reason);
        m_folder->serve({.url = urlOf(place), .retries = retries});
        const Desk desk(*m_folder);
        desk.page().ask(kQuestion);
        QTRY_VERIFY_WITH_TIMEOUT(desk.states().state() == PageStates::State::Failed, kPatience);
        const QString message = desk.states().message();
        QVERIFY2(message.contains(reason), qPrintable(message));
        QVERIFY(desk.page().thread().empty());
        QVERIFY(!desk.page().findChild<ui::assistant::AnswerView*>()->isVisible());
        QVERIFY(!desk.page().isAsking());
        QCOMPARE(desk.page().bar().question(), kQuestion); // nothing to type again
        QVERIFY(desk.button(QStringLiteral("Try again")) != nullptr);
        QVERIFY(m_other.requests().empty());
    }

    void tryAgainAsksAgain()
    {
        m_folder->serve({.url = urlOf(QStringLiteral("503*1"))});
        const Desk desk(*m_folder);
        desk.page().ask(kQuestion);
        QTRY_VERIFY_WITH_TIMEOUT(desk.states().state() == PageStates::State::Failed, kPatience);
        QSignalSpy answered(&desk.page(), &ui::assistant::AssistantPage::answered);
        desk.button(QStringLiteral("Try again"))->click();
        QVERIFY(answered.wait(kPatience));
        QVERIFY2(desk.shown().contains(kSentence), qPrintable(desk.shown()));
        QVERIFY(desk.cites());
    }

    void refusesInWords_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("reason");
        QTest::newRow("null content") << "null-content"
                                      << "The model sent an empty answer.";
        QTest::newRow("tool calls") << "tool-calls"
                                    << "The model wants to call look_up instead of answering";
        QTest::newRow("a refusal") << "refusal"
                                   << "The model would not answer: I cannot help with that.";
    }

    void refusesInWords()
    {
        QFETCH(QString, place);
        QFETCH(QString, reason);
        m_folder->serve({.url = urlOf(place)});
        const Desk desk(*m_folder);
        QSignalSpy answered(&desk.page(), &ui::assistant::AssistantPage::answered);
        desk.page().ask(kQuestion);
        QVERIFY(answered.wait(kPatience));
        QVERIFY(desk.page().thread().back().answer.refused());
        QVERIFY2(desk.shown().contains(reason), qPrintable(desk.shown()));
        QVERIFY(desk.page().thread().back().answer.sentences.empty());
    }

    void aGoodAnswerStreamsAndEndsCited()
    {
        m_folder->serve({.url = m_server->url("/pace/20"), .firstTokenSeconds = 30, .totalSeconds = 30});
        const Desk desk(*m_folder);
        QSignalSpy answered(&desk.page(), &ui::assistant::AssistantPage::answered);
        desk.page().ask(kQuestion);
        QTRY_VERIFY_WITH_TIMEOUT(
            desk.shown().contains(kNotChecked) && desk.shown().contains(QStringLiteral("Echo:")), kPatience);
        QVERIFY(desk.page().thread().empty() && !desk.cites()); // nothing is an answer yet
        QVERIFY(answered.wait(kPatience));
        QVERIFY2(desk.shown().contains(kSentence), qPrintable(desk.shown()));
        QVERIFY(!desk.shown().contains(kNotChecked));
        QVERIFY(desk.cites());
        QVERIFY(desk.states().state() == PageStates::State::Ready);
    }

    void stopLeavesNothingBehind_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("while it streams") << "/pace/100";
        QTest::newRow("before its first word") << "/fault/silence";
    }

    void stopLeavesNothingBehind()
    {
        QFETCH(QString, way);
        m_folder->serve(
            {.url = m_server->url(way.toStdString()), .firstTokenSeconds = 60, .totalSeconds = 60});
        const Desk desk(*m_folder);
        const std::size_t before = m_server->requests().size();
        desk.page().ask(kQuestion);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().size() > before, kPatience);
        if (way.startsWith(QStringLiteral("/pace")))
            QTRY_VERIFY_WITH_TIMEOUT(desk.shown().contains(QStringLiteral("Echo:")), kPatience);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(QTest::qWaitForWindowActive(desk.window.get()));
        QTest::keyClick(desk.window.get(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.page().isAsking() && m_server->connectionsOpen() == 0, kPatience);
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(desk.states().state() == PageStates::State::Idle);
        QVERIFY(desk.page().thread().empty());
        QVERIFY(!desk.page().findChild<ui::assistant::AnswerView*>()->isVisible());
        QCOMPARE(m_server->requests().size(), before + 1);
    }
};

QTEST_MAIN(TestModelFaultsWindow)
#include "tst_model_faults_window.moc"
