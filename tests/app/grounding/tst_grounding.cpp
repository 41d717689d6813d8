#include <QtTest>

#include "app/base/text.h"
#include "app/grounding/grounding.h"
#include "app/grounding/quality.h"

using namespace plumbline;
using namespace plumbline::grounding;

namespace {

const std::string kSource = "# Naïve rules\n\nThe SOC Shift Lead opens a SEV2 incident within 30 minutes. A "
                            "manual payment of £100,000 or more "
                            "needs two approvers. The maker of a payment must not approve it. Internal "
                            "certificates are valid for at most 90 "
                            "days, and wildcard certificates are forbidden in production. Staff may use the "
                            "reserve key. The rule has applied "
                            "since 31 March 2026 under PAY-006.";

bool has(const Verdict& verdict, const char* kind)
{
    for (const SentenceVerdict& sentence : verdict.sentences) {
        for (const Reason& reason : sentence.reasons) {
            if (reason.kind == kind) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class TestGrounding : public QObject {
    Q_OBJECT

private slots:
    void passesWhatIsSaidInOtherWords_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("word for word") << QByteArray("The maker of a payment must not approve it.");
        QTest::newRow("active for passive")
            << QByteArray("A SEV2 incident is opened by the SOC Shift Lead within half an hour, 30 min.");
        QTest::newRow("number and money in another notation")
            << QByteArray("Manual payments of £100k or more need 2 approvers.");
        QTest::newRow("merged and shortened")
            << QByteArray("Wildcard certificates are prohibited in production, and internal ones are valid "
                          "for 90 days at most.");
        QTest::newRow("marks of citations and of a list") << QByteArray(
            "1. The maker of a payment must not approve it [7].\n2. Staff may use the reserve key [8, 12].");
        QTest::newRow("the document is named first")
            << QByteArray("According to PAY-006, a manual payment of £100,000 or more needs two approvers.");
        QTest::newRow("date in another notation")
            << QByteArray("The rule has applied since 2026-03-31 under PAY-006.");
    }

    void passesWhatIsSaidInOtherWords()
    {
        QFETCH(QByteArray, answer);
        const auto verdict = ground(answer.toStdString(), {kSource});
        QVERIFY(verdict);
        QVERIFY2(verdict->supported, qPrintable(QString::number(verdict->score)));
        QVERIFY(!verdict->sentences.front().evidence.empty());
    }

    void aSentenceOfTheSourcesIsCarriedWhateverStandsBesideIt()
    {
        const std::string source =
            "The engineer must acknowledge a SEV1 page within 5 minutes. If nobody "
            "acknowledges a SEV1 page within 5 minutes, the secondary is paged. | role "
            "| limit |";
        for (const char* answer :
             {"The engineer must acknowledge a SEV1 page within 5 minutes.",
              "If nobody acknowledges a SEV1 page  within 5 minutes, the secondary is paged"}) {
            const auto verdict = ground(answer, {source});
            QVERIFY(verdict);
            QVERIFY(verdict->supported);
            QCOMPARE(verdict->score, 1.0);
            QVERIFY(verdict->sentences.front().reasons.empty());
        }
        // The same in other words: the sentence beside it denies, the one that it follows does not.
        const auto reworded =
            ground("The engineer must acknowledge the page of a SEV1 within five minutes.", {source});
        QVERIFY(reworded && !has(*reworded, "negation"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("another number")
            << QByteArray("The SOC Shift Lead opens a SEV2 incident within 45 minutes.")
            << QByteArray("number");
        QTest::newRow("another unit")
            << QByteArray("Internal certificates are valid for at most 90 hours.") << QByteArray("unit");
        QTest::newRow("another date")
            << QByteArray("The rule has applied since 30 March 2026 under PAY-006.") << QByteArray("date");
        QTest::newRow("another identifier")
            << QByteArray("The rule has applied since 31 March 2026 under PAY-009.")
            << QByteArray("identifier");
        QTest::newRow("another name")
            << QByteArray("The Branch Director opens a SEV2 incident within 30 minutes.")
            << QByteArray("name");
        QTest::newRow("a dropped negation")
            << QByteArray("The maker of a payment must approve it.") << QByteArray("negation");
        QTest::newRow("an added negation")
            << QByteArray("The SOC Shift Lead does not open a SEV2 incident within 30 minutes.")
            << QByteArray("negation");
        QTest::newRow("may for must")
            << QByteArray("Staff must use the reserve key.") << QByteArray("modality");
        QTest::newRow("a sentence about something else")
            << QByteArray("Weekend shifts are paid at double the usual rate.") << QByteArray("added");
        QTest::newRow("an added sentence") << QByteArray("The maker of a payment must not approve it. "
                                                         "Weekend shifts are paid at double the usual rate.")
                                           << QByteArray("added");
    }

    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, kind);
        const auto verdict = ground(answer.toStdString(), {kSource});
        QVERIFY(verdict);
        QVERIFY(!verdict->supported);
        QVERIFY(verdict->score < 0.5);
        QVERIFY2(has(*verdict, kind.constData()), kind.constData());
    }

    void pointsAtCodePoints()
    {
        const std::string answer = "Über all: the maker of a payment must not approve it. It costs £17.";
        const auto verdict = ground(answer, {"nothing here", kSource});
        QVERIFY(verdict);
        QCOMPARE(verdict->sentences.size(), std::size_t{2});
        QCOMPARE(std::string(CodePoints(answer).slice(verdict->sentences[1].span)),
                 std::string("It costs £17."));
        const SourcePlace place = verdict->sentences[0].evidence.front();
        QCOMPARE(place.source, std::size_t{1});
        QCOMPARE(std::string(CodePoints(kSource).slice(place.span)),
                 std::string("The maker of a payment must not approve it."));
        const Reason& reason = verdict->sentences[1].reasons.front();
        QCOMPARE(std::string(CodePoints(answer).slice(reason.span)), std::string("£17"));
    }

    void marksOnlyTheSentenceAtFault()
    {
        const auto verdict =
            ground("The maker of a payment must not approve it. Internal certificates are valid for "
                   "at most 120 days.",
                   {kSource});
        QVERIFY(verdict);
        QVERIFY(verdict->sentences[0].supported);
        QVERIFY(!verdict->sentences[1].supported);
    }

    void isTheSameEveryTime()
    {
        const std::string answer = "Manual payments of £200,000 need three approvers. Staff must use it.";
        const auto one = ground(answer, {kSource});
        const auto other = ground(answer, {kSource});
        QCOMPARE(one->score, other->score);
        QCOMPARE(one->sentences.front().reasons.size(), other->sentences.front().reasons.size());
    }

    void takesAnyBytes()
    {
        for (const std::string& answer :
             {std::string(), std::string("\xFF\xFE\xC3"), std::string("...!?\n\n|"), std::string(5000, 'a'),
              std::string("5")}) {
            QVERIFY(ground(answer, {kSource}));
            QVERIFY(ground("The maker must not approve it.", {answer}));
        }
        QVERIFY(ground("", {""})->supported);
    }

    void refusesNoSource()
    {
        const auto verdict = ground("Yes.", {});
        QVERIFY(!verdict);
        QVERIFY(verdict.error().code == ErrorCode::BadInput);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto verdict = ground("The maker must not approve it.", {kSource}, stop.get_token());
        QVERIFY(!verdict);
        QVERIFY(verdict.error().code == ErrorCode::Cancelled);
    }

    void saysHowGoodItIs()
    {
        for (const AnswerKind kind : {AnswerKind::Summaries, AnswerKind::Policies}) {
            const DetectorQuality measured = detectorQuality(kind);
            QVERIFY(measured.sensitivity.low < measured.sensitivity.value);
            QVERIFY(measured.sensitivity.value < measured.sensitivity.high);
            QVERIFY(measured.specificity.n > 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestGrounding)
#include "tst_grounding.moc"
