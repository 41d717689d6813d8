#include <QtTest>

#include <algorithm>

#include "app/evals/promptfoo_csv.h"
#include "app/evals/promptfoo_import.h"
#include "app/evals/suite_file.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using evals::KindSupport;
using nlohmann::ordered_json;

class PromptfooImportTest : public QObject {
    Q_OBJECT

    static Result<evals::PromptfooImport> imported(const tests::TemporaryFolder& folder,
                                                   const std::string& config)
    {
        return evals::importPromptfoo(folder.write("promptfooconfig.yaml", config));
    }

    static evals::PromptfooImport good(const tests::TemporaryFolder& folder, const std::string& config)
    {
        auto result = imported(folder, config);
        if (!result)
            qFatal("%s", result.error().describe().c_str());
        return std::move(*result);
    }

    static int countOf(const evals::PromptfooImport& import, KindSupport support)
    {
        return static_cast<int>(
            std::ranges::count(import.assertions, support, &evals::ImportedAssertion::support));
    }

private slots:
    void aSmallConfigurationBecomesASuite()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(folder, R"(description: Cities
prompts: ["About {{city}}", "Tell of\n{{city}}"]
providers: [echo, "openai:chat:gpt-4o"]
defaultTest:
  vars: {tone: calm}
  assert: [{type: not-contains, value: secret}]
  threshold: 0.5
tests:
  - vars: {city: Bern, size: 3}
    assert: [{type: contains, value: "{{city}}"}, {type: llm-rubric, value: polite}]
  - vars: {city: Rome}
    threshold: 1
    options: {disableDefaultAsserts: true}
)");
        QCOMPARE(import.suite["models"], (ordered_json{"echo", "gpt-4o"}));
        QCOMPARE(import.suite["prompts"].size(), 2U);
        const ordered_json& cases = import.suite["cases"];
        QCOMPARE(cases.size(), 2U);
        QCOMPARE(cases[0]["vars"], (ordered_json{{"tone", "calm"}, {"city", "Bern"}, {"size", 3}}));
        QCOMPARE(cases[0]["assert"].size(), 3U);
        QCOMPARE(cases[0]["threshold"], ordered_json(0.5));
        QCOMPARE(cases[1]["threshold"], ordered_json(1));
        QCOMPARE(cases[1]["assert"][0]["type"], ordered_json("word-count")); // always holds
        QCOMPARE(countOf(import, KindSupport::Exact), 2);
        QCOMPARE(countOf(import, KindSupport::NotExecutable), 1);
        QCOMPARE(import.assertions[2].type, std::string("llm-rubric"));
        QCOMPARE(import.assertions[2].where, std::string("promptfooconfig.yaml:10:51"));
    }

    void theSuiteIsReadBackAsItWas()
    {
        const tests::TemporaryFolder folder;
        const auto import =
            good(folder,
                 "prompts: [\"a: 'b' {{x}}\\nsecond  \\n\", \"- {{x}}\"]\nproviders: echo\n"
                 "tests:\n- vars: {x: \"yes\", y: \"# no\\n  indented\\n\\n\", z: \"\", q: \"tab\\there\"}\n"
                 "  assert: [{type: equals, value: {a: [1, {b: null}], c: []}}, {type: contains, value: "
                 "\"null\"}]\n");
        evals::SuiteText text;
        const std::string yaml = evals::suiteText(import.suite);
        text.text = yaml;
        text.path = "suites/x.yaml";
        text.name = "x";
        const auto suite = evals::parseSuiteYaml(text);
        QVERIFY2(suite, suite ? "" : (suite.error().describe() + "\n" + yaml).c_str());
        QCOMPARE(suite->prompts[0].text, std::string("a: 'b' {{x}}\nsecond  \n"));
        QCOMPARE(suite->prompts[1].text, std::string("- {{x}}"));
        const auto& one = suite->cases.front();
        QCOMPARE(one.vars.at("x"), std::string("yes"));
        QCOMPARE(one.vars.at("y"), std::string("# no\n  indented\n\n"));
        QCOMPARE(one.vars.at("z"), std::string());
        QCOMPARE(one.vars.at("q"), std::string("tab\there"));
        QCOMPARE(one.assertions[0].value, ordered_json::parse(R"({"a":[1,{"b":null}],"c":[]})"));
        QCOMPARE(one.assertions[1].value, ordered_json("null"));
    }

    void listsOfVariablesMakeEveryCombination()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(
            folder, "prompts: [\"{{a}}\"]\ntests:\n- vars: {a: [x, y], b: [p, q], c: [1, 2], d: {k: v}}\n"
                    "- vars: {a: [x, y]}\n  options: {disableVarExpansion: true}\n");
        const ordered_json& cases = import.suite["cases"];
        QCOMPARE(cases.size(), 5U);
        QCOMPARE(cases[1]["id"], ordered_json("t1.2"));
        QCOMPARE(cases[1]["vars"],
                 (ordered_json{{"a", "x"}, {"b", "q"}, {"c", "[1,2]"}, {"d", R"({"k":"v"})"}}));
        QCOMPARE(cases[1]["cluster"], ordered_json("t1"));
        QCOMPARE(cases[4]["vars"]["a"], ordered_json(R"(["x","y"])"));
    }

    void filesAreFollowed()
    {
        const tests::TemporaryFolder folder;
        folder.write("prompts/a.txt", "one {{q}}\n---\ntwo {{q}}\n");
        folder.write("prompts/chat.json", R"([{"role": "user", "content": "{{q}}"}])");
        folder.write("tests/a.csv", "q,__expected\nx,contains: x\n");
        folder.write("tests/b.jsonl", "{\"vars\": {\"q\": \"y\"}}\n\n{\"vars\": {\"q\": \"z\"}}\n");
        folder.write("tests/c.yaml",
                     "- vars: {q: w}\n  assert: [{type: is-json, value: file://schema.json}]\n");
        folder.write("schema.json", R"({"type": "object"})");
        folder.write("text.txt", "  from a file\n");
        const auto import = good(
            folder,
            "prompts: [file://prompts/*.txt, prompts/chat.json]\ntests: [file://tests/*.csv, tests/b.jsonl, "
            "{path: file://tests/c.yaml}, {vars: {q: file://text.txt}}, file://make.py]\n");
        QCOMPARE(import.suite["prompts"].size(), 3U);
        QCOMPARE(import.suite["prompts"][1]["text"], ordered_json("two {{q}}"));
        const ordered_json& cases = import.suite["cases"];
        QCOMPARE(cases.size(), 5U);
        QCOMPARE(cases[0]["assert"][0], (ordered_json{{"type", "contains"}, {"value", "x"}}));
        QCOMPARE(cases[3]["assert"][0]["value"], (ordered_json{{"type", "object"}}));
        QCOMPARE(cases[4]["vars"]["q"], ordered_json("from a file"));
        QCOMPARE(import.notes.size(), 1U); // of make.py
        QCOMPARE(import.assertions[0].where, std::string("tests/a.csv:2"));
    }

    void anchorsMergesAndReferencesAreFollowed()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(folder, R"(
assertionTemplates:
  short: &short {type: word-count, value: {max: 5}}
tests:
  - assert: [*short, {<<: *short, weight: 2}, {$ref: '#/assertionTemplates/short'}, {type: is-json, value: {$ref: '#/$defs/x', $defs: {x: {type: object}}}}]
)");
        const ordered_json& assertions = import.suite["cases"][0]["assert"];
        QCOMPARE(assertions[0]["type"], ordered_json("word-count"));
        QCOMPARE(assertions[1]["weight"], ordered_json(2));
        QCOMPARE(assertions[1]["type"], ordered_json("word-count"));
        QCOMPARE(assertions[2]["value"], (ordered_json{{"max", 5}}));
        QVERIFY(assertions[3]["value"].contains("$ref"));
    }

    void scenariosAreMultiplied()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(folder, "scenarios:\n- config: [{vars: {l: de}}, {vars: {l: fr}}]\n  tests: "
                                         "[{vars: {q: a}}, {vars: {q: b, l: en}}]\n");
        const ordered_json& cases = import.suite["cases"];
        QCOMPARE(cases.size(), 4U);
        QCOMPARE(cases[2]["vars"], (ordered_json{{"l", "fr"}, {"q", "a"}}));
        QCOMPARE(cases[3]["vars"], (ordered_json{{"l", "en"}, {"q", "b"}}));
    }

    void whatCannotBeRepeatedIsBlocked_data()
    {
        QTest::addColumn<QString>("test");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a prefix") << "options: {prefix: Hi}"
                                  << "prefix";
        QTest::newRow("a provider of its own") << "provider: openai:x"
                                               << "provider";
        QTest::newRow("prompts of its own") << "prompts: [a]"
                                            << "prompts";
        QTest::newRow("a program that sums up") << "assertScoringFunction: file://s.js"
                                                << "program";
    }

    void whatCannotBeRepeatedIsBlocked()
    {
        QFETCH(QString, test);
        QFETCH(QString, reason);
        const tests::TemporaryFolder folder;
        const auto import =
            good(folder, "defaultTest: {assert: [{type: contains, value: d}]}\ntests:\n- " +
                             test.toStdString() + "\n  assert: [{type: contains, value: x}]\n- assert: []\n");
        for (const auto& assertion : import.suite["cases"][0]["assert"])
            QVERIFY(QString::fromStdString(assertion.value("not_executable", "")).contains(reason));
        QVERIFY(!import.suite["cases"][1]["assert"][0].contains("not_executable"));
        QCOMPARE(countOf(import, KindSupport::NotExecutable), 1);
    }

    void aPromptThatCannotBeRenderedBlocksAll()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(
            folder, "prompts: ['{% if x %}a{% endif %}']\ntests: [{assert: [{type: contains, value: a}]}]\n");
        QCOMPARE(countOf(import, KindSupport::NotExecutable), 1);
        QVERIFY(import.assertions[0].reason.find("as it is written") != std::string::npos);
    }

    void eachAssertionIsJudged_data()
    {
        QTest::addColumn<QString>("assertion");
        QTest::addColumn<int>("support");
        const auto exact = static_cast<int>(KindSupport::Exact);
        const auto approximate = static_cast<int>(KindSupport::Approximate);
        const auto refused = static_cast<int>(KindSupport::NotExecutable);
        QTest::newRow("a plain one") << "{type: icontains-any, value: [a, b]}" << exact;
        QTest::newRow("a template") << "{type: equals, value: '{{ x | upper }}'}" << exact;
        QTest::newRow("a template with a block")
            << "{type: equals, value: '{% if x %}y{% endif %}'}" << refused;
        QTest::newRow("a script of ES5.1") << "{type: javascript, value: 'output.length > 3'}" << approximate;
        QTest::newRow("a script of a later edition")
            << "{type: javascript, value: '(() => true)()'}" << refused;
        QTest::newRow("a script in a file") << "{type: javascript, value: file://check.js}" << refused;
        QTest::newRow("a pattern") << "{type: regex, value: 'a+'}" << approximate;
        QTest::newRow("a pattern that looks behind") << "{type: regex, value: '(?<=a)b'}" << refused;
        QTest::newRow("a transform") << "{type: equals, value: x, transform: 'output.trim()'}" << approximate;
        QTest::newRow("a trace") << "{type: trace-span-count, value: {pattern: '*', min: 1}}" << refused;
        QTest::newRow("not-, which promptfoo passes over")
            << "{type: not-is-valid-openai-tools-call}" << refused;
        QTest::newRow("an unknown kind") << "{type: contians, value: x}" << refused;
        QTest::newRow("a value outside of the folder") << "{type: equals, value: file://../x.txt}" << refused;
    }

    void eachAssertionIsJudged()
    {
        QFETCH(QString, assertion);
        QFETCH(int, support);
        const tests::TemporaryFolder folder;
        const auto import = good(folder, "tests:\n- assert:\n  - " + assertion.toStdString() + "\n");
        QCOMPARE(static_cast<int>(import.assertions.front().support), support);
        QCOMPARE(import.assertions.front().reason.empty(), support == static_cast<int>(KindSupport::Exact));
    }

    void partsOfASetAndToolsAreTaken()
    {
        const tests::TemporaryFolder folder;
        const auto import = good(folder, "providers: [{id: 'openai:m', transform: output.trim(), config: "
                                         "{tools: [{type: function}]}}]\ntests:\n"
                                         "- assert: [{type: assert-set, assert: [{type: contains, value: x}, "
                                         "{type: is-valid-openai-tools-call}]}]\n");
        QCOMPARE(import.assertions.size(), 3U);
        const ordered_json& set = import.suite["cases"][0]["assert"][0];
        QCOMPARE(set["assert"][1]["tools"], (ordered_json{{{"type", "function"}}}));
        QCOMPARE(set["assert"][0]["transform"], ordered_json("output.trim()"));
    }

    void errorsSayWhere_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<int>("code");
        QTest::newRow("no YAML") << "tests: [" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("no mapping") << "- a" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("no test") << "prompts: [a]" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("a test that is none") << "tests: [5]" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("a file outside") << "tests: file://../x.csv" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("a file that is not there")
            << "tests: file://x.csv" << static_cast<int>(ErrorCode::NotFound);
        const QString list = "[x,x,x,x,x,x,x,x,x,x]";
        QTest::newRow("too many combinations")
            << QString("tests: [{vars: {a: %1, b: %1, c: %1, d: %1, e: %1}}]").arg(list)
            << static_cast<int>(ErrorCode::TooLarge);
    }

    void errorsSayWhere()
    {
        QFETCH(QString, config);
        QFETCH(int, code);
        const tests::TemporaryFolder folder;
        const auto import = imported(folder, config.toStdString());
        QVERIFY(!import);
        QCOMPARE(static_cast<int>(import.error().code), code);
    }

    void aCellIsAnAssertion_data()
    {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QString>("json");
        QTest::newRow("all else must be equal") << "plain: text"
                                                << R"({"type":"equals","value":"plain: text"})";
        QTest::newRow("a kind") << "contains: Paris"
                                << R"({"type":"contains","value":"Paris"})";
        QTest::newRow("a kind without a value") << "not-is-json"
                                                << R"({"type":"not-is-json"})";
        QTest::newRow("a threshold") << "levenshtein(3): abc"
                                     << R"({"type":"levenshtein","value":"abc","threshold":3.0})";
        QTest::newRow("the threshold that cells have")
            << "rouge-n: abc"
            << R"({"type":"rouge-n","value":"abc","threshold":0.75})";
        QTest::newRow("a short name of a script") << "fn: output.length"
                                                  << R"({"type":"javascript","value":"output.length"})";
        QTest::newRow("a judge") << "grade: polite"
                                 << R"({"type":"llm-rubric","value":"polite"})";
        QTest::newRow("a kind with a colon") << "trajectory:tool-used: search"
                                             << R"({"type":"trajectory:tool-used","value":"search"})";
        QTest::newRow("a kind of ours is a text there") << "grounded"
                                                        << R"({"type":"equals","value":"grounded"})";
    }

    void aCellIsAnAssertion()
    {
        QFETCH(QString, cell);
        QFETCH(QString, json);
        QCOMPARE(QString::fromStdString(evals::assertionOfCell(cell.toStdString()).dump()), json);
    }

    void columnsSayWhatTheySay()
    {
        const auto tests = evals::testsOfCsv(
            "q,__expected1,__expected2,__metric,__threshold,__config:__expected2:threshold,__suffix\n"
            "a,is-json,bleu: b,m,0.5,0.9,!\n",
            "t.csv");
        QVERIFY(tests);
        const ordered_json& test = tests->front();
        QCOMPARE(test["vars"], (ordered_json{{"q", "a"}}));
        QCOMPARE(test["assert"][1],
                 (ordered_json{{"type", "bleu"}, {"value", "b"}, {"threshold", 0.9}, {"metric", "m"}}));
        QCOMPARE(test["threshold"], ordered_json(0.5));
        QCOMPARE(test["options"]["suffix"], ordered_json("!"));
        QCOMPARE(evals::testsOfCsv("a,b\n1\n", "t.csv").error().where, std::string("t.csv:2"));
    }
};

QTEST_APPLESS_MAIN(PromptfooImportTest)
#include "tst_promptfoo_import.moc"
