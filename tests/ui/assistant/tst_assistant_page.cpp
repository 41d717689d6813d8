#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/assistant_page.h"
#include "ui/assistant/sources_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using widgets::PageStates;

namespace {

// The page as a person finds it: shown, with the question box in reach.
struct Desk {
    std::shared_ptr<Script> script = std::make_shared<Script>();
    jobs::JobList jobs;
    assistant::AssistantPage page{plumbline::tests::fakeAssistant(script), jobs};
    QLineEdit* box = page.findChild<QLineEdit*>();
    PageStates* states = page.findChild<PageStates*>();

    Desk()
    {
        page.resize(1200, 760);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    void type(const QString& question)
    {
        box->setFocus();
        box->clear();
        QTest::keyClicks(box, question);
        QTest::keyClick(box, Qt::Key_Return);
    }
    void askAndRead(const QString& question)
    {
        QSignalSpy answered(&page, &assistant::AssistantPage::answered);
        type(question);
        QVERIFY(answered.wait());
    }
    QString read() const { return page.findChild<assistant::AnswerView*>()->shownText(); }
    QList<QToolButton*> chips() const
    {
        QList<QToolButton*> chips;
        for (auto* button : page.findChild<assistant::AnswerView*>()->findChildren<QToolButton*>())
            chips << button;
        return chips;
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

class TestAssistantPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enterAsksAndTheAnswerIsReadSentenceBySentence()
    {
        Desk desk;
        QVERIFY(desk.states->state() == PageStates::State::Idle);
        desk.askAndRead(QStringLiteral("payments fail after rotation"));
        QVERIFY(desk.states->state() == PageStates::State::Ready);
        const QString text = desk.read();
        QVERIFY(text.contains(QStringLiteral("a node still presents the old certificate.")));
        QVERIFY(text.contains(QStringLiteral("is rotated 30 days before"))); // without the stars
        QVERIFY(text.contains(QStringLiteral("First response: 15 minutes")));
        QCOMPARE(desk.chips().size(), 5);
        QVERIFY(desk.box->hasFocus());
    }

    void anEmptyQuestionIsNotAsked()
    {
        Desk desk;
        desk.type(QStringLiteral("   "));
        QTest::qWait(30);
        QCOMPARE(desk.script->asks.load(), 0);
    }

    void aSuggestedQuestionIsAskedByAClick()
    {
        Desk desk;
        QSignalSpy answered(&desk.page, &assistant::AssistantPage::answered);
        desk.button(QStringLiteral("How fast must we respond to a SEV1 incident?"))->click();
        QVERIFY(answered.wait());
        QCOMPARE(desk.page.thread()[0].request.question,
                 std::string("How fast must we respond to a SEV1 incident?"));
        QVERIFY(desk.box->text().isEmpty()); // ready for the follow-up
    }

    void aFollowUpCarriesTheThreadAndANewThreadForgetsIt()
    {
        Desk desk;
        desk.askAndRead(QStringLiteral("first"));
        desk.askAndRead(QStringLiteral("second"));
        desk.button(QStringLiteral("New thread"))->click();
        QVERIFY(desk.states->state() == PageStates::State::Idle);
        desk.askAndRead(QStringLiteral("third"));
        const std::vector<std::string> none;
        QCOMPARE(desk.script->requests[0].earlier, none);
        QCOMPARE(desk.script->requests[1].earlier, std::vector<std::string>{"first"});
        QCOMPARE(desk.script->requests[2].earlier, none);
    }

    void aChipMarksItsSourceAndEnterOpensTheDocumentAtTheLines()
    {
        Desk desk;
        desk.askAndRead(QStringLiteral("payments"));
        QSignalSpy links(&desk.page, &assistant::AssistantPage::linkActivated);
        QToolButton* chip = desk.chips().at(3);
        chip->setFocus();
        QTRY_VERIFY(chip->isChecked());
        QCOMPARE(chip->text(), QStringLiteral("2"));
        QTest::keyClick(chip, Qt::Key_Return);
        QCOMPARE(links.size(), 1);
        const auto link = links[0][0].value<widgets::Link>();
        QVERIFY(link.page == widgets::Page::Corpus);
        QCOMPARE(link.key, QStringLiteral("PAY-014@1.2"));
        QCOMPARE(link.spans.size(), std::size_t{1});
        const auto& sentence = desk.page.thread()[0].answer.sentences[3];
        QVERIFY(link.spans[0] == sentence.spans[0].span);
    }

    void aRefusalIsShownByKindWithWhatCameNearest_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("title");
        QTest::newRow("nothing close enough") << "refuse this"
                                              << "No answer: no document says this";
        QTest::newRow("only unusable documents")
            << "unusable ones"
            << "No answer: only documents that may not be used speak of this";
    }
    void aRefusalIsShownByKindWithWhatCameNearest()
    {
        QFETCH(const QString, question);
        QFETCH(const QString, title);
        Desk desk;
        desk.askAndRead(question);
        QVERIFY2(desk.read().contains(title), qPrintable(desk.read()));
        QCOMPARE(desk.chips().size(), 0);
        const auto* sources = desk.page.findChild<assistant::SourcesPanel*>();
        bool nearest = false;
        for (const auto* label : sources->findChildren<QLabel*>())
            nearest = nearest || label->text() == QStringLiteral("Nearest passages, not an answer");
        QVERIFY(nearest);
        if (question.startsWith(QStringLiteral("unusable")))
            QVERIFY(desk.button(QStringLiteral("PAY-031@0.9 · Instant Payments Limits · Draft")) != nullptr);
    }

    void aFailureIsNeverAnAnswerAndCanBeTriedAgain()
    {
        Desk desk;
        desk.script->fail = true;
        desk.type(QStringLiteral("payments"));
        QTRY_VERIFY(desk.states->state() == PageStates::State::Failed);
        QVERIFY(desk.states->message().contains(QStringLiteral("input/output error")));
        QVERIFY(desk.page.thread().empty());
        desk.script->fail = false;
        desk.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(desk.states->state() == PageStates::State::Ready);
        QCOMPARE(desk.page.thread().size(), std::size_t{1});
    }

    void nothingIndexedOffersToIndex()
    {
        Desk desk;
        desk.script->nothingIndexed = true;
        desk.type(QStringLiteral("payments"));
        QTRY_VERIFY(desk.states->state() == PageStates::State::Empty);
        QSignalSpy index(&desk.page, &assistant::AssistantPage::indexRequested);
        desk.button(QStringLiteral("Index the documents"))->click();
        QCOMPARE(index.size(), 1);
    }

    void askingAgainWhileItRunsKeepsOnlyTheLastQuestion()
    {
        Desk desk;
        desk.script->hang = true;
        desk.type(QStringLiteral("slow one"));
        QTest::qWait(20);
        desk.script->hang = false;
        desk.askAndRead(QStringLiteral("quick one"));
        QTest::qWait(30);
        QCOMPARE(desk.page.thread().size(), std::size_t{1});
        QCOMPARE(desk.page.thread()[0].request.question, std::string("quick one"));
    }

    void stopLeavesThePageAsItWas()
    {
        Desk desk;
        desk.script->hang = true;
        desk.type(QStringLiteral("slow one"));
        QTRY_VERIFY(desk.button(QStringLiteral("Stop")) != nullptr);
        desk.button(QStringLiteral("Stop"))->click();
        QTRY_VERIFY(desk.states->state() == PageStates::State::Idle);
    }

    void copyTakesTheCitationsAlong()
    {
        Desk desk;
        desk.askAndRead(QStringLiteral("payments"));
        desk.button(QStringLiteral("Copy"))->click();
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.contains(QStringLiteral("the old certificate. [1]")));
        QVERIFY(text.contains(QStringLiteral("[2] PAY-014@1.2, Certificate Rotation for Payment Gateways")));
        QVERIFY(QApplication::clipboard()->mimeData()->hasHtml());
    }

    void aWrongAnswerIsKeptWithItsNote()
    {
        Desk desk;
        desk.askAndRead(QStringLiteral("payments"));
        desk.button(QStringLiteral("Wrong"))->click();
        auto* note = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(note != nullptr && note != desk.box);
        QTest::keyClicks(note, QStringLiteral("old version"));
        QTest::keyClick(note, Qt::Key_Return);
        QTRY_COMPARE(desk.script->judged.size(), std::size_t{1});
        QCOMPARE(desk.script->judged[0], std::string("wrong: old version"));
        desk.button(QStringLiteral("Helpful"))->click();
        QTRY_COMPARE(desk.script->judged.size(), std::size_t{2});
    }

    void everyControlCanBeReachedAndHasAName()
    {
        Desk desk;
        desk.askAndRead(QStringLiteral("payments"));
        for (const auto* widget : desk.page.findChildren<QWidget*>()) {
            const bool control = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                                 widget->focusProxy() == nullptr;
            if (!control || widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const auto* label = qobject_cast<const QLabel*>(widget);
            const bool named = !widget->accessibleName().isEmpty() ||
                               (button != nullptr && !button->text().isEmpty()) ||
                               (label != nullptr && !label->text().isEmpty());
            QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className())));
        }
    }
};

QTEST_MAIN(TestAssistantPage)
#include "tst_assistant_page.moc"
