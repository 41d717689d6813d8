// Our assertions against what promptfoo said to the same rows (recorded by
// tests/oracle/tst_promptfoo_assertions).
#include <QtTest>

#include <cmath>
#include <map>

#include "app/base/file.h"
#include "app/evals/check.h"
#include "tests/support/paths.h"

using namespace plumbline;
using nlohmann::ordered_json;

namespace {

struct Row {
    evals::Assertion assertion;
    evals::Case testCase;
    llm::ChatReply reply;
    ordered_json given;
    ordered_json response;
};

evals::Assertion assertionOf(const ordered_json& value)
{
    auto parsed = evals::parseAssertion(value, "recorded");
    if (!parsed)
        qFatal("%s: %s", value.dump().c_str(), parsed.error().message.c_str());
    return *parsed;
}

Row rowOf(const ordered_json& given)
{
    Row row;
    row.given = given;
    ordered_json assertion = given.value("assertion", ordered_json());
    for (const char* key : {"tools", "functions"})
        if (given.contains(key))
            assertion[key] = given[key];
    if (!assertion.is_null())
        row.assertion = assertionOf(assertion);
    const ordered_json vars = given.value("vars", ordered_json::object());
    for (const auto& [name, value] : vars.items())
        row.testCase.vars[name] = value.get<std::string>();
    row.reply.finishReason = given.value("finishReason", "");
    for (const auto& logprob : given.value("logProbs", ordered_json::array()))
        row.reply.logprobs.push_back({"", logprob.get<double>()});
    row.response = given.value("response", ordered_json::object());
    return row;
}

evals::CheckInput inputOf(const Row& row, const ordered_json& trace, std::string& text)
{
    const ordered_json& output = row.given["output"];
    text = output.is_string() ? output.get<std::string>() : "";
    evals::CheckInput input{text, row.testCase};
    input.structured = output.is_string() ? nullptr : &output;
    input.reply = &row.reply;
    input.prompt = "the prompt";
    input.response = &row.response;
    input.trace = row.given.contains("traced") ? &trace : nullptr;
    input.javascript = true;
    if (row.given.contains("latencyMs"))
        input.latencyMs = row.given["latencyMs"].get<double>();
    if (row.given.contains("cost"))
        input.cost = Money{std::llround(row.given["cost"].get<double>() * 1e6)};
    return input;
}

bool same(double left, double right)
{
    return std::abs(left - right) < 1e-9;
}

// What is different, for the message; empty: nothing.
std::string differenceOf(const evals::AssertionResult& ours, const ordered_json& theirs)
{
    const std::string verdict(evals::toString(ours.outcome));
    const bool refused = theirs.contains("threw") || theirs.value("refused", false);
    if (refused)
        return ours.outcome == evals::Outcome::NotExecutable
                   ? ""
                   : "promptfoo breaks off or we refuse; ours " + verdict;
    const bool passed = theirs["pass"].get<bool>();
    if (ours.outcome == evals::Outcome::NotExecutable || (ours.outcome == evals::Outcome::Passed) != passed)
        return std::string("promptfoo ") + (passed ? "passed" : "failed") + ", ours " + verdict + ": " +
               ours.reason;
    if (!same(ours.score, theirs["score"].get<double>()))
        return "promptfoo's score " + theirs["score"].dump() + ", ours " + std::to_string(ours.score);
    return {};
}

} // namespace

class PromptfooRowsTest : public QObject {
    Q_OBJECT

    ordered_json m_recorded;
    std::map<std::string, std::vector<ordered_json>> m_byType;

private slots:
    void initTestCase()
    {
        const auto text = readFile(tests::sourceDirectory() / "tests/app/evals/recorded/promptfoo.json");
        QVERIFY2(text, text ? "" : text.error().message.c_str());
        m_recorded = ordered_json::parse(*text);
        for (const auto& row : m_recorded["rows"])
            m_byType[row["assertion"]["type"].get<std::string>()].push_back(row);
    }

    void everyKindSaysTheSame_data()
    {
        QTest::addColumn<QString>("type");
        for (const auto& [type, rows] : m_byType)
            QTest::newRow(type.c_str()) << QString::fromStdString(type);
    }

    void everyKindSaysTheSame()
    {
        QFETCH(QString, type);
        QStringList differences;
        for (const ordered_json& given : m_byType[type.toStdString()]) {
            const Row row = rowOf(given);
            std::string text;
            const auto result = evals::check(row.assertion, inputOf(row, m_recorded["trace"], text));
            const std::string difference = differenceOf(result, given);
            if (!difference.empty())
                differences << QString::fromStdString(difference + "\n    " + given.dump());
        }
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join('\n')));
    }

    void aCaseSumsUpTheSame()
    {
        QStringList differences;
        for (const ordered_json& given : m_recorded["cases"]) {
            const Row row = rowOf(given);
            std::string text;
            std::vector<evals::AssertionResult> results;
            for (const auto& assertion : given["assert"])
                results.push_back(evals::check(assertionOf(assertion), inputOf(row, {}, text)));
            const bool hasThreshold = given.contains("threshold");
            const auto sum = evals::scoreOf(
                results, hasThreshold ? std::optional(given["threshold"].get<double>()) : std::nullopt);
            bool equal =
                same(sum.score, given["score"].get<double>()) && sum.named.size() == given["named"].size();
            for (const auto& [name, score] : given["named"].items())
                equal = equal && sum.named.contains(name) && same(sum.named.at(name), score.get<double>());
            // A failure without a reason passes there and fails here.
            const bool wanted = given["pass"].get<bool>() && !given.value("refused", false);
            if (!equal || sum.passed != wanted)
                differences << QString("ours %1 %2: %3")
                                   .arg(sum.passed)
                                   .arg(sum.score)
                                   .arg(QString::fromStdString(given.dump()));
        }
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join('\n')));
    }

    void thereAreEnoughRows()
    {
        std::size_t compared = 0;
        for (const auto& row : m_recorded["rows"])
            compared += row.contains("threw") || row.contains("refused") ? 0U : 1U;
        QVERIFY(compared >= 300);
    }
};

QTEST_APPLESS_MAIN(PromptfooRowsTest)
#include "tst_promptfoo_rows.moc"
