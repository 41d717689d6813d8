// How fast the client of models is: against the fault server in a process of its own, over loopback.
//
//     bench_models FAULT_SERVER
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "app/llm/openai_chat_model.h"
#include "tests/bench/figures.h"
#include "tests/support/fault_server/server_process.h"

using namespace plumbline;
using bench::Clock;

namespace {

constexpr int kConcurrency = 20;

llm::ChatRequest question(int number)
{
    return {{{llm::Role::User, "question number " + std::to_string(number)}}, {}, {}};
}

llm::OpenAiChatModel modelAt(const std::string& base, const std::string& prefix, int concurrency)
{
    llm::Endpoint endpoint;
    endpoint.name = "bench";
    endpoint.model = "echo";
    endpoint.url = base.substr(0, base.rfind("/v1")) + prefix + "/v1";
    endpoint.concurrency = concurrency;
    endpoint.retries = 0;
    return llm::OpenAiChatModel(
        llm::EndpointClient(std::make_shared<net::HttpClient>(), endpoint, Secret("bench-key")));
}

// Seconds for `count` requests from as many threads as may be under way; each answer is checked.
double timeRequests(const llm::OpenAiChatModel& model, int count, int threads)
{
    std::atomic<int> next = 0;
    const auto begun = Clock::now();
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                for (int number = next++; number < count; number = next++) {
                    const auto reply = bench::valueOrExit(model.chat(question(number), {}, {}));
                    if (reply.text != "Echo: question number " + std::to_string(number))
                        std::exit(1);
                }
            });
        }
    }
    return bench::secondsSince(begun);
}

struct Streams {
    int whole = 0;
    double longestGapMs = 0; // between two pieces of text as their reader gets them
    double seconds = 0;
};

Streams timeStreams(const llm::OpenAiChatModel& model, int count)
{
    std::string words;
    for (int i = 0; i < 100; ++i)
        words += "word ";
    Streams streams;
    std::mutex mutex;
    const auto begun = Clock::now();
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < count; ++i) {
            readers.emplace_back([&] {
                double longest = 0;
                std::optional<Clock::time_point> last;
                const llm::ChatRequest request{{{llm::Role::User, words}}, {}, {}};
                const auto reply = model.chat(request, {}, [&](std::string_view) {
                    const auto now = Clock::now();
                    if (last)
                        longest =
                            std::max(longest, std::chrono::duration<double, std::milli>(now - *last).count());
                    last = now;
                });
                const std::lock_guard lock(mutex);
                streams.whole += reply && reply->text == "Echo: " + words ? 1 : 0;
                streams.longestGapMs = std::max(streams.longestGapMs, longest);
            });
        }
    }
    streams.seconds = bench::secondsSince(begun);
    return streams;
}

double peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "usage: bench_models FAULT_SERVER\n";
        return 2;
    }
    const tests::ServerProcess server({arguments[1]});
    bench::Figures figures;

    const auto delayed = modelAt(server.line(), "/delay/50", kConcurrency);
    const double seconds = timeRequests(delayed, 2000, kConcurrency);
    figures.atMost("2,000 requests of 50 ms, 20 at once", seconds, 5.0 * 1.15, "s");

    const auto quick = modelAt(server.line(), "", kConcurrency);
    timeRequests(quick, 200, kConcurrency); // the connections are open from here on
    const double quickSeconds = timeRequests(quick, 10'000, kConcurrency);
    figures.atLeast("requests without delay, 20 at once", 10'000 / quickSeconds, 2000, "1/s");

    constexpr int kStreams = 256;
    const Streams streams = timeStreams(modelAt(server.line(), "/pace/20", kStreams), kStreams);
    figures.atLeast("whole streams of 256 at once", streams.whole, kStreams, "");
    figures.print("their time, 2.0 s ideal", streams.seconds, "s");
    figures.atMost("longest gap in a stream of an event each 20 ms", streams.longestGapMs, 100, "ms");
    figures.atMost("peak memory of the client", peakMegabytes(), 80, "MB");
    return figures.exitCode();
}
