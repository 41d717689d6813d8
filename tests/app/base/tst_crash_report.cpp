// What is left when the program dies: a report without anything that was in memory, and no core dump.
#include <QtTest>

#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/crash_report.h"
#include "app/base/file.h"
#include "app/base/process_limits.h"
#include "app/base/secret.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;

namespace {

constexpr const char* kMarker = "sk-MARKER-0123456789";

// Runs `body` in a process of its own; gives its wait status.
template <typename Body>
int inChild(Body body)
{
    const pid_t child = ::fork();
    if (child == 0) {
        body();
        ::_exit(0);
    }
    int status = 0;
    (void)::waitpid(child, &status, 0);
    return status;
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    return files;
}

} // namespace

class CrashReportTest : public QObject {
    Q_OBJECT

private slots:
    void saysVersionAndSignalAndNothingElse_data();
    void saysVersionAndSignalAndNothingElse();
    void reportsAnOverflownStack();
    void leavesNoCore();
};

void CrashReportTest::saysVersionAndSignalAndNothingElse_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("a wrong address") << SIGSEGV;
    QTest::newRow("an abort") << SIGABRT;
    QTest::newRow("a division by zero") << SIGFPE;
}

void CrashReportTest::saysVersionAndSignalAndNothingElse()
{
    QFETCH(int, signal);
    const tests::TemporaryFolder folder;
    const auto reports = folder.path() / "state" / "plumbline";
    const int status = inChild([&] {
        installCrashReport(reports, "9.8.7");
        const Secret key{std::string(kMarker)};
        const std::string shown(key.reveal());
        (void)::raise(shown.empty() ? 0 : signal);
    });
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), signal);
    const auto files = filesIn(reports);
    QCOMPARE(files.size(), std::size_t{1});
    struct stat attributes {};
    QCOMPARE(::stat(files.front().c_str(), &attributes), 0);
    QCOMPARE(attributes.st_mode & 0777U, 0600U);
    const QString text = QString::fromStdString(*readFile(files.front()));
    const QRegularExpression shape(QStringLiteral("^plumbline 9\\.8\\.7\nsignal %1\nbase 0x[0-9a-f]+\ncode\n"
                                                  "(0x[0-9a-f]+\n)+$")
                                       .arg(signal));
    QVERIFY2(shape.match(text).hasMatch(), qPrintable(text));
    QVERIFY(!text.contains(QStringLiteral("MARKER")));
}

// Not folded into a loop: each call takes a frame.
__attribute__((noinline)) static int overflow(int depth)
{
    volatile char room[4096];
    room[0] = static_cast<char>(depth);
    return depth == 0 ? 0 : overflow(depth + 1) + room[0];
}

void CrashReportTest::reportsAnOverflownStack()
{
#if defined(__SANITIZE_ADDRESS__)
    QSKIP("AddressSanitizer watches the stack itself");
#endif
    const tests::TemporaryFolder folder;
    const int status = inChild([&] {
        installCrashReport(folder.path(), "1");
        ::_exit(overflow(1));
    });
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(filesIn(folder.path()).size(), std::size_t{1});
}

void CrashReportTest::leavesNoCore()
{
    const int status = inChild([] {
        forbidCoreDumps();
        rlimit limit{};
        const bool none = ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
#if defined(__SANITIZE_ADDRESS__)
        ::_exit(none ? 0 : 1);
#else
        ::_exit(none && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1);
#endif
    });
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

QTEST_APPLESS_MAIN(CrashReportTest)
#include "tst_crash_report.moc"
