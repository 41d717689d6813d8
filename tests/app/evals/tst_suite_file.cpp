#include <QTest>

#include "app/evals/suite_file.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using evals::Suite;

namespace {

Result<Suite> yaml(std::string_view text, std::filesystem::path folder = {})
{
    return evals::parseSuiteYaml({text, "suites/a.yaml", "a", std::move(folder)});
}

Result<Suite> lines(std::string_view text)
{
    return evals::parseSuiteLines({text, "suites/a.jsonl", "a", {}});
}

std::string typesOf(const evals::Case& one)
{
    std::string all;
    for (const evals::Assertion& assertion : one.assertions) {
        all += (all.empty() ? "" : " ") + std::string(assertion.negated ? "not-" : "") + assertion.type;
    }
    return all;
}

constexpr const char* kWhole = R"(name: cards
description: what people ask of cards
tier: high
prompts:
  - {label: short, text: "Answer {{question}}"}
models: [echo]
defaults:
  vars: {tone: plain}
  tags: [smoke]
  assert: [{type: not-contains, value: nonsense}]
cases:
  - id: C-1
    question: How long does a dispute take?
    vars: {tone: 3, extra: true}
    as_of: 2026-01-31
    expected: {documents: [CRD-001, CRD-002], version: "2.0", span: [10, 20], facts: [8 weeks], refuses: false}
    assert: [{type: contains, value: weeks, weight: 2, metric: facts}]
    threshold: 0.5
    tags: [dispute]
    cluster: CRD
    tier: low
  - question: Second
)";

} // namespace

class TestSuiteFile : public QObject {
    Q_OBJECT

private slots:
    void yamlGivesEveryField()
    {
        const auto suite = yaml(kWhole);
        QVERIFY2(suite.has_value(), suite ? "" : suite.error().describe().c_str());
        QCOMPARE(suite->name, std::string("cards"));
        QCOMPARE(suite->riskTier, std::string("high"));
        QCOMPARE(suite->models, std::vector<std::string>{"echo"});
        QCOMPARE(suite->prompts.front().label, std::string("short"));
        QCOMPARE(suite->cases.size(), std::size_t{2});
        const evals::Case& one = suite->cases.front();
        QCOMPARE(one.id, std::string("C-1"));
        QCOMPARE(one.vars.at("tone"), std::string("3"));
        QCOMPARE(one.vars.at("extra"), std::string("true"));
        QCOMPARE(one.vars.at("question"), one.question);
        QCOMPARE(toString(*one.asOf), std::string("2026-01-31"));
        QCOMPARE(one.expected.documents, (std::vector<std::string>{"CRD-001", "CRD-002"}));
        QCOMPARE(one.expected.version, std::string("2.0"));
        QCOMPARE(one.expected.start, std::size_t{10});
        QCOMPARE(one.expected.end, std::size_t{20});
        QVERIFY(one.expected.refuses == std::optional(false));
        QCOMPARE(typesOf(one), std::string("not-contains contains"));
        QCOMPARE(one.assertions.back().weight, 2.0);
        QVERIFY(one.threshold == std::optional(0.5));
        QCOMPARE(one.tags, (std::vector<std::string>{"smoke", "dispute"}));
        QCOMPARE(one.cluster, std::string("CRD"));
        QCOMPARE(one.riskTier, std::string("low"));
        QCOMPARE(one.where.substr(0, 16), std::string("suites/a.yaml:12"));
        QCOMPARE(suite->cases.back().id, std::string("#2"));
        QCOMPARE(suite->cases.back().vars.at("tone"), std::string("plain"));
        QCOMPARE(suite->cases.back().cluster, std::string("#2"));
    }

    void aJudgedQuestionGetsTheChecksItsKindAsksFor_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("types");
        QTest::newRow("answerable: the facts, the document, approved and grounded")
            << R"({"id":"A","kind":"answerable","question":"q","document":"D","facts":["x"]})"
            << "answers-fact retrieved cites-approved-only grounded";
        QTest::newRow("near miss: a refusal") << R"({"id":"A","kind":"near_miss","question":"q"})"
                                              << "refuses cites-approved-only grounded";
        QTest::newRow("off topic: a refusal") << R"({"id":"A","kind":"off_topic","question":"q"})"
                                              << "refuses cites-approved-only grounded";
        QTest::newRow("conflict: a refusal")
            << R"({"id":"A","kind":"conflict","question":"q","documents":["D","E"],"facts":["x","y"]})"
            << "refuses retrieved cites-approved-only grounded";
        QTest::newRow("answerable without facts: at least no refusal")
            << R"({"id":"A","kind":"answerable","question":"q"})"
            << "not-refuses cites-approved-only grounded";
        QTest::newRow("its own checks go before")
            << R"({"id":"A","kind":"off_topic","question":"q","assert":[{"type":"equals","value":"x"}]})"
            << "equals";
    }

    void aJudgedQuestionGetsTheChecksItsKindAsksFor()
    {
        QFETCH(QString, row);
        QFETCH(QString, types);
        const auto suite = lines(row.toStdString() + "\n");
        QVERIFY2(suite.has_value(), suite ? "" : suite.error().describe().c_str());
        QCOMPARE(typesOf(suite->cases.front()), types.toStdString());
    }

    void theGoldenSuiteLoads()
    {
        const auto suite = evals::loadSuite("suites/golden.jsonl", tests::sourceDirectory() / "corpus");
        QVERIFY2(suite.has_value(), suite ? "" : suite.error().describe().c_str());
        QCOMPARE(suite->path, std::string("suites/golden.jsonl"));
        QVERIFY(suite->cases.size() > 700);
        const evals::Case& first = suite->cases.front();
        QCOMPARE(first.cluster, first.expected.documents.front());
        QVERIFY(std::ranges::find(first.tags, "half:tune") != first.tags.end());
        const auto half = evals::withTags(*suite, {"half:tune", "answerable"});
        QVERIFY(half.has_value());
        QVERIFY(half->cases.size() > 50 && half->cases.size() < suite->cases.size());
        QVERIFY(half->digest != suite->digest);
    }

    void errorsNameFileAndLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* text, const char* place, const char* words) {
            QTest::newRow(name) << text << place << words;
        };
        row("no cases", "name: x\n", "suites/a.yaml:1", "cases");
        row("an unknown key", "cases:\n  - {id: a, qestion: b}\n", "suites/a.yaml:2", "qestion");
        row("an id twice", "cases:\n  - {id: a, question: q}\n  - {id: a, question: r}\n", "suites/a.yaml:3",
            "another case with the id 'a'");
        row("a date that is none", "cases:\n  - {id: a, question: q, as_of: 2026-02-30}\n", "suites/a.yaml:2",
            "2026-02-30");
        row("an assertion without a type", "cases:\n  - {id: a, question: q, assert: [{value: x}]}\n",
            "suites/a.yaml:2", "type");
        row("two prompts of one label",
            "prompts: [{label: a, text: b}, {label: a, text: c}]\ncases: [{id: a}]\n", "suites/a.yaml:1",
            "another prompt labelled 'a'");
        row("a prompt file outside the suite's folder", "prompts: [{file: ../x}]\ncases: [{id: a}]\n",
            "suites/a.yaml:1", "in the suite's folder");
        row("bad syntax", "cases: [\n", "suites/a.yaml:", "");
    }

    void errorsNameFileAndLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        QFETCH(QString, words);
        const tests::TemporaryFolder folder;
        const auto suite = yaml(text.toStdString(), folder.path());
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::BadInput);
        QVERIFY2(QString::fromStdString(suite.error().where).startsWith(place), suite.error().where.c_str());
        QVERIFY2(QString::fromStdString(suite.error().describe()).contains(words),
                 suite.error().describe().c_str());
    }

    void linesThatAreNoCaseAreNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("no JSON") << "{\"id\":\"a\"}\nnonsense\n"
                                 << "suites/a.jsonl:2";
        QTest::newRow("no id") << "{\"question\":\"a\"}\n"
                               << "suites/a.jsonl:1";
        QTest::newRow("an unknown kind") << "\n{\"id\":\"a\",\"kind\":\"odd\"}\n"
                                         << "suites/a.jsonl:2";
        QTest::newRow("nothing at all") << "\n\n"
                                        << "suites/a.jsonl";
    }

    void linesThatAreNoCaseAreNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        const auto suite = lines(text.toStdString());
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::BadInput);
        QCOMPARE(suite.error().where, place.toStdString());
    }

    void theDigestIsOverWhatDecides()
    {
        const std::string text = kWhole;
        const auto with = [&](const std::string& from, const std::string& to) {
            std::string other = text;
            other.replace(other.find(from), from.size(), to);
            const auto suite = yaml(other);
            return suite ? suite->digest : std::string("error");
        };
        const std::string digest = yaml(text)->digest;
        QCOMPARE(digest.size(), std::size_t{64});
        QCOMPARE(with("name: cards", "name: other"), digest);
        QCOMPARE(with("description: what", "# moved down\ndescription: which"), digest);
        QVERIFY(with("8 weeks", "9 weeks") != digest);
        QVERIFY(with("weight: 2", "weight: 3") != digest);
        QVERIFY(with("Answer {{question}}", "Say {{question}}") != digest);
        QVERIFY(with("cluster: CRD", "cluster: XYZ") != digest);
    }

    void aMissingTagNamesThoseThereAre()
    {
        const auto none = evals::withTags(*yaml(kWhole), {"nowhere"});
        QVERIFY(!none.has_value());
        QVERIFY(none.error().code == ErrorCode::BadInput);
        QVERIFY2(none.error().message.find("dispute, smoke") != std::string::npos,
                 none.error().message.c_str());
    }

    void aFileThatIsNotThereIsNotFound()
    {
        const tests::TemporaryFolder folder;
        const auto suite = evals::loadSuite("suites/none.yaml", folder.path());
        QVERIFY(!suite.has_value());
        QVERIFY(suite.error().code == ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestSuiteFile)
#include "tst_suite_file.moc"
