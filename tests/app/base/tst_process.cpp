// Running another program: output, exit codes, limits, and that nothing of it stays.
#include <thread>

#include <QElapsedTimer>
#include <QtTest>

#include <csignal>

#include "app/base/process.h"

using namespace plumbline;

namespace {

ProcessRequest shell(const std::string& script)
{
    ProcessRequest request;
    request.arguments = {"sh", "-c", script};
    return request;
}

} // namespace

class ProcessTest : public QObject {
    Q_OBJECT

private slots:
    void givesOutputAndExitCode()
    {
        const auto result = runProcess(shell("echo out; echo err >&2; exit 3"), {});
        QVERIFY2(result.has_value(), result ? "" : result.error().describe().c_str());
        QCOMPARE(result->output, std::string("out\n"));
        QCOMPARE(result->errors, std::string("err\n"));
        QCOMPARE(result->exitCode, 3);
        QCOMPARE(runProcess(shell("kill -9 $$"), {}).value().exitCode, 128 + SIGKILL);
    }

    void takesArgumentsAsTheyAre()
    {
        ProcessRequest request;
        request.arguments = {"printf", "%s|", "a b", "$HOME", "`id`", "\"'\\", ""};
        QCOMPARE(runProcess(request, {}).value().output, std::string("a b|$HOME|`id`|\"'\\||"));
    }

    void passesInputLargerThanAChannel()
    {
        ProcessRequest request;
        request.arguments = {"cat"};
        request.input = std::string(3'000'000, 'x');
        QCOMPARE(runProcess(request, {}).value().output.size(), request.input.size());
        // A program that does not read does not end ours.
        request.arguments = {"true"};
        QCOMPARE(runProcess(request, {}).value().exitCode, 0);
    }

    void setsAndTakesAwayVariables()
    {
        qputenv("PLUMBLINE_TEST_GONE", "here");
        ProcessRequest request = shell("echo \"$PLUMBLINE_TEST_SET:${PLUMBLINE_TEST_GONE-gone}\"");
        request.environment = {{"PLUMBLINE_TEST_SET", "set"}, {"PLUMBLINE_TEST_GONE", std::nullopt}};
        QCOMPARE(runProcess(request, {}).value().output, std::string("set:gone\n"));
    }

    void keysAreNotHandedOn()
    {
        qputenv("PLUMBLINE_SECRET_MARKER", "sk-marker");
        const ProcessRequest request = shell("echo \"${PLUMBLINE_SECRET_MARKER-gone}\"");
        QCOMPARE(runProcess(request, {}).value().output, std::string("gone\n"));
        qunsetenv("PLUMBLINE_SECRET_MARKER");
    }

    void saysWhatFails()
    {
        ProcessRequest request;
        QVERIFY(runProcess(request, {}).error().code == ErrorCode::BadInput);
        request.arguments = {"no-program-of-this-name"};
        QVERIFY(runProcess(request, {}).error().code == ErrorCode::NotFound);
        request.arguments = {"/"};
        QVERIFY(runProcess(request, {}).error().code == ErrorCode::Denied);
        request = shell("while :; do echo more of the same; done");
        request.maxOutput = 100'000;
        QVERIFY(runProcess(request, {}).error().code == ErrorCode::TooLarge);
    }

    void endsWhatTakesTooLong()
    {
        ProcessRequest request = shell("sleep 30 & sleep 30");
        request.limit = std::chrono::milliseconds(100);
        QElapsedTimer timer;
        timer.start();
        const auto result = runProcess(request, {});
        QVERIFY(result.error().code == ErrorCode::Io);
        QVERIFY2(timer.elapsed() < 5'000, "the limit was 100 ms");
        // Closing its output does not hide it.
        request = shell("exec >&- 2>&-; sleep 30");
        request.limit = std::chrono::milliseconds(100);
        QVERIFY(runProcess(request, {}).error().code == ErrorCode::Io);
        QVERIFY2(timer.elapsed() < 10'000, "the limit was 100 ms");
    }

    void stops()
    {
        std::stop_source source;
        QElapsedTimer timer;
        timer.start();
        std::thread other([&] { source.request_stop(); });
        const auto result = runProcess(shell("sleep 30"), source.get_token());
        other.join();
        QVERIFY(result.error().code == ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 5'000, "a stop is seen at once");
    }
};

QTEST_APPLESS_MAIN(ProcessTest)
#include "tst_process.moc"
