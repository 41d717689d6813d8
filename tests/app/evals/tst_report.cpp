// The report as a value: which failures there are, and the places that each names.
#include <QtTest>

#include "app/evals/failure_text.h"
#include "tests/app/evals/made_report.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

const Failure* failureOf(const std::vector<Failure>& failures, std::string_view caseId)
{
    const auto place = std::ranges::find(failures, caseId, &Failure::caseId);
    return place == failures.end() ? nullptr : &*place;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void judgesTheCandidateAgainstTheBaseline();
    void gatesACandidateThatIsItsOwnBaseline();
    void namesSentenceSourceAndPrompt();
    void findsPlacesInTheAnswer();
    void takesTheExpectedSource();
    void countsRepeats();
    void comparesWithAnotherRun();
    void picksTheLineOfThePrompt_data();
    void picksTheLineOfThePrompt();
    void pointsAtNoPromptWhereThereIsNone();
    void readsPlaces_data();
    void readsPlaces();
};

void ReportTest::judgesTheCandidateAgainstTheBaseline()
{
    const Report report = makeReport(madeRequest());
    QCOMPARE(report.variants.size(), std::size_t{2});
    QVERIFY(report.variants[0].baseline && !report.variants[0].comparison && !report.variants[0].gates);
    const VariantReport& candidate = report.variants[1];
    QVERIFY(candidate.comparison && candidate.gates);
    QVERIFY(candidate.comparison->verdict == MetricVerdict::Regressed);
    QCOMPARE(candidate.comparison->broken.size(), std::size_t{12}); // c12 is set aside
    QVERIFY(!report.passed());
    QCOMPARE(report.baseline, std::string("policy-answer@v3 / embedded"));
    QCOMPARE(report.notExecuted.size(), std::size_t{1});
    QCOMPARE(find(candidate.metrics, "pass_rate")->n, std::int64_t{39});
    ReportRequest alone = madeRequest();
    alone.gates.reset();
    alone.baselineVariants.clear();
    QVERIFY(makeReport(alone).passed());
}

void ReportTest::gatesACandidateThatIsItsOwnBaseline()
{
    ReportRequest request = madeRequest();
    request.baselineVariants = {0, 1};
    request.gates->gates[0].limit = .99;
    const Report report = makeReport(request);
    QVERIFY(!report.passed());
    for (const VariantReport& one : report.variants) {
        QVERIFY(!one.baseline && !one.comparison && one.gates);
    }
    QVERIFY(report.variants[0].gates->outcomes[0].state == GateState::Passed);
    QVERIFY(report.variants[1].gates->outcomes[0].state == GateState::Failed);
    QVERIFY(failureOf(failuresOf(report), "c2") != nullptr);
}

void ReportTest::namesSentenceSourceAndPrompt()
{
    const Report report = makeReport(madeRequest());
    const auto failures = failuresOf(report);
    QCOMPARE(failures.size(), std::size_t{13});
    const Failure* failure = failureOf(failures, "c0");
    QVERIFY(failure != nullptr);
    QCOMPARE(failure->sentence.text, std::string("Acknowledge within 50 minutes."));
    QCOMPARE(placeText(*failure->source), std::string("IR-001@3.1:1982-2065"));
    QCOMPARE(placeText(*failure->prompt), std::string("prompts/policy-answer/v4.md:3"));
    QVERIFY(failure->passedBefore);
    QCOMPARE(
        describe(*failure),
        std::string("case     c0 (suites/made.yaml:2)\n"
                    "question Question 0\n"
                    "check    grounded: its sources say 5 minutes (suites/made.yaml:2)\n"
                    "sentence \"Acknowledge within 50 minutes.\" (the answer:0-30)\n"
                    "source   IR-001@3.1:1982-2065: \"must acknowledge a SEV1 incident within 5 minutes\"\n"
                    "prompt   prompts/policy-answer/v4.md:3: answer: {answer_from: 0.9, unsupported: mark} "
                    "(differs from the baseline)\n"
                    "history  the baseline passed this case\n"));
    QCOMPARE(failureOf(failures, "c2")->check, std::string("broken"));
    QCOMPARE(failureOf(failures, "c2")->reason, std::string("the server closed the connection"));
    QVERIFY(failureOf(failures, "c3")->outcome == Outcome::NotExecutable);
    QCOMPARE(failureOf(failures, "c12")->setAsideBy, std::string("Prompt team"));
    QVERIFY(failureOf(failures, "c13") == nullptr);
}

void ReportTest::findsPlacesInTheAnswer()
{
    // A refusal's sentence is its reason, and its source what came nearest.
    const Report report = makeReport(madeRequest());
    const Failure* refused = nullptr;
    const auto failures = failuresOf(report);
    refused = failureOf(failures, "c1");
    QCOMPARE(refused->sentence.text, std::string("Nothing comes close."));
    QCOMPARE(placeText(*refused->source), std::string("IR-002@2.2:10-30"));
    QCOMPARE(refused->source->text, std::string("Nobody works longer."));

    ReportRequest request = madeRequest();
    CaseResult& result = request.results[40];
    result.assertions[0].places.clear();
    result.output = "Grüße. The limit is 50 minutes.";
    result.answerJson =
        R"({"sentences":[{"text":"Grüße.","citations":[1],"supported":true},
                         {"text":"The limit is 50 minutes.","citations":[2],"supported":false}],
            "sources":[{"n":1,"document":"A","version":"1","start":0,"end":5,"passage":"First"},
                       {"n":2,"document":"B","version":"2","start":7,"end":13,"passage":"Second"}]})";
    const auto again = failuresOf(makeReport(request));
    QCOMPARE(placeText(failureOf(again, "c0")->sentence), std::string("the answer:7-31")); // code points
    QCOMPARE(placeText(*failureOf(again, "c0")->source), std::string("B@2:7-13"));
    // What is no JSON says nothing, and breaks nothing.
    result.answerJson = "{";
    QCOMPARE(failuresOf(makeReport(request))[0].sentence.text, result.output);
    QVERIFY(!failuresOf(makeReport(request))[0].source);
}

void ReportTest::takesTheExpectedSource()
{
    ReportRequest request = madeRequest();
    request.suite.cases[0].expected = {false, {"IR-001"}, "3.1", 100, 104, {"5 minutes"}};
    CaseResult& result = request.results[40];
    result.assertions[0].places.clear();
    result.answerJson = R"({"sentences":[],"sources":[
        {"n":1,"document":"IR-001","version":"3.1","start":98,"end":110,"passage":"in 5 minutes"}]})";
    const auto failures = failuresOf(makeReport(request));
    QCOMPARE(placeText(*failures[0].source), std::string("IR-001@3.1:100-104"));
    QCOMPARE(failures[0].source->text, std::string(" 5 m"));
}

void ReportTest::countsRepeats()
{
    ReportRequest request = madeRequest();
    // c0 fails once in three, c20 twice in three.
    for (const int repeat : {1, 2}) {
        request.results.push_back(resultOf(0, true, 1, repeat));
        CaseResult failed = failedResult(20, 1, "equals", "differs");
        failed.repeat = repeat;
        request.results.push_back(failed);
    }
    const auto failures = failuresOf(makeReport(request));
    QVERIFY(failureOf(failures, "c0") == nullptr);
    QCOMPARE(headline(*failureOf(failures, "c20")), std::string("equals: differs (2 of 3 repeats failed)"));
}

void ReportTest::comparesWithAnotherRun()
{
    ReportRequest request = madeRequest();
    ReportRequest old = madeRequest();
    request.baselineVariants.clear();
    request.other = OtherBaseline{old.run, old.suite, old.results, 0};
    request.other->run.id = "r-old";
    request.baselinePromptText = old.promptTexts[0];
    const Report report = makeReport(request);
    QCOMPARE(report.baseline, std::string("policy-answer@v3 / embedded of r-old"));
    QVERIFY(report.variants[0].comparison->verdict != MetricVerdict::Regressed);
    QVERIFY(report.variants[1].comparison->verdict == MetricVerdict::Regressed);
    QVERIFY(failuresOf(report)[0].prompt->changed);
}

void ReportTest::picksTheLineOfThePrompt_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("baseline");
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("changed");
    const QString same;
    const QString stricter = QStringLiteral("---\ntitle: t\nanswer: {answer_from: 0.5}\n---\n# System\n\n"
                                            "- Answer only from the passages.\n- Write [2] after each.\n"
                                            "- Reply NOT_FOUND when they do not answer.\n");
    QTest::newRow("a refusal: when to refuse") << QStringLiteral("not-refuses") << same << 3 << false;
    QTest::newRow("a citation: how to cite") << QStringLiteral("citation-recall") << same << 8 << false;
    QTest::newRow("no ground: what may be said") << QStringLiteral("grounded") << same << 7 << false;
    QTest::newRow("anything: the first that matters") << QStringLiteral("levenshtein") << same << 3 << false;
    QTest::newRow("what changed goes first") << QStringLiteral("citation-recall") << stricter << 3 << true;
}

void ReportTest::picksTheLineOfThePrompt()
{
    QFETCH(QString, check);
    QFETCH(QString, baseline);
    QFETCH(int, line);
    QFETCH(bool, changed);
    const PromptLines lines("v4.md",
                            "---\ntitle: t\nanswer: {answer_from: 0.9}\n---\n# System\n\n"
                            "- Answer only from the passages.\n- Write [2] after each.\n"
                            "- Reply NOT_FOUND when they do not answer.\n",
                            baseline.toStdString());
    const auto place = lines.placeFor(check.toStdString());
    QVERIFY(place.has_value());
    QCOMPARE(place->line, line);
    QCOMPARE(place->changed, changed);
}

void ReportTest::pointsAtNoPromptWhereThereIsNone()
{
    QVERIFY(!PromptLines().placeFor("grounded"));
    QVERIFY(!PromptLines({}, {}, {}).placeFor("grounded"));
    // Another text stands there by now, or none.
    QVERIFY(!PromptLines("v4.md", {}, {}).placeFor("grounded"));
    QCOMPARE(PromptLines("v4.md", "title: t\n", {}).placeFor("grounded")->line, 1);
}

void ReportTest::readsPlaces_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("line");
    QTest::newRow("line") << QStringLiteral("a/b.yaml:12") << QStringLiteral("a/b.yaml") << 12;
    QTest::newRow("line and column") << QStringLiteral("a.yaml:12:9") << QStringLiteral("a.yaml") << 12;
    QTest::newRow("no line") << QStringLiteral("a.yaml") << QStringLiteral("a.yaml") << 1;
    QTest::newRow("no number") << QStringLiteral("a.yaml:x") << QStringLiteral("a.yaml") << 1;
    QTest::newRow("nothing") << QString() << QString() << 1;
}

void ReportTest::readsPlaces()
{
    QFETCH(QString, where);
    QFETCH(QString, path);
    QFETCH(int, line);
    const FileLine place = fileLine(where.toStdString());
    QCOMPARE(QString::fromStdString(place.path), path);
    QCOMPARE(place.line, line);
}

QTEST_APPLESS_MAIN(ReportTest)
#include "tst_report.moc"
