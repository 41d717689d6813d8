// The model behind a pretended endpoint.
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <thread>

#include "app/llm/simulated_chat_model.h"

using namespace plumbline;
using namespace plumbline::llm;

namespace {

Endpoint pretended()
{
    Endpoint endpoint;
    endpoint.name = "pretend";
    endpoint.kind = EndpointKind::Simulated;
    endpoint.simulation.firstTokenMs = 400;
    endpoint.simulation.spread = 0.5;
    endpoint.simulation.tokensPerSecond = 50;
    return endpoint;
}

Result<std::string> fourWords(const ChatRequest&, std::stop_token)
{
    return std::string("Yes, within two hours.");
}

ChatRequest asking(int number)
{
    ChatRequest request;
    request.messages = {{Role::User, "question " + std::to_string(number)}};
    return request;
}

} // namespace

class SimulatedTest : public QObject {
    Q_OBJECT

private slots:
    void streamsAtTheStatedSpeed();
    void givesTheSameCourseForTheSameSeed();
    void drawsALogNormalDelay();
    void failsAsOftenAsStated();
    void handsOnErrorsOfTheAnswer();
    void stopsWhileItWaits();
    void reallyStopsWithin200Ms();
    void isInstantWithoutNumbers();
};

void SimulatedTest::streamsAtTheStatedSpeed()
{
    std::vector<double> waits;
    const SimulatedChatModel model(pretended(), fourWords,
                                   [&](std::chrono::nanoseconds time, std::stop_token) {
                                       waits.push_back(static_cast<double>(time.count()) / 1e6);
                                       return true;
                                   });
    std::string streamed;
    const auto reply = model.chat(asking(1), {}, [&](std::string_view piece) { streamed += piece; });
    QVERIFY(reply.has_value());
    QVERIFY(reply->simulated && !reply->replayed);
    QCOMPARE(streamed, reply->text);
    // "Yes, " "within " "two " "hours." are 2 + 2 + 1 + 2 tokens of 20 ms, after the first wait.
    QCOMPARE(waits.size(), std::size_t{5});
    QCOMPARE(waits[1] + waits[2] + waits[3] + waits[4], 140.0);
    QVERIFY(std::abs(waits[0] - reply->firstTokenMs) < 0.001);
    QVERIFY(std::abs(reply->totalMs - reply->firstTokenMs - 140) < 0.001);
    QVERIFY(reply->usage.estimated && reply->usage.output.count > 0 && reply->usage.input.count > 0);
}

void SimulatedTest::givesTheSameCourseForTheSameSeed()
{
    Simulation one = pretended().simulation;
    const auto first = courseOf(one, "d1");
    QCOMPARE(courseOf(one, "d1").firstTokenMs, first.firstTokenMs);
    QVERIFY(courseOf(one, "d2").firstTokenMs != first.firstTokenMs);
    one.seed = 2;
    QVERIFY(courseOf(one, "d1").firstTokenMs != first.firstTokenMs);
}

void SimulatedTest::drawsALogNormalDelay()
{
    std::vector<double> logs;
    for (int i = 0; i < 4'000; ++i) {
        logs.push_back(std::log(courseOf(pretended().simulation, std::to_string(i)).firstTokenMs / 400));
    }
    double mean = 0;
    double square = 0;
    for (const double value : logs) {
        mean += value / 4'000;
        square += value * value / 4'000;
    }
    std::ranges::sort(logs);
    QVERIFY(std::abs(mean) < 0.03);
    QVERIFY(std::abs(std::sqrt(square) - 0.5) < 0.03);
    QVERIFY(std::abs(logs[3'800] - 0.5 * 1.6449) < 0.06); // the 95th percentile of a normal
    Simulation fixed = pretended().simulation;
    fixed.spread = 0;
    QCOMPARE(courseOf(fixed, "x").firstTokenMs, 400.0);
}

void SimulatedTest::failsAsOftenAsStated()
{
    Endpoint endpoint = pretended();
    endpoint.simulation.errorRate = 0.1;
    endpoint.simulation.rateLimitRate = 0.2;
    const SimulatedChatModel model(endpoint, fourWords, [](auto, auto) { return true; });
    int failed = 0;
    int limited = 0;
    for (int i = 0; i < 2'000; ++i) {
        const auto reply = model.chat(asking(i), {}, {});
        if (!reply) {
            QVERIFY(reply.error().code == ErrorCode::Network);
            const bool isLimit = reply.error().message.find("simulated: 429") == 0;
            QVERIFY(isLimit || reply.error().message.find("simulated: 503") == 0);
            ++(isLimit ? limited : failed);
        }
    }
    QVERIFY2(failed > 150 && failed < 250, std::to_string(failed).c_str());
    QVERIFY2(limited > 330 && limited < 470, std::to_string(limited).c_str());
}

void SimulatedTest::handsOnErrorsOfTheAnswer()
{
    const SimulatedChatModel model(
        pretended(),
        [](const ChatRequest&, std::stop_token) -> Result<std::string> {
            return failure(ErrorCode::Corrupt, "the index is damaged");
        },
        [](auto, auto) { return true; });
    QVERIFY(model.chat(asking(1), {}, {}).error().code == ErrorCode::Corrupt);
}

void SimulatedTest::stopsWhileItWaits()
{
    std::stop_source stop;
    int sleeps = 0;
    const SimulatedChatModel model(pretended(), fourWords, [&](auto, const std::stop_token&) {
        return ++sleeps < 3 || !stop.request_stop();
    });
    std::string streamed;
    const auto reply =
        model.chat(asking(1), stop.get_token(), [&](std::string_view piece) { streamed += piece; });
    QVERIFY(!reply.has_value());
    QVERIFY(reply.error().code == ErrorCode::Cancelled);
    QCOMPARE(streamed, std::string("Yes, "));
    QVERIFY(model.chat(asking(1), stop.get_token(), {}).error().code == ErrorCode::Cancelled);
}

void SimulatedTest::reallyStopsWithin200Ms()
{
    Endpoint endpoint = pretended();
    endpoint.simulation.firstTokenMs = 600'000;
    endpoint.simulation.spread = 0;
    const SimulatedChatModel model(endpoint, fourWords);
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    std::jthread stopper([&] {
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
    });
    const auto reply = model.chat(asking(1), stop.get_token(), {});
    stopper.join();
    QVERIFY(reply.error().code == ErrorCode::Cancelled);
    QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::milliseconds(200));
}

void SimulatedTest::isInstantWithoutNumbers()
{
    Endpoint endpoint;
    endpoint.name = "pretend";
    const SimulatedChatModel model(endpoint, fourWords);
    const auto reply = model.chat(asking(1), {}, {});
    QVERIFY(reply.has_value());
    QCOMPARE(reply->totalMs, 0.0);
}

QTEST_APPLESS_MAIN(SimulatedTest)
#include "tst_simulated_chat_model.moc"
