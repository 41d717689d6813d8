#include <atomic>
#include <thread>

#include <QSignalSpy>
#include <QtTest>

#include "ui/jobs/job.h"
#include "ui/jobs/job_list.h"

using plumbline::ErrorCode;
using plumbline::Progress;
using plumbline::Result;
using plumbline::ui::jobs::Job;
using plumbline::ui::jobs::JobList;

namespace {

// Works until it is stopped.
Result<int> untilStopped(const Job<int>::Context& context)
{
    while (!context.stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return plumbline::failure(ErrorCode::Cancelled, "stopped");
}

} // namespace

class TestJob : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partialProgressAndEndArriveInOrder()
    {
        Job<int> job(QStringLiteral("counting"));
        QStringList events;
        connect(&job, &Job<int>::progressed, this,
                [&] { events << QStringLiteral("progress %1").arg(job.lastProgress().done); });
        job.start(
            [](const Job<int>::Context& context) -> Result<int> {
                context.partial(1);
                context.progress({"counting", 1, 1, "things", 0, {}});
                context.partial(2);
                return 3;
            },
            [&](Result<int> end) { events << QStringLiteral("end %1").arg(*end); },
            [&](int part) { events << QStringLiteral("partial %1").arg(part); });
        QVERIFY(job.isRunning());
        QTRY_VERIFY(!job.isRunning());
        QCOMPARE(events.join(QStringLiteral(", ")),
                 QStringLiteral("partial 1, progress 1, partial 2, end 3"));
    }

    void theLatestStartWins()
    {
        Job<int> job(QStringLiteral("asking"));
        QList<int> ends;
        std::atomic<int> stopped = 0;
        for (int i = 0; i < 20; ++i) {
            job.start(
                [i, &stopped](const Job<int>::Context& context) -> Result<int> {
                    for (int wait = 0; i < 19 && wait < 2000 && !context.stop.stop_requested(); ++wait)
                        std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    stopped += context.stop.stop_requested() ? 1 : 0;
                    return i;
                },
                [&](Result<int> end) { ends << *end; });
        }
        QTRY_VERIFY_WITH_TIMEOUT(!job.isRunning(), 5000);
        QTest::qWait(20);
        QCOMPARE(ends, QList<int>{19});
        QVERIFY(stopped > 0);
    }

    void destroyingStopsTheWorkAndWaitsForIt()
    {
        std::atomic<bool> running = false;
        bool delivered = false;
        {
            Job<int> job(QStringLiteral("indexing"));
            job.start(
                [&](const Job<int>::Context& context) {
                    running = true;
                    auto end = untilStopped(context);
                    running = false;
                    return end;
                },
                [&](Result<int>) { delivered = true; });
            while (!running)
                QThread::msleep(1);
        }
        QVERIFY(!running);
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

    void cancelEndsWithWhatTheWorkSays()
    {
        Job<int> job(QStringLiteral("asking"));
        std::optional<ErrorCode> code;
        job.start(untilStopped, [&](Result<int> end) { code = end.error().code; });
        job.cancel();
        QTRY_VERIFY(code.has_value());
        QVERIFY(*code == ErrorCode::Cancelled);
        job.cancel(); // idle: nothing
    }

    void theEndMayStartTheJobAgain()
    {
        Job<int> job(QStringLiteral("chain"));
        int last = 0;
        std::function<void(Result<int>)> end = [&](Result<int> value) {
            last = *value;
            if (last < 3)
                job.start([next = last + 1](const auto&) -> Result<int> { return next; }, end);
        };
        job.start([](const auto&) -> Result<int> { return 1; }, end);
        QTRY_COMPARE(last, 3);
    }

    void theEndMayDestroyTheJob()
    {
        auto* job = new Job<int>(QStringLiteral("short"));
        bool ended = false;
        job->start([](const auto&) -> Result<int> { return 1; },
                   [&](Result<int>) {
                       delete job;
                       ended = true;
                   });
        QTRY_VERIFY(ended);
    }

    void whatIsThrownBecomesAnError_data()
    {
        QTest::addColumn<bool>("standard");
        QTest::newRow("a standard exception") << true;
        QTest::newRow("something else") << false;
    }
    void whatIsThrownBecomesAnError()
    {
        QFETCH(const bool, standard);
        Job<int> job(QStringLiteral("throwing"));
        std::optional<plumbline::Error> error;
        job.start(
            [standard](const auto&) -> Result<int> {
                if (standard)
                    throw std::runtime_error("no luck");
                throw 7;
            },
            [&](Result<int> end) { error = end.error(); });
        QTRY_VERIFY(error.has_value());
        QVERIFY(error->code == ErrorCode::Internal);
        QVERIFY(!standard || error->message == "no luck");
    }

    void theListShowsTheJobStartedLast()
    {
        JobList list;
        Job<int> one(QStringLiteral("one"));
        auto two = std::make_unique<Job<int>>(QStringLiteral("two"));
        list.watch(two.get());
        list.watch(&one);
        QVERIFY(list.current() == nullptr);
        one.start(untilStopped, {});
        two->start(untilStopped, {});
        QCOMPARE(list.running(), 2);
        QCOMPARE(list.current()->title(), QStringLiteral("two"));
        two.reset();
        QCOMPARE(list.current()->title(), QStringLiteral("one"));
        one.cancel();
        QTRY_VERIFY(list.current() == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
