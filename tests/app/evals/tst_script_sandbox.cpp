#include <QtTest>

#include "app/evals/script_sandbox.h"

using namespace plumbline;
using nlohmann::ordered_json;

class ScriptSandboxTest : public QObject {
    Q_OBJECT

    static Result<evals::ScriptEnd> run(const std::string& body, int milliseconds = 5000)
    {
        evals::Script script;
        script.body = body;
        script.output = "the output";
        script.context = {{"vars", {{"city", "Paris"}}}};
        script.limit = std::chrono::milliseconds(milliseconds);
        script.memory = 8'000'000;
        return evals::runScript(script);
    }

private slots:
    void returns_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("json");
        QTest::newRow("a truth") << "return output.length === 10"
                                 << "true";
        QTest::newRow("what the context holds") << "return context.vars.city"
                                                << "\"Paris\"";
        QTest::newRow("nothing") << "output;"
                                 << "null";
        QTest::newRow("a mapping") << "return {pass: true, score: 0.5, reason: 'so'}"
                                   << R"({"pass":true,"score":0.5,"reason":"so"})";
        QTest::newRow("common methods of later editions")
            << "return output.includes('out') && [1, 2].includes(2) && output.startsWith('the')"
            << "true";
        QTest::newRow("no files, no network, no modules")
            << "return typeof require + typeof process + typeof XMLHttpRequest + typeof print"
            << "\"undefinedundefinedundefinedundefined\"";
    }

    void returns()
    {
        QFETCH(QString, body);
        QFETCH(QString, json);
        const auto end = run(body.toStdString());
        QVERIFY2(end, end ? "" : end.error().message.c_str());
        QVERIFY2(!end->threw, end->message.c_str());
        QCOMPARE(QString::fromStdString(end->value.dump()), json);
    }

    void sayWhatTheyThrow()
    {
        const auto end = run("throw new Error('no')");
        QVERIFY(end && end->threw);
        QVERIFY(end->message.find("no") != std::string::npos);
    }

    void areRefused_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("code");
        const auto unsupported = static_cast<int>(ErrorCode::Unsupported);
        const auto tooLarge = static_cast<int>(ErrorCode::TooLarge);
        QTest::newRow("arrow functions") << "return (() => true)()" << unsupported;
        QTest::newRow("a global of a later edition") << "return new Map().size === 0" << unsupported;
        QTest::newRow("Node.js") << "return require('fs')" << unsupported;
        QTest::newRow("no JavaScript at all") << "return )" << unsupported;
        QTest::newRow("without end") << "while (true) {}" << tooLarge;
        QTest::newRow("without end in a pattern")
            << "return /^(a|a)*$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')" << tooLarge;
        QTest::newRow("too much memory")
            << "var s = 'x'; for (var i = 0; i < 40; i++) s += s; return s.length" << tooLarge;
    }

    void areRefused()
    {
        QFETCH(QString, body);
        QFETCH(int, code);
        const auto end = run(body.toStdString(), 700);
        QVERIFY(!end);
        QCOMPARE(static_cast<int>(end.error().code), code);
    }
};

QTEST_APPLESS_MAIN(ScriptSandboxTest)
#include "tst_script_sandbox.moc"
