#include <QTest>

#include <fstream>
#include <thread>

#include "app/store/check.h"
#include "app/store/database.h"
#include "app/store/migrations.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using store::Database;

namespace {

std::filesystem::path migrated(const tests::TemporaryFolder& folder)
{
    const auto file = folder.path() / "t.db";
    const auto done = store::migrate(file);
    if (!done) {
        qFatal("%s", done.error().describe().c_str());
    }
    return file;
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private slots:
    void openingWhatIsNotThereIsNotFound()
    {
        const tests::TemporaryFolder folder;
        const auto opened = Database::open(folder.path() / "none.db");
        QVERIFY(!opened);
        QVERIFY(opened.error().code == ErrorCode::NotFound);
        QVERIFY(opened.error().message.find("plumbline index") != std::string::npos);
    }

    void valuesOfEveryKindComeBackAsTheyWere()
    {
        const tests::TemporaryFolder folder;
        auto database = Database::open(migrated(folder));
        QVERIFY(database.has_value());
        QVERIFY(database->script("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n TEXT)").has_value());
        const std::string bytes("a\0b", 3);
        QVERIFY(database
                    ->run("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5)",
                          {std::int64_t{1} << 40, 0.5, std::string("Grüße"), store::Blob{bytes}, {}})
                    .has_value());
        int rows = 0;
        QVERIFY(database
                    ->run("SELECT i, r, s, b, n FROM t", {},
                          [&](const store::Row& row) {
                              ++rows;
                              QCOMPARE(row.integer(0), std::int64_t{1} << 40);
                              QCOMPARE(row.real(1), 0.5);
                              QCOMPARE(row.text(2), std::string("Grüße"));
                              QCOMPARE(row.text(3), bytes);
                              QVERIFY(row.isNull(4));
                          })
                    .has_value());
        QCOMPARE(rows, 1);
    }

    void aFailedTransactionLeavesNothing()
    {
        const tests::TemporaryFolder folder;
        auto database = Database::open(migrated(folder));
        QVERIFY(database->script("CREATE TABLE t (i INTEGER)").has_value());
        const auto done = database->transaction([&]() -> Result<void> {
            if (auto inserted = database->run("INSERT INTO t VALUES (1)"); !inserted) {
                return inserted;
            }
            return failure(ErrorCode::Internal, "on purpose");
        });
        QVERIFY(!done);
        QCOMPARE(done.error().message, std::string("on purpose"));
        QCOMPARE(*database->integer("SELECT count(*) FROM t"), 0);
        QVERIFY(database->transaction([&] { return database->run("INSERT INTO t VALUES (2)"); }).has_value());
        QCOMPARE(*database->integer("SELECT count(*) FROM t"), 1);
    }

    void aStopRaisedBeforeTheQueryStillCancelsIt()
    {
        const tests::TemporaryFolder folder;
        std::stop_source stop;
        auto database = Database::open(migrated(folder), stop.get_token());
        stop.request_stop();
        const auto done = database->run("SELECT 1");
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::Cancelled);
    }

    void aRunningQueryStopsWithinASecond()
    {
        const tests::TemporaryFolder folder;
        std::stop_source stop;
        auto database = Database::open(migrated(folder), stop.get_token());
        const auto begun = std::chrono::steady_clock::now();
        std::jthread stopper([&] {
            std::this_thread::sleep_for(
                std::chrono::milliseconds(50)); // lets the query begin; the check below holds either way
            stop.request_stop();
        });
        const auto done = database->run(
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::seconds(1));
    }

    void aFileThatIsNoDatabaseIsCorrupt()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.write("t.db", std::string(4096, 'x'));
        const auto opened = Database::open(file);
        QVERIFY(!opened || !store::checkWhole(file));
        const auto whole = store::migrate(file);
        QVERIFY(!whole);
        QVERIFY(whole.error().code == ErrorCode::Corrupt);
    }

    void aWriterThatWaitsTooLongIsAConflict()
    {
        const tests::TemporaryFolder folder;
        const auto file = migrated(folder);
        auto first = Database::open(file);
        auto second = Database::open(file);
        QVERIFY(second->script("PRAGMA busy_timeout = 50").has_value());
        QVERIFY(first->run("BEGIN IMMEDIATE").has_value());
        const auto done = second->run("BEGIN IMMEDIATE");
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::Conflict);
    }

    void aWholeDatabaseSaysItsSchema()
    {
        const tests::TemporaryFolder folder;
        const auto whole = store::checkWhole(migrated(folder));
        QVERIFY(whole.has_value());
        QCOMPARE(*whole, store::currentVersion());
    }

    void foreignKeysAreOn()
    {
        const tests::TemporaryFolder folder;
        auto database = Database::open(migrated(folder));
        const auto done = database->run("INSERT INTO chunks VALUES (1, 999, '', 0, 1, 1, '')");
        QVERIFY(!done);
    }
};

QTEST_APPLESS_MAIN(TestDatabase)
#include "tst_database.moc"
