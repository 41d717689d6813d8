// Writes for many threads through one connection.
#include <QtTest>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "app/store/migrations.h"
#include "app/store/write_queue.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using store::Database;
using store::WriteQueue;

namespace {

Result<void> insert(Database& database, int value)
{
    return database.run("INSERT INTO t (v) VALUES (?1)", {std::int64_t{value}});
}

} // namespace

class WriteQueueTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<tests::TemporaryFolder>();
        QVERIFY(store::migrate(file()).has_value());
        QVERIFY(Database::open(file())->script("CREATE TABLE t (v INTEGER NOT NULL)").has_value());
    }

    void isCommittedWhenWriteReturns()
    {
        WriteQueue queue(file());
        QVERIFY(queue.write([](Database& database) { return insert(database, 7); }).has_value());
        QCOMPARE(count(), 1);
    }

    void losesNothingOfManyThreads()
    {
        constexpr int kThreads = 8;
        constexpr int kEach = 50;
        std::atomic<int> failed = 0;
        {
            WriteQueue queue(file());
            std::vector<std::jthread> threads;
            for (int t = 0; t < kThreads; ++t) {
                threads.emplace_back([&] {
                    for (int i = 0; i < kEach; ++i) {
                        failed += queue.write([](Database& database) { return insert(database, 1); }) ? 0 : 1;
                    }
                });
            }
        }
        QCOMPARE(failed.load(), 0);
        QCOMPARE(count(), kThreads * kEach);
    }

    void writesInTheOrderThingsCame()
    {
        WriteQueue queue(file());
        for (int i = 0; i < 20; ++i) {
            queue.post([i](Database& database) { return insert(database, i); }, [](const Result<void>&) {});
        }
        bool ordered = false;
        QVERIFY(queue
                    .write([&](Database& database) -> Result<void> {
                        auto outOfPlace = database.integer("SELECT count(*) FROM t WHERE v <> rowid - 1");
                        ordered = outOfPlace && *outOfPlace == 0;
                        return insert(database, 20);
                    })
                    .has_value());
        QVERIFY(ordered);
        QCOMPARE(count(), 21);
    }

    void commitsTogetherWhatCameMeanwhile()
    {
        WriteQueue queue(file());
        const auto release = holdUp(queue);
        int before = -1;
        queue.post([](Database& database) { return insert(database, 1); }, [](const Result<void>&) {});
        queue.post(
            [&](Database& database) {
                before = count(); // what another connection sees
                return insert(database, 2);
            },
            [](const Result<void>&) {});
        release();
        QVERIFY(queue.write([](Database&) { return Result<void>(); }).has_value());
        QCOMPARE(before, 0);
        QCOMPARE(count(), 2);
    }

    void whatFailsTakesNothingElseWithIt()
    {
        WriteQueue queue(file());
        const auto release = holdUp(queue);
        std::optional<bool> first;
        std::optional<Error> second;
        queue.post([](Database& database) { return insert(database, 1); },
                   [&](const Result<void>& result) { first = result.has_value(); });
        queue.post(
            [](Database& database) -> Result<void> {
                (void)insert(database, 2);
                return failure(ErrorCode::NotFound, "no such case");
            },
            [&](const Result<void>& result) {
                second = result ? std::optional<Error>() : std::optional(result.error());
            });
        queue.post([](Database& database) { return insert(database, 3); }, [](const Result<void>&) {});
        release();
        QVERIFY(queue.write([](Database&) { return Result<void>(); }).has_value());
        QCOMPARE(first, std::optional(true));
        QVERIFY(second && second->code == ErrorCode::NotFound);
        QCOMPARE(count(), 2);
    }

    void theDestructorWritesWhatIsLeft()
    {
        {
            WriteQueue queue(file());
            const auto release = holdUp(queue);
            queue.post([](Database& database) { return insert(database, 1); }, [](const Result<void>&) {});
            release();
        }
        QCOMPARE(count(), 1);
    }

    void saysThatThereIsNoDatabaseAndFindsOneMadeLater()
    {
        const auto none = m_folder->path() / "none.db";
        WriteQueue queue(none);
        const auto missing = queue.write([](Database&) { return Result<void>(); });
        QVERIFY(!missing);
        QVERIFY(missing.error().code == ErrorCode::NotFound);
        QVERIFY(store::migrate(none).has_value());
        QVERIFY(queue.write([](Database&) { return Result<void>(); }).has_value());
    }

private:
    std::filesystem::path file() const { return m_folder->path() / "t.db"; }
    int count() const { return static_cast<int>(*Database::open(file())->integer("SELECT count(*) FROM t")); }

    // Keeps the thread that writes inside a work that is by itself, until what it gives is called.
    static std::function<void()> holdUp(WriteQueue& queue)
    {
        auto inside = std::make_shared<std::promise<void>>();
        auto open = std::make_shared<std::promise<void>>();
        queue.post(
            [inside, open](Database&) {
                inside->set_value();
                open->get_future().wait();
                return Result<void>();
            },
            [](const Result<void>&) {});
        inside->get_future().wait();
        return [open] { open->set_value(); };
    }

    std::unique_ptr<tests::TemporaryFolder> m_folder;
};

QTEST_APPLESS_MAIN(WriteQueueTest)
#include "tst_write_queue.moc"
