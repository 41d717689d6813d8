// Prompt files: what is read, and what is refused with its place.
#include <QtTest>

#include "app/prompts/prompt_file.h"

using namespace plumbline;
using namespace plumbline::prompts;

namespace {

constexpr const char* kWhole = R"(---
title: Policy answer
purpose: Answers staff.
task: answer
author: Prompt author, Payments
change_note: First.
guard_policy: strict
model: {temperature: 0.2, top_p: 0.9, max_output_tokens: 300, seed: 7, stop: ["END"], logprobs: true}
answer: {layout: json, max_sentences: 4, answer_from: 0.25, unsupported: mark}
variables:
  question: {kind: question, description: What was asked}
  passages: {kind: passages}
  language: {kind: choice, choices: [English, German], default: German}
output: {type: object, required: [answer], properties: {answer: {type: string}}}
---

# System

You answer in {{language}}.
\# Not a section, and \{{not a placeholder\}}

# User
{{passages}}

Question: {{question}}

# Example user

What is a widget?

# Example assistant
{"answer": "A thing \{{braces}}."}
)";

std::string file(const std::string& front, const std::string& body)
{
    return "---\ntitle: T\ntask: answer\n" + front + "---\n" + body;
}

const std::string kQuestion = "variables:\n  question: {kind: question}\n";
const std::string kUser = "# User\n{{question}}\n";

} // namespace

class PromptFileTest : public QObject {
    Q_OBJECT

private slots:
    void readsAWholeFile()
    {
        const auto prompt = parsePrompt(kWhole, "prompts/policy-answer/v12.md");
        QVERIFY2(prompt.has_value(), prompt ? "" : prompt.error().describe().c_str());
        QCOMPARE(prompt->id(), std::string("policy-answer@v12"));
        QCOMPARE(prompt->title, std::string("Policy answer"));
        QCOMPARE(prompt->purpose, std::string("Answers staff."));
        QCOMPARE(prompt->task, std::string("answer"));
        QCOMPARE(prompt->authorRole, std::string("Prompt author, Payments"));
        QCOMPARE(prompt->changeNote, std::string("First."));
        QCOMPARE(prompt->guardPolicy, std::string("strict"));
        QCOMPARE(prompt->parameters.temperature.value_or(9), 0.2);
        QCOMPARE(prompt->parameters.topP.value_or(9), 0.9);
        QCOMPARE(prompt->parameters.maxOutputTokens.value_or(0), 300);
        QCOMPARE(prompt->parameters.seed.value_or(0), std::int64_t{7});
        QCOMPARE(prompt->parameters.stop, std::vector<std::string>{"END"});
        QVERIFY(prompt->parameters.logprobs);
        QVERIFY((prompt->form == AnswerForm{Layout::Json, 4, 0.25, Unsupported::Mark}));
        QCOMPARE(prompt->variables.size(), std::size_t{3});
        QCOMPARE(prompt->variables[0].description, std::string("What was asked"));
        QVERIFY(prompt->variables[0].required);
        QCOMPARE(prompt->variables[2].fallback, std::string("German"));
        QVERIFY(!prompt->variables[2].required);
        QCOMPARE(prompt->outputSchema,
                 std::string(
                     R"({"type":"object","required":["answer"],"properties":{"answer":{"type":"string"}}})"));
        QCOMPARE(prompt->system, std::string("You answer in {{language}}.\n\\# Not a section, and \\{{not a "
                                             "placeholder\\}}"));
        QCOMPARE(prompt->user, std::string("{{passages}}\n\nQuestion: {{question}}"));
        QCOMPARE(prompt->examples.size(), std::size_t{1});
        QCOMPARE(prompt->examples[0].user, std::string("What is a widget?"));
        QCOMPARE(prompt->examples[0].assistant, std::string(R"({"answer": "A thing {{braces}}."})"));
        QCOMPARE(prompt->text, std::string(kWhole));
        QCOMPARE(prompt->digest.size(), std::size_t{64});
    }

    void digestsOnlyWhatIsRenderedFrom_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<bool>("same");
        const auto row = [](const char* name, const char* from, const char* to, bool same) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << same;
        };
        row("the title", "Policy answer", "Another", true);
        row("the purpose", "Answers staff.", "Answers all.", true);
        row("the change note", "First.", "Second.", true);
        row("the author", "Prompt author, Payments", "Someone", true);
        row("a description", "What was asked", "The question", true);
        row("blank lines between sections", "# User\n", "# User\n\n\n", true);
        row("line ends", "\n", "\r\n", true);
        row("a word of the system section", "You answer", "You reply", false);
        row("a word of an example", "a widget", "a gadget", false);
        row("the temperature", "temperature: 0.2", "temperature: 0.3", false);
        row("a stop sequence", "END", "STOP", false);
        row("the seed", ", seed: 7", "", false);
        row("the answer form", "max_sentences: 4", "max_sentences: 5", false);
        row("the guard policy", "strict", "lax", false);
        row("a default", "default: German", "default: English", false);
        row("the schema", "required: [answer], ", "", false);
    }

    void digestsOnlyWhatIsRenderedFrom()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(bool, same);
        QByteArray changed(kWhole);
        QVERIFY(changed.contains(from));
        changed.replace(from, to);
        const auto one = parsePrompt(kWhole, "a/v1.md");
        const auto other = parsePrompt(changed.toStdString(), "b/v2.md");
        QVERIFY2(other.has_value(), other ? "" : other.error().describe().c_str());
        QCOMPARE(one->digest == other->digest, same);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char* name, const std::string& text, const char* error) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(error);
        };
        row("an empty file", "", "p/v1.md:1:1: expected the front matter");
        row("no front matter", "# User\nx\n", "p/v1.md:1:1: expected the front matter");
        row("front matter left open", "---\ntitle: T\n", "p/v1.md:1:1: the front matter is not closed");
        row("bad YAML, at its line", "---\ntitle: T\n x: [\n---\n", "p/v1.md:");
        row("an unknown key", file("temprature: 1\n" + kQuestion, kUser), "p/v1.md:4:1: 'temprature'");
        row("no title", "---\ntask: answer\n" + kQuestion + "---\n" + kUser, "p/v1.md:");
        row("a temperature out of range", file("model: {temperature: 3}\n" + kQuestion, kUser),
            "p/v1.md:4:9: 'model/temperature'");
        row("a key twice", file("task: answer\n" + kQuestion, kUser), "p/v1.md:4:1: the key 'task'");
        row("a kind that is none", file("variables:\n  q: {kind: words}\n", "# User\n{{q}}"),
            "p/v1.md:5:7: 'variables/q/kind'");
        row("a variable's name in capitals", file("variables:\n  Q: {kind: text}\n", "# User\n{{Q}}"),
            "p/v1.md:5:3: 'variables/Q'");
        row("a choice without choices", file("variables:\n  c: {kind: choice}\n", "# User\n{{c}}"),
            "p/v1.md:5:3: 'variables/c': a choice needs");
        row("choices of a text", file("variables:\n  c: {kind: text, choices: [a]}\n", "# User\n{{c}}"),
            "p/v1.md:5:3: 'variables/c': only a variable of kind 'choice'");
        row("a default that is no choice",
            file("variables:\n  c: {kind: choice, choices: [a], default: b}\n", "# User\n{{c}}"),
            "p/v1.md:5:35: 'variables/c/default': the default: expected one of: a, is 'b'");
        row("a default that is no integer",
            file("variables:\n  n: {kind: integer, default: 1.5}\n", "# User\n{{n}}"),
            "p/v1.md:5:22: 'variables/n/default': the default: expected an integer");
        row("a default that is no date",
            file("variables:\n  d: {kind: date, default: 2026-02-30}\n", "# User\n{{d}}"),
            "p/v1.md:5:19: 'variables/d/default': the default: expected a date");
        row("required and with a default",
            file("variables:\n  n: {kind: integer, default: 1, required: true}\n", "# User\n{{n}}"),
            "p/v1.md:5:3: 'variables/n': a variable with a default is not required");
        row("neither required nor with a default",
            file("variables:\n  n: {kind: integer, required: false}\n", "# User\n{{n}}"),
            "p/v1.md:5:3: 'variables/n': is not required and has no default");
        row("a default for passages",
            file("variables:\n  p: {kind: passages, default: x}\n", "# User\n{{p}}"),
            "p/v1.md:5:3: 'variables/p': passages have no default");
        row("two questions",
            file("variables:\n  a: {kind: question}\n  b: {kind: question}\n", "# User\n{{a}}{{b}}"),
            "p/v1.md:6:3: 'variables/b': there is a variable of kind 'question'");
        row("a text called passages", file("variables:\n  passages: {kind: text}\n", "# User\n{{passages}}"),
            "p/v1.md:5:3: 'variables/passages': this name is kept");
        row("an output schema without JSON", file("output: {type: object}\n" + kQuestion, kUser),
            "p/v1.md:4:1: 'output' needs 'answer: {layout: json}'");
        row("an output schema that is none",
            file("answer: {layout: json}\noutput: {type: thing}\n" + kQuestion, kUser),
            "p/v1.md:5:1: 'output' is no JSON Schema");
        row("an invisible character in the text", file(kQuestion, "# User\nask\u200B {{question}}\n"),
            "p/v1.md:8:4: the invisible character U+200B");
        row("a direction mark written as an escape", file("author: \"a\\u202Eb\"\n" + kQuestion, kUser),
            "p/v1.md:4:1: the invisible character U+202E");
        row("bytes that are not UTF-8", file(kQuestion, "# User\n\xFF {{question}}\n"),
            "p/v1.md:8:1: is not UTF-8");
        row("text before the first section", file(kQuestion, "\nHello\n" + kUser),
            "p/v1.md:8:1: expected '# System', '# User'");
        row("a heading that is none", file(kQuestion, "# user\n{{question}}\n"),
            "p/v1.md:7:1: expected '# System'");
        row("a heading inside a section", file(kQuestion, kUser + "# Rules\n"),
            "p/v1.md:9:1: expected '# System'");
        row("no user section", file("variables: {}\n", "# System\nBe kind.\n"),
            "p/v1.md: there is no section '# User'");
        row("an empty section", file(kQuestion, "# System\n\n" + kUser), "p/v1.md:8:1: '# System' is empty");
        row("two user sections", file(kQuestion, kUser + "# User\nmore\n"),
            "p/v1.md:10:1: expected '# User' once");
        row("the system section last", file(kQuestion, kUser + "# System\nmore\n"),
            "p/v1.md:10:1: expected '# System' once and as the first");
        row("an example without its answer", file(kQuestion, kUser + "# Example user\nx\n"),
            "p/v1.md:10:1: expected '# Example assistant' after");
        row("an answer without its question", file(kQuestion, kUser + "# Example assistant\nx\n"),
            "p/v1.md:10:1: expected '# Example user' before");
        row("two questions of one example",
            file(kQuestion, kUser + "# Example user\nx\n# Example user\ny\n# Example assistant\nz\n"),
            "p/v1.md:12:1: expected '# Example user' after");
        row("a placeholder in an example",
            file(kQuestion, kUser + "# Example user\nx {{question}}\n# Example assistant\nz\n"),
            "p/v1.md:10:3: an example is written out");
        row("a name that is not declared", file(kQuestion, kUser + "as of {{date}}\n"),
            "p/v1.md:9:7: there is no variable 'date'; declare it under 'variables' (there are: question)");
        row("a variable that is not used", file(kQuestion + "  date: {kind: date}\n", kUser),
            "p/v1.md:6:3: the variable 'date' is not used");
        row("blanks inside the braces", file(kQuestion, "# User\nÄ {{ question }}\n"),
            "p/v1.md:8:3: expected a placeholder such as {{question}}");
        row("three braces", file(kQuestion, "# User\n{{{question}}}\n"),
            "p/v1.md:8:1: expected a placeholder");
        row("braces left open", file(kQuestion, "# User\n{{question}\n"),
            "p/v1.md:8:1: expected a placeholder");
        row("braces at the very end", file(kQuestion, "# User\n{{question}} {{"),
            "p/v1.md:8:14: expected a placeholder");
        row("a filter", file(kQuestion, "# User\n{{question|upper}}\n"),
            "p/v1.md:8:1: expected a placeholder");
        row("the question in the system section", file(kQuestion, "# System\nAsked: {{question}}\n" + kUser),
            "p/v1.md:8:8: 'question' is of kind 'question', which is untrusted and cannot stand in a system");
        row("passages in the system section",
            file(kQuestion + "  passages: {kind: passages}\n", "# System\n{{passages}}\n" + kUser),
            "p/v1.md:9:1: 'passages' is of kind 'passages', which is untrusted");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, error);
        const auto prompt = parsePrompt(text.toStdString(), "p/v1.md");
        QVERIFY(!prompt.has_value());
        QVERIFY(prompt.error().code == ErrorCode::BadInput);
        QVERIFY2(QByteArray::fromStdString(prompt.error().describe()).startsWith(error),
                 prompt.error().describe().c_str());
    }

    void refusesFileNames_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("no folder") << QByteArray("v1.md");
        QTest::newRow("no version") << QByteArray("p/prompt.md");
        QTest::newRow("version nought") << QByteArray("p/v0.md");
        QTest::newRow("a leading nought") << QByteArray("p/v01.md");
        QTest::newRow("a huge version") << QByteArray("p/v99999999999.md");
        QTest::newRow("not Markdown") << QByteArray("p/v1.txt");
        QTest::newRow("capitals in the name") << QByteArray("Prompt/v1.md");
        QTest::newRow("a name that begins with a dash") << QByteArray("-p/v1.md");
        QTest::newRow("nothing") << QByteArray("");
    }

    void refusesFileNames()
    {
        QFETCH(QByteArray, path);
        const auto prompt = parsePrompt(file(kQuestion, kUser), path.toStdString());
        QVERIFY(!prompt.has_value());
        QVERIFY(prompt.error().message.starts_with("expected a file NAME/vN.md"));
    }

    void refusesALargeFile()
    {
        const auto prompt = parsePrompt(file(kQuestion, kUser + std::string(1'000'000, 'x')), "p/v1.md");
        QVERIFY(!prompt.has_value());
        QVERIFY(prompt.error().code == ErrorCode::TooLarge);
    }
};

QTEST_APPLESS_MAIN(PromptFileTest)
#include "tst_prompt_file.moc"
