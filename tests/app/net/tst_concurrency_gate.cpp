// How many requests a server gets at once.
#include <QtTest>

#include <atomic>
#include <future>
#include <thread>

#include "app/net/concurrency_gate.h"

using namespace plumbline;
using net::ConcurrencyGate;

class ConcurrencyGateTest : public QObject {
    Q_OBJECT

private slots:
    void halvesOnTooMany()
    {
        ConcurrencyGate gate(8);
        for (const int limit : {4, 2, 1, 1}) {
            gate.enter({})->tooMany();
            QCOMPARE(gate.limit(), limit);
        }
    }

    void halvesOnceForABurst()
    {
        ConcurrencyGate gate(8);
        std::vector<ConcurrencyGate::Place> burst;
        for (int i = 0; i < 8; ++i)
            burst.push_back(std::move(*gate.enter({})));
        for (auto& place : burst)
            place.tooMany();
        QCOMPARE(gate.limit(), 4);
        burst.clear();
        gate.enter({})->tooMany();
        QCOMPARE(gate.limit(), 2);
    }

    void growsByOneWithEachRound()
    {
        ConcurrencyGate gate(8);
        gate.enter({})->tooMany();
        gate.enter({})->tooMany();
        QCOMPARE(gate.limit(), 2);
        int successes = 0;
        for (; gate.limit() < 4; ++successes)
            gate.enter({})->succeeded();
        QVERIFY2(successes >= 5 && successes <= 6,
                 qPrintable(QString::number(successes))); // 2 + 3 and the rest
        for (int i = 0; i < 100; ++i)
            gate.enter({})->succeeded();
        QCOMPARE(gate.limit(), 8);
    }

    void letsInNoMoreThanTheLimit()
    {
        ConcurrencyGate gate(3);
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 12; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 50; ++round) {
                    const auto place = gate.enter({});
                    const int now = ++inside;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                    }
                    std::this_thread::yield();
                    --inside;
                }
            });
        }
        threads.clear();
        QCOMPARE(most.load(), 3);
    }

    void stopsWaitingWhenStopped()
    {
        ConcurrencyGate gate(1);
        const auto held = gate.enter({});
        std::stop_source stop;
        auto waiting =
            std::async(std::launch::async, [&] { return gate.enter(stop.get_token()).has_value(); });
        stop.request_stop();
        QVERIFY(!waiting.get());
    }

    void takesAtLeastOne()
    {
        ConcurrencyGate gate(0);
        QCOMPARE(gate.limit(), 1);
        QVERIFY(gate.enter({}));
    }
};

QTEST_APPLESS_MAIN(ConcurrencyGateTest)
#include "tst_concurrency_gate.moc"
