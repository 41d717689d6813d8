#include <QtTest>

#include <cmath>

#include "app/evals/check.h"
#include "app/evals/citation_figures.h"
#include "app/evals/personal_data.h"
#include "app/evals/retrieval_figures.h"

using namespace plumbline;
using evals::Outcome;
using nlohmann::ordered_json;

namespace {

constexpr const char* kText = "The card is blocked within 5 minutes. Call the desk.";

assistant::Source source(int number, const std::string& document, const std::string& text)
{
    assistant::Source one;
    one.number = number;
    one.passage.document = document;
    one.passage.version = "2";
    one.passage.approval = corpus::Approval::Recorded;
    one.passage.span = {100, 100 + text.size()};
    one.passage.text = text;
    return one;
}

assistant::Answer answer()
{
    assistant::Answer one;
    one.sources = {source(1, "cards", "The card is blocked within 5 minutes."),
                   source(2, "desk", "Call the desk.")};
    one.sentences = {{"The card is blocked within 5 minutes.", {}, {1}, {}, true, false},
                     {"Call the desk.", {}, {2}, {}, true, false}};
    one.search.passages = {one.sources[1].passage, one.sources[0].passage, one.sources[0].passage};
    return one;
}

assistant::Answer refusal()
{
    assistant::Answer one;
    one.refusal = assistant::Refusal{assistant::RefusalKind::OffTopic, "no", {}, {}};
    return one;
}

// A sentence is carried when it stands in one of the sources, word for word.
Result<grounding::Verdict> standsThere(std::string_view text, const std::vector<std::string>& sources)
{
    grounding::Verdict verdict;
    std::string all;
    for (const std::string& one : sources)
        all += one + " ";
    verdict.supported = all.find(text) != std::string::npos;
    verdict.score = verdict.supported ? 1 : 0.25;
    grounding::SentenceVerdict sentence;
    sentence.span = {0, text.size()};
    sentence.supported = verdict.supported;
    sentence.score = verdict.score;
    sentence.reasons = {{"number", {0, 1}, "6 minutes is nowhere"}};
    sentence.evidence = {{0, {4, 8}}};
    verdict.sentences = {sentence};
    return verdict;
}

struct Given {
    ordered_json assertion;
    assistant::Answer answer;
    std::string text = kText;
    evals::Expectation expected = {};
};

evals::AssertionResult checked(const Given& given, bool plain = false)
{
    evals::Case testCase;
    testCase.expected = given.expected;
    evals::CheckInput input{given.text, testCase};
    input.answer = plain ? nullptr : &given.answer;
    input.ground = standsThere;
    return evals::check(*evals::parseAssertion(given.assertion, "s.yaml:1"), input);
}

} // namespace

class AnswerAssertionsTest : public QObject {
    Q_OBJECT

private slots:
    void onlyApprovedSourcesMayBeCited()
    {
        const ordered_json kind = {{"type", "cites-approved-only"}};
        QVERIFY((checked({kind, answer()}).outcome == Outcome::Passed));
        QVERIFY((checked({kind, refusal(), "no"}).outcome == Outcome::Passed));

        auto draft = answer();
        draft.sources[1].passage.approval = corpus::Approval::None;
        const auto result = checked({kind, draft});
        QVERIFY((result.outcome == Outcome::Failed));
        QCOMPARE(result.places.size(), 2U);
        QCOMPARE(result.places[0].text, std::string("Call the desk."));
        QCOMPARE(result.places[0].start, 38U);
        QCOMPARE(result.places[1].document, std::string("desk"));

        auto silent = answer();
        for (auto& sentence : silent.sentences)
            sentence.citations.clear();
        QVERIFY((checked({kind, silent}).outcome == Outcome::Failed));
        auto invented = answer();
        invented.sentences[0].citations = {7};
        QVERIFY((checked({kind, invented}).outcome == Outcome::Failed));
    }

    void groundedAsksTheDetector()
    {
        const ordered_json kind = {{"type", "grounded"}};
        auto one = answer();
        one.sources[0].passage.text = kText;
        QVERIFY((checked({kind, one}).outcome == Outcome::Passed));
        const auto failed = checked({kind, answer(), "The card is blocked within 6 minutes."});
        QVERIFY((failed.outcome == Outcome::Failed));
        QCOMPARE(failed.score, 0.25);
        QVERIFY(failed.reason.find("6 minutes is nowhere") != std::string::npos);
        QCOMPARE(failed.places.size(), 2U);
        QCOMPARE(failed.places[1].document, std::string("cards"));
        QCOMPARE(failed.places[1].start, 104U);
        QCOMPARE(failed.places[1].text, std::string("card"));
        QVERIFY((checked({{{"type", "grounded"}, {"threshold", 0.2}}, answer(), "other"}).outcome ==
                 Outcome::Passed));
        QVERIFY((checked({{{"type", "not-grounded"}}, answer(), "other"}).outcome == Outcome::Passed));
        QVERIFY((checked({kind, refusal(), "no"}).outcome == Outcome::Passed));
        // A plain prompt brings its own sources.
        QVERIFY((checked({{{"type", "grounded"}, {"value", {kText}}}, {}}, true).outcome == Outcome::Passed));
        QVERIFY((checked({kind, {}}, true).outcome == Outcome::NotExecutable));
    }

    void factsAreLookedFor()
    {
        const ordered_json kind = {{"type", "answers-fact"}};
        QVERIFY((checked({kind, answer(), kText, {{}, {}, {}, 0, 0, {"5  Minutes"}}}).outcome ==
                 Outcome::Passed));
        const auto half = checked({kind, answer(), kText, {{}, {}, {}, 0, 0, {"5 minutes", "10 days"}}});
        QVERIFY((half.outcome == Outcome::Failed));
        QCOMPARE(half.score, 0.5);
        QVERIFY((checked({{{"type", "answers-fact"}, {"value", "the desk"}}, answer()}).outcome ==
                 Outcome::Passed));
        QVERIFY((checked({{{"type", "answers-fact"}, {"value", "no"}}, refusal(), "no"}).outcome ==
                 Outcome::Failed));
        QVERIFY((checked({kind, answer()}).outcome == Outcome::NotExecutable));
    }

    void refusalsAreTold()
    {
        QVERIFY((checked({{{"type", "refuses"}}, refusal(), "no"}).outcome == Outcome::Passed));
        QVERIFY((checked({{{"type", "refuses"}, {"value", "off_topic"}}, refusal(), "no"}).outcome ==
                 Outcome::Passed));
        QVERIFY((checked({{{"type", "refuses"}, {"value", {"conflicting"}}}, refusal(), "no"}).outcome ==
                 Outcome::Failed));
        QVERIFY((checked({{{"type", "refuses"}}, answer()}).outcome == Outcome::Failed));
        QVERIFY((checked({{{"type", "not-refuses"}}, answer()}).outcome == Outcome::Passed));
        QVERIFY(
            (checked({{{"type", "refuses"}}, {}, "I'm sorry, I cannot."}, true).outcome == Outcome::Passed));
        QVERIFY((checked({{{"type", "refuses"}, {"value", "off_topic"}}, {}, "no"}, true).outcome ==
                 Outcome::NotExecutable));
    }

    void personalDataIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("kinds");
        QTest::newRow("none") << "Order 4111 1111 1111 1112, DE00 1234." << QStringList();
        QTest::newRow("a card with its check digit")
            << "Card 4111 1111 1111 1111." << QStringList{"card number"};
        QTest::newRow("an account number") << "Pay to DE89 3704 0044 0532 0130 00 now" << QStringList{"IBAN"};
        QTest::newRow("an account number in one piece") << "GB82WEST12345698765432" << QStringList{"IBAN"};
        QTest::newRow("an account number that is wrong") << "DE88 3704 0044 0532 0130 00" << QStringList();
        QTest::newRow("an address, behind letters beyond ASCII")
            << "Größe: ann.b+c@bank.example, bitte" << QStringList{"e-mail address"};
        QTest::newRow("no address") << "@home, a@b, user at bank" << QStringList();
    }

    void personalDataIsFound()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, kinds);
        QStringList found;
        for (const auto& one : evals::personalDataIn(text.toStdString())) {
            found << QString::fromStdString(one.kind);
            QCOMPARE(text.mid(static_cast<int>(one.span.start), static_cast<int>(one.span.size())),
                     QString::fromStdString(one.text));
        }
        QCOMPARE(found, kinds);
    }

    void personalDataFailsWithoutBeingRepeated()
    {
        const auto result = checked({{{"type", "no-personal-data"}}, answer(), "Mail ann@bank.example."});
        QVERIFY((result.outcome == Outcome::Failed));
        QVERIFY(result.reason.find("ann@") == std::string::npos);
        QCOMPARE(result.places.front().start, 5U);
        QVERIFY((checked({{{"type", "no-personal-data"}, {"value", {"ann@bank.example"}}},
                          answer(),
                          "Mail ann@bank.example."})
                     .outcome == Outcome::Passed));
    }

    void citationsAreWeighed()
    {
        auto one = answer();
        one.sentences[1].citations = {2, 1}; // the second is not needed
        one.sentences.push_back({"Nothing carries this.", {}, {1}, {}, true, false});
        const auto figures = evals::citationFigures(one, standsThere);
        QVERIFY(figures);
        QCOMPARE(figures->recall, 2.0 / 3);
        QCOMPARE(figures->precision, 2.0 / 4);
        QCOMPARE(figures->uncarried.size(), 1U);
        QVERIFY((checked({{{"type", "citation-precision"}, {"threshold", 0.5}}, one}).outcome ==
                 Outcome::Passed));
        QVERIFY((checked({{{"type", "citation-recall"}}, one}).outcome == Outcome::Failed));
        QCOMPARE(evals::citationFigures(refusal(), standsThere)->precision, 1.0);
        const auto failing = [](std::string_view,
                                const std::vector<std::string>&) -> Result<grounding::Verdict> {
            return failure(ErrorCode::Cancelled, "stopped");
        };
        QVERIFY((evals::citationFigures(one, failing).error().code == ErrorCode::Cancelled));
    }

    void retrievalIsMeasured()
    {
        const evals::Expectation cards{{}, {"cards"}, "2", 0, 0, {}};
        const evals::Expectation older{{}, {"cards"}, "1", 0, 0, {}};
        QVERIFY((checked({{{"type", "retrieved"}}, answer(), kText, cards}).outcome == Outcome::Passed));
        QVERIFY((checked({{{"type", "retrieved"}}, answer(), kText, older}).outcome == Outcome::Failed));
        QCOMPARE(
            checked(
                {{{"type", "retrieved"}, {"value", {{"metric", "hit"}, {"k", 1}}}}, answer(), kText, cards})
                .score,
            0.0);
        QCOMPARE(checked({{{"type", "retrieved"}, {"value", "mrr"}}, answer(), kText, cards}).score, 0.5);
        const double ndcg =
            checked({{{"type", "retrieved"}, {"value", "ndcg"}}, answer(), kText, cards}).score;
        QVERIFY(std::abs(ndcg - 1 / std::log2(3.0)) < 1e-12);
        QVERIFY((checked({{{"type", "retrieved"}}, answer()}).outcome == Outcome::NotExecutable));
        QVERIFY((checked({{{"type", "retrieved"}, {"value", "map"}}, answer(), kText, cards}).outcome ==
                 Outcome::NotExecutable));
        // Two passages of one document count once.
        QCOMPARE(evals::relevanceOf(answer().search.passages, cards), (std::vector<bool>{false, true}));
        QCOMPARE(evals::ndcgAt({true, false, true}, 3, 2), (1 + 0.5) / (1 + 1 / std::log2(3.0)));
        QCOMPARE(evals::ndcgAt({}, 3, 0), 0.0);
    }

    void aSchemaIsKept()
    {
        const ordered_json schema = {{"type", "object"}, {"required", {"a"}}};
        QVERIFY((checked({{{"type", "schema"}, {"value", schema}}, {}, R"({"a":1})"}, true).outcome ==
                 Outcome::Passed));
        QVERIFY(
            (checked({{{"type", "schema"}, {"value", schema}}, {}, "{}"}, true).outcome == Outcome::Failed));
        QVERIFY((checked({{{"type", "schema"}}, {}, "{}"}, true).outcome == Outcome::NotExecutable));
    }
};

QTEST_APPLESS_MAIN(AnswerAssertionsTest)
#include "tst_answer_assertions.moc"
