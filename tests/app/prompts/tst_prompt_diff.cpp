// Two versions of a prompt: fields, sections, and the messages as sent.
#include <QtTest>

#include "app/prompts/prompt_diff.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/render.h"

using namespace plumbline;
using namespace plumbline::prompts;

namespace {

PromptVersion version(int number, const std::string& front, const std::string& body)
{
    const auto parsed = parsePrompt("---\ntitle: T\ntask: answer\n" + front +
                                        "variables:\n  question: {kind: question}\n---\n" + body,
                                    "prompts/answer/v" + std::to_string(number) + ".md");
    if (!parsed) {
        qWarning("%s", parsed.error().describe().c_str());
    }
    return parsed.value_or(PromptVersion());
}

std::string named(const std::vector<PartDiff>& parts)
{
    std::string out;
    for (const PartDiff& part : parts) {
        out += part.name + (part.diff.same() ? "=" : "!") + "|";
    }
    return out;
}

} // namespace

class PromptDiffTest : public QObject {
    Q_OBJECT

private slots:
    void comparesFields()
    {
        const PromptVersion left =
            version(1, "purpose: P\nmodel: {temperature: 0.2, stop: [A]}\n", "# User\n{{question}}\n");
        const PromptVersion right =
            version(2,
                    "change_note: N\nmodel: {temperature: 0.7, seed: 3}\n"
                    "answer: {layout: json, max_sentences: 12}\noutput: {type: object}\n",
                    "# User\n{{question}}\n");
        const PromptDiff diff = diffPrompts(left, right);
        QCOMPARE(diff.left, std::string("answer@v1"));
        QCOMPARE(diff.right, std::string("answer@v2"));
        const std::vector<FieldChange> expected = {{"purpose", "P", ""},
                                                   {"model.temperature", "0.2", "0.7"},
                                                   {"model.stop", "[\"A\"]", ""},
                                                   {"answer.layout", "prose", "json"},
                                                   {"answer.max_sentences", "6", "12"},
                                                   {"change_note", "", "N"},
                                                   {"model.seed", "", "3"},
                                                   {"output", "", "{\n  \"type\": \"object\"\n}"}};
        QCOMPARE(diff.fields.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(diff.fields[i].field, expected[i].field);
            QCOMPARE(diff.fields[i].left, expected[i].left);
            QCOMPARE(diff.fields[i].right, expected[i].right);
        }
        QCOMPARE(named(diff.sections), std::string("user=|"));
        QVERIFY(diffPrompts(left, left).fields.empty());
        QVERIFY(diffPrompts(left, left).file.same());
    }

    void comparesSections()
    {
        const PromptVersion left =
            version(1, "", "# System\nOnly from the passages.\n# User\n{{question}}\n");
        const PromptVersion right = version(2, "",
                                            "# System\nFrom anywhere.\n# User\n{{question}}\n"
                                            "# Example user\nq\n# Example assistant\na\n");
        const PromptDiff diff = diffPrompts(left, right);
        QCOMPARE(named(diff.sections), std::string("system!|user=|example 1 user!|example 1 assistant!|"));
        QCOMPARE(applyDiff(left.text, diff.file).value(), right.text);
    }

    void comparesMessages_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QByteArray>("names");
        const QByteArray user = "# User\n{{question}}\n";
        const QByteArray system = "# System\nBe kind.\n";
        const QByteArray example = "# Example user\nq\n# Example assistant\na\n";
        QTest::newRow("the same") << system + user << system + user << QByteArray("1 system=|2 user=|");
        QTest::newRow("no system message on the right")
            << system + user << user << QByteArray("1 system!|2 user=|");
        QTest::newRow("no system message on the left")
            << user << system + user << QByteArray("1 system!|2 user=|");
        QTest::newRow("an example more") << system + user << system + user + example
                                         << QByteArray("1 system=|2 user!|3 assistant!|4 user=|");
        QTest::newRow("an example less")
            << user + example << user << QByteArray("1 user!|2 assistant!|3 user=|");
        QTest::newRow("two examples against one, and a system message")
            << user + example + example << system + user + example
            << QByteArray("1 system!|2 user=|3 assistant=|4 user!|5 assistant!|6 user=|");
    }

    void comparesMessages()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QByteArray, names);
        const PromptVersion one = version(1, "", left.toStdString());
        const PromptVersion other = version(2, "", right.toStdString());
        const auto before = render(one, valuesFor(one, "Who?", {}));
        const auto after = render(other, valuesFor(other, "Who?", {}));
        QCOMPARE(QByteArray::fromStdString(named(diffRendered(*before, *after))), names);
    }
};

QTEST_APPLESS_MAIN(PromptDiffTest)
#include "tst_prompt_diff.moc"
