// When another attempt is made, and how long it waits. No row sleeps.
#include <QtTest>

#include "app/net/retry.h"

using namespace plumbline;
using std::chrono::milliseconds;

namespace {

net::Attempt status(int code, const std::string& retryAfter = {})
{
    net::HttpReply reply;
    reply.head.status = code;
    if (!retryAfter.empty())
        reply.head.headers = {{"Retry-After", retryAfter}};
    return {reply};
}

net::Attempt fault(net::Fault kind)
{
    net::HttpFailure failure;
    failure.fault = kind;
    return {tl::unexpected(failure)};
}

constexpr std::time_t kNow = 784'111'777; // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110

} // namespace

class RetryTest : public QObject {
    Q_OBJECT

private slots:
    void readsRetryAfter_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<qlonglong>("wait"); // ms; -1: none
        QTest::newRow("seconds") << "120" << 120'000LL;
        QTest::newRow("none at all") << "0" << 0LL;
        QTest::newRow("blanks around") << " 3 " << 3'000LL;
        QTest::newRow("a date") << "Sun, 06 Nov 1994 08:49:47 GMT" << 10'000LL;
        QTest::newRow("a date of RFC 850") << "Sunday, 06-Nov-94 08:49:40 GMT" << 3'000LL;
        QTest::newRow("a date that has passed") << "Sun, 06 Nov 1994 08:00:00 GMT" << 0LL;
        QTest::newRow("more than a day") << "99999999" << 86'400'000LL;
        QTest::newRow("negative") << "-5" << -1LL;
        QTest::newRow("a fraction") << "1.5" << -1LL;
        QTest::newRow("words") << "soon" << -1LL;
        QTest::newRow("nothing") << "" << -1LL;
        QTest::newRow("too many digits") << "99999999999999999999" << -1LL;
    }

    void readsRetryAfter()
    {
        QFETCH(QString, value);
        QFETCH(qlonglong, wait);
        const auto read = net::retryAfter(value.toStdString(), std::chrono::system_clock::from_time_t(kNow));
        QCOMPARE(read ? static_cast<qlonglong>(read->count()) : -1LL, wait);
    }

    void choosesWhatToRepeat_data()
    {
        QTest::addColumn<int>("status"); // 0: the fault
        QTest::addColumn<int>("fault");
        QTest::addColumn<bool>("repeated");
        for (const int code : {408, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", code) << code << 0 << true;
        for (const int code : {200, 201, 400, 401, 403, 404, 409, 413, 422, 501})
            QTest::addRow("%d", code) << code << 0 << false;
        const auto row = [](const char* name, net::Fault kind, bool repeated) {
            QTest::newRow(name) << 0 << static_cast<int>(kind) << repeated;
        };
        row("refused", net::Fault::Refused, true);
        row("broken off", net::Fault::Broken, true);
        row("an unknown host", net::Fault::UnknownHost, false);
        row("a bad certificate", net::Fault::Tls, false);
        row("too large", net::Fault::TooLarge, false);
        row("a redirect", net::Fault::Redirect, false);
        row("cancelled", net::Fault::Cancelled, false);
        row("the connect limit", net::Fault::ConnectTime, false);
        row("the total limit", net::Fault::TotalTime, false);
    }

    void choosesWhatToRepeat()
    {
        QFETCH(int, status);
        QFETCH(int, fault);
        QFETCH(bool, repeated);
        int made = 0;
        const auto outcome = run({}, [&] {
            ++made;
            return status > 0 ? ::status(status) : ::fault(static_cast<net::Fault>(fault));
        });
        QCOMPARE(made, repeated ? 5 : 1);
        QCOMPARE(outcome.attempts, made);
    }

    void neverRepeatsWhatWasShown()
    {
        int made = 0;
        run({}, [&] {
            ++made;
            net::Attempt attempt = fault(net::Fault::Broken);
            attempt.mayRepeat = false;
            return attempt;
        });
        QCOMPARE(made, 1);
    }

    void waitsTwiceAsLongEachTime()
    {
        m_random = 1;
        net::RetryPolicy policy;
        policy.retries = 6;
        run(policy, [] { return status(503); });
        QCOMPARE(m_waits, (std::vector<int>{500, 1000, 2000, 4000, 8000, 8000}));
    }

    void jittersDownToNothing()
    {
        m_random = 0;
        run({}, [] { return status(503); });
        QCOMPARE(m_waits, (std::vector<int>{0, 0, 0, 0}));
    }

    void waitsAsLongAsTheServerSays()
    {
        run({}, [n = 0]() mutable { return ++n < 3 ? status(429, "20") : status(200); });
        QCOMPARE(m_waits, (std::vector<int>{20'000, 20'000}));
    }

    void neverWaitsLongerInAllThanItMay()
    {
        const auto outcome = run({}, [] { return status(429, "25"); });
        QCOMPARE(m_waits, (std::vector<int>{25'000, 25'000})); // a third would make 75 of 60 s
        QCOMPARE(outcome.attempts, 3);
        QCOMPARE(outcome.result->head.status, 429);
    }

    void stopsWhileWaiting()
    {
        std::stop_source stop;
        stop.request_stop();
        int made = 0;
        const auto outcome = net::withRetries({}, clock(), stop.get_token(), [&] {
            ++made;
            return status(503);
        });
        QCOMPARE(made, 1);
        QVERIFY(!outcome.result);
        QVERIFY(outcome.result.error().code == ErrorCode::Cancelled);
    }

    void systemClockStopsAWaitAtOnce()
    {
        std::stop_source stop;
        stop.request_stop();
        const net::RetryClock system = net::systemRetryClock();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!system.wait(milliseconds(60'000), stop.get_token()));
        QVERIFY(timer.elapsed() < 200);
        QVERIFY(system.wait(milliseconds(1), {}));
        QVERIFY(system.random() >= 0 && system.random() <= 1);
    }

private slots:
    void init()
    {
        m_waits.clear();
        m_random = 0.5;
    }

private:
    net::RetryClock clock()
    {
        return {[] { return std::chrono::system_clock::from_time_t(kNow); },
                [this](milliseconds time, std::stop_token stop) {
                    m_waits.push_back(static_cast<int>(time.count()));
                    return !stop.stop_requested();
                },
                [this] { return m_random; }};
    }
    net::RetryOutcome run(const net::RetryPolicy& policy, const std::function<net::Attempt()>& attempt)
    {
        return net::withRetries(policy, clock(), {}, attempt);
    }

    std::vector<int> m_waits;
    double m_random = 0.5;
};

QTEST_APPLESS_MAIN(RetryTest)
#include "tst_retry.moc"
