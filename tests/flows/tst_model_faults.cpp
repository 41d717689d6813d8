// Everything that an endpoint can do wrong, through the command: exit code, the one line that says so, the
// time it takes, and that no error is shown as an answer. The keys that go through all of it are then looked
// for in every file and every word that came of it.
#include <algorithm>
#include <csignal>
#include <cstdlib>

#include <sys/stat.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include "tests/flows/support/key_search.h"
#include "tests/flows/support/model_folder.h"
#include "tests/flows/support/running_command.h"
#include "tests/support/fault_server/certificates.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using nlohmann::json;
using tests::CommandOutcome;
using tests::FaultServer;

namespace {

// Never to be seen. With characters that base64 and addresses write otherwise.
const std::string kKeyByVariable = "mark+Variable/51c0a7d2=e9";
const std::string kKeyByFile = "mark+OnDisk//b84f63e1==7a";
constexpr int kPatience = 5'000; // ms; the limits of the endpoint end everything within 1.5 s

QString lastLine(const std::string& text)
{
    return QString::fromStdString(text).trimmed().section('\n', -1);
}

} // namespace

class TestModelFaults : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void failsInWords_data();
    void failsInWords();
    void answersOrRefuses_data();
    void answersOrRefuses();
    void comesBackAfterAFault_data();
    void comesBackAfterAFault();
    void aWrongKeyIsNotRepeatedByTheServersWords();
    void otherCommandsKeepTheKeys();
    void aCrashKeepsTheKeys();
    void noFileHoldsAKey();
    void theSearchCanFind_data();
    void theSearchCanFind();

private:
    tests::ModelAddress addressOf(const QString& place, bool byFile) const;
    QString keyIn(const CommandOutcome& outcome) const; // how a key stands in what was printed
    std::vector<std::string> recording() const
    {
        return {"--record", (m_desk->home() / "recorded.jsonl").string()};
    }

    tests::TemporaryFolder m_root;
    std::unique_ptr<tests::ModelFolder> m_desk;
    std::filesystem::path m_keyFile;
    tests::KeySearch m_byVariable{kKeyByVariable};
    tests::KeySearch m_byFile{kKeyByFile};
    tests::CertificateFiles m_forOther;
    tests::CertificateFiles m_forItself;
    FaultServer m_other; // the host that nobody named
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FaultServer> m_tlsForOther;
    std::unique_ptr<FaultServer> m_tlsForItself;
};

void TestModelFaults::initTestCase()
{
    tests::useOwnUserFolders(m_root.path());
    qputenv("PLUMBLINE_SECRET_BY_VARIABLE", QByteArray::fromStdString(kKeyByVariable));
    m_keyFile = m_root.write("XDG_CONFIG_HOME/plumbline/secrets/by-file", kKeyByFile + "\n");
    QCOMPARE(::chmod(m_keyFile.c_str(), 0600), 0);
    m_desk = std::make_unique<tests::ModelFolder>(m_root.path() / "workspace");

    std::filesystem::create_directories(m_root.path() / "certificates/other");
    std::filesystem::create_directories(m_root.path() / "certificates/itself");
    m_forOther = tests::makeSelfSigned(m_root.path() / "certificates/other", "other.invalid");
    m_forItself = tests::makeSelfSigned(m_root.path() / "certificates/itself", "127.0.0.1");
    m_server = std::make_unique<FaultServer>(
        tests::FaultServerOptions{"", "", "", "http://127.0.0.1:" + std::to_string(m_other.port()), true});
    m_tlsForOther = std::make_unique<FaultServer>(
        tests::FaultServerOptions{"", m_forOther.certificate, m_forOther.privateKey, "", true});
    m_tlsForItself = std::make_unique<FaultServer>(
        tests::FaultServerOptions{"", m_forItself.certificate, m_forItself.privateKey, "", true});
}

tests::ModelAddress TestModelFaults::addressOf(const QString& place, bool byFile) const
{
    tests::ModelAddress address;
    address.secret = byFile ? "by-file" : "by-variable";
    if (place == "refused") { // a port that was just given back
        const FaultServer gone;
        address.url = gone.url();
    } else if (place == "unknown host") {
        address.url = "https://name.invalid/v1";
    } else if (place == "certificate of another name") {
        address.url = m_tlsForOther->url();
        address.caFile = m_forOther.certificate;
    } else if (place == "self-signed certificate") {
        address.url = m_tlsForItself->url();
    } else if (place == "self-signed and trusted") {
        address.url = m_tlsForItself->url();
        address.caFile = m_forItself.certificate;
    } else {
        address.url = m_server->url(place.isEmpty() ? "" : "/fault/" + place.toStdString());
    }
    return address;
}

QString TestModelFaults::keyIn(const CommandOutcome& outcome) const
{
    const std::string printed = outcome.out + "\n" + outcome.err;
    return QString::fromStdString(m_byVariable.foundIn(printed) + m_byFile.foundIn(printed));
}

void TestModelFaults::failsInWords_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words"); // of the whole answer|of the stream, where they differ
    const auto row = [](const char* name, const char* place, const char* words) {
        QTest::newRow(name) << place << words;
    };
    row("nothing listens", "refused", "refuses the connection; start the server");
    row("no such name", "unknown host", "no address is known for the host name.invalid");
    row("the certificate is another's", "certificate of another name", "made out to another name");
    row("the certificate is self-signed", "self-signed certificate", "is self-signed; set ca_file");
    row("400 with the key in it", "echo-key", "(400: cannot serve Bearer [key] today)");
    row("401", "401", "the server refuses the key by-");
    row("403", "403", "the server refuses the key by-");
    row("404", "404", "does not know the model echo");
    row("408", "408", "the server waited too long for the request (408");
    row("413", "413", "the request is too large for the server (413");
    row("429", "429", "too many requests, or the account's quota is used up (429");
    row("429 with Retry-After", "429-retry-after",
        "too many requests, or the account's quota is used up (429");
    row("500", "500", "the server failed; see its log (500");
    row("501", "501", "the server does not do this (501");
    row("503", "503", "overloaded or still loading its model (503");
    row("a sign-in page", "html", "an HTML page instead of JSON; is the url that of the API");
    row("JSON that stops", "truncated-json", "JSON that stops in the middle");
    row("cut inside a character", "cut-in-character", "broke off its answer after");
    row("cut inside an event", "cut-in-event", "broke off its answer after");
    row("cut before [DONE]", "cut-before-done", "broke off its answer after");
    row("ended before [DONE]", "ends-before-done",
        "something that is not JSON|ended its stream before it said [DONE]");
    row("an error in the stream", "error-in-stream",
        "something that is not JSON|broke off with an error: the worker died");
    row("one byte a second", "byte-a-second", "was not done within 1500 ms (total limit)");
    row("silence", "silence",
        "was not done within 1500 ms (total limit)|sent nothing for 400 ms (first-token limit)");
    row("silence after the first word", "silence-after-token", "was not done within 1500 ms (total limit)");
    row("200 MB with its length", "huge", "over the limit of 16 MB and was not read");
    row("200 MB in chunks", "huge-chunked", "over the limit of");
    row("a redirect to another host", "redirect-other", "keys and text go to no other host");
    row("a length too long", "length-too-long", "broke off its answer after");
    row("a length too short", "length-too-short", "JSON that stops in the middle");
    row("hangs up at once", "close", "closed the connection without an answer");
    row("speaks another protocol", "not-http", "does not answer in HTTP");
}

// Once whole with the key of the variable, once streamed with the key of the file and recorded.
void TestModelFaults::failsInWords()
{
    QFETCH(QString, place);
    QFETCH(QString, words);
    for (const bool streamed : {false, true}) {
        m_desk->serve(addressOf(place, streamed));
        QElapsedTimer timer;
        timer.start();
        std::vector<std::string> more = streamed ? recording() : std::vector<std::string>{"--json"};
        if (streamed)
            more.emplace_back("--stream");
        const CommandOutcome outcome = m_desk->ask(more);
        QVERIFY2(timer.elapsed() < kPatience, "it took too long");
        const QString said = lastLine(outcome.err);
        QVERIFY2(said.contains(words.section('|', streamed ? -1 : 0, streamed ? -1 : 0)), qPrintable(said));
        QVERIFY2(said.startsWith("plumbline: models.served: "), qPrintable(said));
        QCOMPARE(outcome.exitCode, 3);
        QCOMPARE(outcome.out, std::string()); // no error as an answer
        if (!streamed)
            QCOMPARE(QString::fromStdString(outcome.err).trimmed().count('\n'), 0);
        QCOMPARE(keyIn(outcome), QString());
    }
    QVERIFY2(m_other.requests().empty(), "a host that nobody named was spoken to");
}

void TestModelFaults::answersOrRefuses_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("refusal"); // empty = it answers
    QTest::addColumn<QString>("note");    // of the whole answer|of the stream, where they differ
    QTest::addColumn<bool>("estimated");
    const auto row = [](const char* name, const char* place, const char* refusal, const char* note = "",
                        bool estimated = false) {
        QTest::newRow(name) << place << refusal << note << estimated;
    };
    row("nothing wrong", "", "");
    row("a self-signed certificate that is trusted", "self-signed and trusted", "");
    row("unknown fields", "unknown-fields", "");
    row("every byte on its own", "split-character", "");
    row("a redirect within the host", "redirect-same", "");
    row("two choices", "two-choices", "", "the server sent more than one choice; the first is used");
    row("usage missing", "usage-missing", "", "the server sent no usage; tokens are estimated", true);
    row("usage twice", "usage-twice", "", "|the server sent its usage more than once; the last counts");
    row("null content", "null-content", "The model sent an empty answer");
    row("tool calls", "tool-calls", "The model wants to call look_up instead of answering");
    row("a refusal", "refusal", "The model would not answer: I cannot help with that.");
}

void TestModelFaults::answersOrRefuses()
{
    QFETCH(QString, place);
    QFETCH(QString, refusal);
    QFETCH(QString, note);
    QFETCH(bool, estimated);
    m_desk->serve(addressOf(place, false));
    const CommandOutcome whole = m_desk->ask({"--json"});
    const json answer = json::parse(whole.out, nullptr, false);
    QVERIFY2(!answer.is_discarded(), whole.err.c_str());
    QCOMPARE(whole.exitCode, refusal.isEmpty() ? 0 : 1);
    QCOMPARE(answer["refused"].get<bool>(), !refusal.isEmpty());
    if (refusal.isEmpty()) {
        const json& sentence = answer["sentences"][0];
        QCOMPARE(sentence["text"].get<std::string>(), tests::kFalconSentence);
        QVERIFY(!sentence["citations"].empty());
    } else {
        QVERIFY2(QString::fromStdString(answer["refusal"]["reason"]).startsWith(refusal), whole.out.c_str());
        QVERIFY(answer["sentences"].empty());
    }
    QVERIFY2(QString::fromStdString(answer["findings"].dump()).contains(note.section('|', 0, 0)),
             whole.out.c_str());
    QCOMPARE(answer["usage"]["estimated"].get<bool>(), estimated);
    QVERIFY(answer["usage"]["input_tokens"].get<int>() > 0);

    m_desk->serve(addressOf(place, true));
    std::vector<std::string> more = recording();
    more.emplace_back("--stream");
    const CommandOutcome streamed = m_desk->ask(more);
    const QString read = QString::fromStdString(streamed.out);
    QCOMPARE(streamed.exitCode, refusal.isEmpty() ? 0 : 1);
    QVERIFY2(read.startsWith(refusal.isEmpty() ? QString::fromStdString(tests::kFalconSentence) + " ["
                                               : "No answer: " + refusal),
             qPrintable(read));
    QVERIFY2(read.contains(note.section('|', -1, -1)), qPrintable(read));
    QCOMPARE(QString::fromStdString(streamed.err).contains(QString::fromStdString(tests::kFalconSentence)),
             refusal.isEmpty());
    QCOMPARE(keyIn(whole) + keyIn(streamed), QString());
}

void TestModelFaults::comesBackAfterAFault_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("waits"); // ms, at least
    QTest::newRow("408 once") << "408*1" << 0;
    QTest::newRow("429 once") << "429*1" << 0;
    QTest::newRow("429 once, come back in 7 s") << "429-retry-after*1" << 7'000;
    QTest::newRow("500 once") << "500*1" << 0;
    QTest::newRow("503 once") << "503*1" << 0;
    QTest::newRow("hung up once") << "close*1" << 0;
}

void TestModelFaults::comesBackAfterAFault()
{
    QFETCH(QString, place);
    QFETCH(int, waits);
    tests::ModelAddress address = addressOf(place, false);
    address.retries = 1;
    m_desk->serve(address);
    const std::size_t before = m_server->requests().size();
    QElapsedTimer timer;
    timer.start();
    const CommandOutcome outcome = m_desk->ask();
    QVERIFY(timer.elapsed() >= waits && timer.elapsed() < waits + kPatience);
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    QVERIFY(QString::fromStdString(outcome.out).startsWith(QString::fromStdString(tests::kFalconSentence)));
    QCOMPARE(m_server->requests().size(), before + 2);
    QCOMPARE(keyIn(outcome), QString());
}

void TestModelFaults::aWrongKeyIsNotRepeatedByTheServersWords()
{
    const FaultServer strict({"another-key", "", "", "", true}); // says which key it was given
    m_desk->serve({.url = strict.url(), .secret = "by-file"});
    const CommandOutcome outcome = m_desk->ask();
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY2(outcome.err.find("(401: Incorrect API key provided: Bearer [key])") != std::string::npos,
             outcome.err.c_str());
    QCOMPARE(keyIn(outcome), QString());
    // It was sent, and to nobody else: the search below would find nothing if no key went anywhere.
    QCOMPARE(strict.requests().back().headers.at("authorization"), "Bearer " + kKeyByFile);
    m_desk->serve({.url = strict.url(), .secret = "by-variable"});
    QCOMPARE(m_desk->ask().exitCode, 3);
    QCOMPARE(strict.requests().back().headers.at("authorization"), "Bearer " + kKeyByVariable);
}

void TestModelFaults::otherCommandsKeepTheKeys()
{
    m_root.write("questions.jsonl", json({{"id", "1"}, {"question", tests::kFalconQuestion}}).dump() + "\n");
    const std::string in = (m_root.path() / "questions.jsonl").string();
    const std::string out = (m_root.path() / "answers.jsonl").string();
    for (const QString& place : {QString(), QString("echo-key"), QString("503")}) {
        for (const bool byFile : {false, true}) {
            m_desk->serve(addressOf(place, byFile));
            for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
                     {"doctor"},
                     {"doctor", "--json"},
                     {"cost"},
                     {"cost", "--json"},
                     {"prompts", "render", "policy-answer@v1", "--question", tests::kFalconQuestion},
                     {"prompts", "show", "policy-answer@v1", "--json"},
                     {"search", tests::kFalconQuestion, "--explain"},
                     {"index"},
                     {"--log-level", "trace", "ask", tests::kFalconQuestion, "--model", "served", "--prompt",
                      "policy-answer@v1"},
                     {"ask", "--in", in, "--out", out, "--model", "served", "--prompt",
                      "policy-answer@v1"}}) {
                const CommandOutcome outcome = m_desk->command(words);
                QVERIFY2(outcome.exitCode >= 0 && outcome.exitCode <= 3, words.front().c_str());
                QCOMPARE(keyIn(outcome), QString());
            }
        }
    }
}

void TestModelFaults::aCrashKeepsTheKeys()
{
    for (const bool byFile : {false, true}) {
        tests::ModelAddress address = addressOf("silence", byFile);
        address.totalSeconds = 60;
        m_desk->serve(address);
        const std::size_t before = m_server->requests().size();
        tests::RunningCommand running(m_desk->arguments(
            {"ask", tests::kFalconQuestion, "--model", "served", "--prompt", "policy-answer@v1"}));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().size() > before, kPatience); // the key is in memory
        running.send(byFile ? SIGABRT : SIGSEGV);
        const CommandOutcome outcome = running.finish();
        QCOMPARE(outcome.exitCode, 128 + (byFile ? SIGABRT : SIGSEGV));
        QCOMPARE(keyIn(outcome), QString());
    }
    std::vector<std::filesystem::path> reports;
    for (const auto& entry :
         std::filesystem::directory_iterator(m_root.path() / "XDG_STATE_HOME/plumbline")) {
        if (entry.path().filename().string().starts_with("crash-"))
            reports.push_back(entry.path());
    }
    QVERIFY(!reports.empty());
}

// The workspace, the user's folders and the temporary folder: all that the runs above wrote.
void TestModelFaults::noFileHoldsAKey()
{
    int looked = 0;
    QStringList found;
    for (const auto* search : {&m_byVariable, &m_byFile}) {
        for (const std::string& file : search->filesBelow(m_root.path(), m_keyFile, looked))
            found << QString::fromStdString(file);
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join("\n")));
    QVERIFY(looked >= 30); // database, index, recording, crash reports
    QVERIFY(std::filesystem::exists(m_desk->home() / ".plumbline"));
}

void TestModelFaults::theSearchCanFind_data()
{
    const QByteArray key = QByteArray::fromStdString(kKeyByFile);
    QTest::addColumn<QByteArray>("planted");
    QTest::newRow("plain") << "x" + key + "y";
    QTest::newRow("cut in its middle") << key.left(14);
    QTest::newRow("in an address") << "?key=" + key.toPercentEncoding();
    QTest::newRow("as a basic credential") << QByteArray(":" + key).toBase64();
    QTest::newRow("in base64 after two letters") << QByteArray("ab" + key + "cd").toBase64();
    QTest::newRow("in base64 for addresses") << key.toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("in hex") << key.toHex().toUpper();
}

void TestModelFaults::theSearchCanFind()
{
    QFETCH(QByteArray, planted);
    const tests::TemporaryFolder folder;
    folder.write("deep/er/file.bin", std::string(3'000, '\0') + planted.toStdString());
    int looked = 0;
    QCOMPARE(m_byFile.filesBelow(folder.path(), {}, looked).size(), std::size_t{1});
    QCOMPARE(looked, 1);
    QVERIFY(m_byVariable.foundIn(planted.toStdString()).empty());
}

QTEST_GUILESS_MAIN(TestModelFaults)
#include "tst_model_faults.moc"
