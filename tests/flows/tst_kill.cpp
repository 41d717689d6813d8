// Many kills and cancels of indexing at random moments: the last generation stays whole, and the next run
// completes.
#include <QTest>

#include <csignal>

#include "tests/flows/support/random_faults.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using tests::FaultCount;
using tests::RunFolder;

namespace {

constexpr std::size_t kDocuments = 300;
constexpr unsigned kSeed = 20'261'124;

} // namespace

class TestKill : public QObject {
    Q_OBJECT

private slots:
    void twoHundredKillsLoseNothing()
    {
        const tests::TemporaryFolder home;
        const RunFolder folder(home.path(), kDocuments);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        const FaultCount count = tests::strike(folder, SIGKILL, 200, kSeed);
        qInfo("seed %u: %d killed at work (%d after the switch), %d had ended", kSeed, count.hit,
              count.switched, count.through);
        QVERIFY2(count.problem.empty(), count.problem.c_str());
        QVERIFY(count.hit >= 100);
        QCOMPARE(tests::notWholeAfter(folder, 200), std::string());
    }

    void fiftyCancelsEndWithinASecond()
    {
        const tests::TemporaryFolder home;
        const RunFolder folder(home.path(), kDocuments);
        folder.write(0);
        QCOMPARE(tests::notWholeAfter(folder, 0), std::string());
        const FaultCount count = tests::strike(folder, SIGINT, 50, kSeed + 1);
        qInfo("seed %u: %d cancelled at work, %d had ended, slowest end %.0f ms", kSeed + 1, count.hit,
              count.through, count.slowest);
        QVERIFY2(count.problem.empty(), count.problem.c_str());
        QVERIFY(count.hit >= 25);
        QVERIFY2(count.slowest < 1'000, std::to_string(count.slowest).c_str());
        QCOMPARE(tests::notWholeAfter(folder, 50), std::string());
    }
};

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
