#include <QTest>

#include <thread>

#include "app/store/database.h"
#include "app/store/migrations.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using store::Database;
using store::Migration;

namespace {

const std::vector<Migration> kOne = {{1, "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (7);"}};
const std::vector<Migration> kThree = {
    kOne[0], {2, "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5;"}, {3, "CREATE TABLE b (z TEXT);"}};

std::int64_t ask(const std::filesystem::path& file, const char* sql)
{
    auto database = Database::open(file);
    auto value =
        database ? database->integer(sql, {}, -1) : Result<std::int64_t>(tl::unexpected(database.error()));
    return value ? *value : -2;
}

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

private slots:
    void numbersRunFromOneWithoutGaps()
    {
        int expected = 1;
        for (const Migration& migration : store::migrations()) {
            QCOMPARE(migration.version, expected++);
        }
    }

    void everyEarlierVersionComesForwardWithItsRows_data()
    {
        QTest::addColumn<int>("from");
        QTest::newRow("from the first") << 1;
        QTest::newRow("from the second") << 2;
        QTest::newRow("already there") << 3;
    }

    void everyEarlierVersionComesForwardWithItsRows()
    {
        QFETCH(int, from);
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        QVERIFY(store::migrate(file, {kThree.begin(), kThree.begin() + from}).has_value());
        QVERIFY(store::migrate(file, kThree).has_value());
        QCOMPARE(ask(file, "PRAGMA user_version"), 3);
        QCOMPARE(ask(file, "SELECT x + y FROM a"), 12);
    }

    void aGenerationFromBeforeTheVectorsOfEndpointsHasNone()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        const std::vector<Migration>& all = store::migrations();
        QVERIFY(store::migrate(file, {all.begin(), all.begin() + 3}).has_value());
        {
            auto database = Database::open(file);
            QVERIFY(database.has_value());
            QVERIFY(
                database
                    ->script(
                        "INSERT INTO generations VALUES (7, '2026-01-01T00:00:00Z', 'space-7', 0.5, 3, 9)")
                    .has_value());
        }
        QVERIFY(store::migrate(file, all).has_value());
        QCOMPARE(ask(file, "SELECT chunks FROM generations WHERE number = 7 AND embedder = ''"), 9);
        QCOMPARE(ask(file, "SELECT count(*) FROM embeddings"), 0);
    }

    void aBackupIsKeptBeforeEachStep()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        QVERIFY(store::migrate(file, kOne).has_value());
        QVERIFY(store::migrate(file, kThree).has_value());
        QCOMPARE(ask(file.string() + ".backup-v1", "PRAGMA user_version"), 1);
        QCOMPARE(ask(file.string() + ".backup-v1", "SELECT x FROM a"), 7);
        QCOMPARE(ask(file.string() + ".backup-v2", "SELECT y FROM a"), 5);
    }

    void aNewerDatabaseIsRefusedAndNotTouched()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        QVERIFY(store::migrate(file, kThree).has_value());
        const auto done = store::migrate(file, kOne);
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::Unsupported);
        QCOMPARE(ask(file, "PRAGMA user_version"), 3);
    }

    void aStepThatFailsLeavesTheVersionBefore()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        QVERIFY(store::migrate(file, kOne).has_value());
        QVERIFY(!store::migrate(file, {kOne[0], {2, "CREATE TABLE c (x); SELECT * FROM nothing_like_this;"}})
                     .has_value());
        QCOMPARE(ask(file, "PRAGMA user_version"), 1);
        QCOMPARE(ask(file, "SELECT count(*) FROM sqlite_master WHERE name = 'c'"), 0);
    }

    void aNewDatabaseLeavesNoBackup()
    {
        const tests::TemporaryFolder folder;
        QVERIFY(store::migrate(folder.path() / "t.db").has_value());
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            QVERIFY2(entry.path().string().find("backup") == std::string::npos, entry.path().c_str());
        }
    }

    void twoProcessesMayMigrateAtOnce()
    {
        const tests::TemporaryFolder folder;
        const auto file = folder.path() / "t.db";
        std::vector<Result<void>> results(4);
        {
            std::vector<std::jthread> threads;
            for (Result<void>& result : results) {
                threads.emplace_back([&] { result = store::migrate(file); });
            }
        }
        for (const Result<void>& result : results) {
            QVERIFY2(result.has_value(), result ? "" : result.error().describe().c_str());
        }
        QCOMPARE(ask(file, "PRAGMA user_version"), store::currentVersion());
    }
};

QTEST_APPLESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
