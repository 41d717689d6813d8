// What goes wrong around a run of the indexer: killed, cancelled, two at once, a full disk, a folder that
// cannot be written.
#include <QTest>

#include <csignal>
#include <thread>

#include "tests/flows/support/random_faults.h"
#include "tests/flows/support/running_command.h"
#include "tests/flows/support/small_disk.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using tests::CommandOutcome;
using tests::FaultCount;
using tests::RunFolder;
using tests::RunningCommand;
using tests::SmallDisk;
using tests::TemporaryFolder;

namespace {

constexpr unsigned kSeed = 8'128;

bool waitFor(const std::function<bool()>& condition)
{
    for (int i = 0; i < 5'000 && !condition(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return condition();
}

bool hasPartFiles(const RunFolder& folder)
{
    return !folder.strays().empty();
}

} // namespace

class TestFaults : public QObject {
    Q_OBJECT

private slots:
    void twelveKillsLoseNothing()
    {
        const TemporaryFolder home;
        const RunFolder folder(home.path(), 300);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        const FaultCount count = tests::strike(folder, SIGKILL, 12, kSeed);
        qInfo("seed %u: %d killed at work (%d after the switch), %d had ended", kSeed, count.hit,
              count.switched, count.through);
        QVERIFY2(count.problem.empty(), count.problem.c_str());
        QVERIFY(count.hit > 0);
        QCOMPARE(tests::notWholeAfter(folder, 12), std::string());
    }

    void cancelsEndWithinASecond()
    {
        const TemporaryFolder home;
        const RunFolder folder(home.path(), 300);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        const FaultCount count = tests::strike(folder, SIGINT, 6, kSeed);
        qInfo("seed %u: %d cancelled at work, slowest end %.0f ms", kSeed, count.hit, count.slowest);
        QVERIFY2(count.problem.empty(), count.problem.c_str());
        QVERIFY(count.hit > 0);
        QVERIFY2(count.slowest < 1'000, std::to_string(count.slowest).c_str());
        QCOMPARE(tests::notWholeAfter(folder, 6), std::string());
    }

    void aCancelledRunClearsUpAfterItself()
    {
        const TemporaryFolder home;
        const RunFolder folder(home.path(), 300);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        folder.write(1);
        RunningCommand index(folder.arguments({"index"}));
        QVERIFY(waitFor([&] { return hasPartFiles(folder); }));
        index.send(SIGINT);
        QCOMPARE(index.finish().exitCode, 130);
        QVERIFY2(folder.strays().empty(), "the folders of a cancelled run are left");
    }

    void ofTwoRunsAtOnceOneIsToldAboutTheOther()
    {
        const TemporaryFolder home;
        const RunFolder folder(home.path(), 150);
        folder.write(0);
        RunningCommand first(folder.arguments({"index"}));
        // Held in the middle of its work, so that the second surely meets it.
        QVERIFY(waitFor(
            [&] { return std::filesystem::exists(folder.state() / "index") && hasPartFiles(folder); }));
        first.send(SIGSTOP);
        const CommandOutcome second = folder.command({"index"});
        const CommandOutcome rollback = folder.command({"index", "--rollback"});
        const std::string name = "process " + std::to_string(first.pid());
        first.send(SIGCONT);
        QCOMPARE(first.finish().exitCode, 0);
        QCOMPARE(tests::unlikeOneLine(second), std::string());
        QVERIFY2(second.err.find(name) != std::string::npos, second.err.c_str());
        QCOMPARE(tests::unlikeOneLine(rollback), std::string());
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
    }

    void searchingWhileIndexingSeesWholeGenerations()
    {
        const TemporaryFolder home;
        const RunFolder folder(home.path(), 150);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        int looks = 0;
        for (int run = 1; run <= 3; ++run) {
            folder.write(run);
            RunningCommand index(folder.arguments({"index"}));
            do {
                const RunFolder::View view = folder.view();
                QVERIFY2(view.problem.empty(), view.problem.c_str());
                QVERIFY(view.run == run || view.run == run - 1);
                ++looks;
            } while (!index.ended());
            QCOMPARE(index.finish().exitCode, 0);
            QCOMPARE(folder.view().run, run);
        }
        QVERIFY(looks >= 3);
    }

    void aFullDiskLosesNothing_data()
    {
        QTest::addColumn<int>("kilobytes");
        for (const int kilobytes : {0, 40, 150, 400, 900, 1'600}) {
            QTest::addRow("%d KB are free", kilobytes) << kilobytes;
        }
    }

    void aFullDiskLosesNothing()
    {
        QFETCH(int, kilobytes);
        SmallDisk disk(24);
        if (!disk.problem().empty()) {
            QSKIP(disk.problem().c_str());
        }
        const RunFolder folder(disk.path(), 60);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        folder.write(1);
        disk.fillUpTo(static_cast<std::uint64_t>(kilobytes) * 1'024U);
        const CommandOutcome full = folder.command({"index"});
        if (full.exitCode != 0) {
            QCOMPARE(tests::unlikeOneLine(full), std::string());
            QVERIFY2(full.err.find("free some space") != std::string::npos, full.err.c_str());
        }
        const RunFolder::View view = folder.view();
        QVERIFY2(view.problem.empty(), view.problem.c_str());
        QCOMPARE(view.run, full.exitCode == 0 ? 1 : 0);
        const CommandOutcome again =
            folder.command({"index"}); // what the first left is no burden to the second
        QVERIFY2(again.exitCode == full.exitCode, again.err.c_str());
        disk.free();
        QCOMPARE(tests::notWholeAfter(folder, 1), std::string());
    }

    void aFirstRunOnAFullDiskSaysSo()
    {
        SmallDisk disk(4);
        if (!disk.problem().empty()) {
            QSKIP(disk.problem().c_str());
        }
        const RunFolder folder(disk.path(), 60);
        folder.write(0);
        disk.fillUpTo(0);
        const CommandOutcome full = folder.command({"index"});
        QCOMPARE(tests::unlikeOneLine(full), std::string());
        QVERIFY2(full.err.find("free some space") != std::string::npos, full.err.c_str());
        disk.free();
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
    }

    void aFolderThatCannotBeWrittenStillAnswers()
    {
        SmallDisk disk(24);
        if (!disk.problem().empty()) {
            QSKIP(disk.problem().c_str());
        }
        const RunFolder folder(disk.path(), 60);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        folder.write(1);
        if (!disk.setReadOnly(true)) {
            QSKIP("a disk cannot be made read-only here");
        }
        const CommandOutcome index = folder.command({"index"});
        QCOMPARE(tests::unlikeOneLine(index), std::string());
        QVERIFY2(index.err.find("Read-only") != std::string::npos ||
                     index.err.find("permissions") != std::string::npos,
                 index.err.c_str());
        const RunFolder::View view = folder.view();
        QVERIFY2(view.problem.empty(), view.problem.c_str());
        QCOMPARE(view.run, 0);
        QCOMPARE(tests::unlikeOneLine(folder.command({"corpus", "approve", "documents/policy-1.md"})),
                 std::string());
        QCOMPARE(folder.command({"doctor"}).exitCode, 3);
        QVERIFY(disk.setReadOnly(false));
        QCOMPARE(tests::notWholeAfter(folder, 1), std::string());
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
