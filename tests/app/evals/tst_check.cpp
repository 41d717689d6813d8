// What promptfoo's rows cannot say: our refusals, files, places, weights and the reading of an entry.
#include <QtTest>

#include <fstream>

#include "app/evals/assertion_kinds.h"
#include "app/evals/check.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using evals::Outcome;
using nlohmann::ordered_json;

namespace {

evals::Assertion parsed(const ordered_json& value)
{
    auto assertion = evals::parseAssertion(value, "suite.yaml:3");
    if (!assertion)
        qFatal("%s", assertion.error().message.c_str());
    return *assertion;
}

evals::AssertionResult checked(const ordered_json& assertion, const std::string& output)
{
    const evals::Case testCase;
    const evals::CheckInput input{output, testCase};
    return evals::check(parsed(assertion), input);
}

} // namespace

class CheckTest : public QObject {
    Q_OBJECT

private slots:
    void anEntryIsRead()
    {
        const auto one = parsed({{"type", "not-rouge-n"},
                                 {"value", "x"},
                                 {"threshold", 0.4},
                                 {"weight", 2},
                                 {"metric", "m"},
                                 {"transform", "output"}});
        QCOMPARE(one.type, std::string("rouge-n"));
        QVERIFY(one.negated);
        QCOMPARE(one.threshold, std::optional(0.4));
        QCOMPARE(one.weight, 2.0);
        QCOMPARE(one.metric, std::string("m"));
        QCOMPARE(one.config["transform"], ordered_json("output"));
        QCOMPARE(one.where, std::string("suite.yaml:3"));
    }

    void aBadEntryIsRefused_data()
    {
        QTest::addColumn<QString>("json");
        QTest::newRow("no mapping") << "\"contains\"";
        QTest::newRow("no type") << R"({"value": 1})";
        QTest::newRow("an unknown type") << R"({"type": "contians"})";
        QTest::newRow("a threshold that is no number") << R"({"type": "bleu", "threshold": "high"})";
        QTest::newRow("a weight that is no number") << R"({"type": "bleu", "weight": "high"})";
        QTest::newRow("a bad part of a set") << R"({"type": "assert-set", "assert": [{"type": "nope"}]})";
    }

    void aBadEntryIsRefused()
    {
        QFETCH(QString, json);
        const auto one = evals::parseAssertion(ordered_json::parse(json.toStdString()), "suite.yaml:3");
        QVERIFY(!one);
        QVERIFY((one.error().code == ErrorCode::BadInput));
        QCOMPARE(one.error().where, std::string("suite.yaml:3"));
    }

    void whatCannotBeDecidedNeverPasses_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a judge") << R"({"type": "llm-rubric", "value": "polite"})"
                                 << "language model";
        QTest::newRow("its opposite") << R"({"type": "not-llm-rubric", "value": "polite"})"
                                      << "language model";
        QTest::newRow("Python") << R"({"type": "python", "value": "True"})"
                                << "Python";
        QTest::newRow("SQL") << R"({"type": "is-sql"})"
                             << "SQL";
        QTest::newRow("red team") << R"({"type": "promptfoo:redteam:pii"})"
                                  << "language model";
        QTest::newRow("scripts that are switched off") << R"({"type": "javascript", "value": "true"})"
                                                       << "switched off";
        QTest::newRow("a transform") << R"({"type": "equals", "value": "x", "transform": "output"})"
                                     << "transform";
        QTest::newRow("a file without a folder") << R"({"type": "equals", "value": "file://x.txt"})"
                                                 << "folder";
        QTest::newRow("no value") << R"({"type": "equals"})"
                                  << "value";
        QTest::newRow("weight 0") << R"({"type": "similar", "value": "x", "weight": 0})"
                                  << "embeddings";
        QTest::newRow("a set with such a part")
            << R"({"type": "assert-set", "assert": [{"type": "python", "value": "1"}]})"
            << "set";
        QTest::newRow("a set inside a set")
            << R"({"type": "assert-set", "assert": [{"type": "assert-set", "assert": []}]})"
            << "inside";
        QTest::newRow("what an import blocked")
            << R"({"type": "contains", "value": "x", "not_executable": "its test names a provider"})"
            << "provider";
        QTest::newRow("an unknown format in a schema")
            << R"({"type": "is-json", "value": {"format": "moon-phase"}})"
            << "format";
        QTest::newRow("an answer's citations of a plain prompt") << R"({"type": "cites-approved-only"})"
                                                                 << "assistant";
    }

    void whatCannotBeDecidedNeverPasses()
    {
        QFETCH(QString, json);
        QFETCH(QString, reason);
        const auto result =
            checked(ordered_json::parse(json.toStdString()), json.contains("is-json") ? "{}" : "x");
        QVERIFY((result.outcome == Outcome::NotExecutable));
        QVERIFY2(QString::fromStdString(result.reason).contains(reason), result.reason.c_str());
        QVERIFY(!evals::scoreOf({result}, 0.0).passed);
        QVERIFY(!evals::scoreOf({result}, std::nullopt).passed);
    }

    void aValueComesFromAFile()
    {
        tests::TemporaryFolder folder;
        std::ofstream(folder.path() / "wanted.txt") << " hello \n";
        std::ofstream(folder.path() / "schema.yaml") << "type: object\nrequired: [a]\n";
        const evals::Case testCase;
        evals::CheckInput input{"hello", testCase};
        input.folder = folder.path();
        QVERIFY((evals::check(parsed({{"type", "equals"}, {"value", "file://wanted.txt"}}), input).outcome ==
                 Outcome::Passed));
        input.output = "{}";
        QVERIFY(
            (evals::check(parsed({{"type", "is-json"}, {"value", "file://schema.yaml"}}), input).outcome ==
             Outcome::Failed));
        for (const char* file :
             {"file://../secret.txt", "file:///etc/hostname", "file://nowhere.txt", "file://check.py"})
            QVERIFY((evals::check(parsed({{"type", "equals"}, {"value", file}}), input).outcome ==
                     Outcome::NotExecutable));
    }

    void aFailureSaysWhy()
    {
        const auto result = checked({{"type", "contains"}, {"value", "needle"}}, "hay\nstack");
        QVERIFY((result.outcome == Outcome::Failed));
        QCOMPARE(result.name, std::string("contains"));
        QVERIFY(result.reason.find("needle") != std::string::npos);
        QVERIFY(result.reason.find('\n') == std::string::npos);
    }

    void noCaseWithoutAssertions()
    {
        const auto sum = evals::scoreOf({}, 1.0);
        QVERIFY(sum.passed);
        QCOMPARE(sum.score, 1.0);
    }

    void callsOfToolsAreTheOutput()
    {
        const evals::Case testCase;
        llm::ChatReply reply;
        reply.toolCalls = {{"c1", "lookup", "{}"}};
        evals::CheckInput input{"", testCase};
        input.reply = &reply;
        QVERIFY((evals::check(parsed({{"type", "tool-call-f1"}, {"value", "lookup"}}), input).outcome ==
                 Outcome::Passed));
    }

    void everyKindHasAReasonWhereItNeedsOne()
    {
        for (const char* type : {"regex", "is-html", "similar", "meteor", "human", "promptfoo:redteam:x"}) {
            const auto* fact = evals::kindFact(type);
            QVERIFY(fact != nullptr && !fact->reason.empty());
        }
        QVERIFY(evals::kindFact("not-equals") == nullptr);
    }
};

QTEST_APPLESS_MAIN(CheckTest)
#include "tst_check.moc"
