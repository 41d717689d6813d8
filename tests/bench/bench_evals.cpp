// A suite of 1,000 cases, 2 prompts and 3 assertions through the command, against the fault server in a
// process of its own, over loopback.
//
//     bench_evals FAULT_SERVER PLUMBLINE
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

#include "app/base/process.h"
#include "tests/bench/figures.h"
#include "tests/support/fault_server/server_process.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using bench::Clock;

namespace {

constexpr int kCases = 1'000;
constexpr int kConcurrency = 20;
constexpr double kIdealSeconds = 5.0; // 2,000 answers after 50 ms each, 20 at once

void writeWorkspace(const std::filesystem::path& home, const std::string& url)
{
    std::filesystem::create_directories(home / "suites");
    std::ofstream(home / "workspace.yaml")
        << "name: bench\nmodels:\n  served: {model: echo, price: free, retries: 0, concurrency: "
        << kConcurrency << ", url: \"" << url << "\"}\n";
    std::ofstream suite(home / "suites" / "many.yaml");
    suite << "prompts: [{label: a, text: \"Say {{question}}\"}, {label: b, text: \"Tell me {{question}}\"}]\n"
             "models: [served]\ndefaults:\n  assert:\n    - {type: contains, value: number}\n"
             "    - {type: icontains, value: ECHO}\n    - {type: not-equals, value: nothing}\ncases:\n";
    for (int i = 0; i < kCases; ++i) {
        suite << "  - {id: c" << i << ", question: \"number " << i << "\"}\n";
    }
}

struct Taken {
    double seconds = 0;
    double megabytes = 0; // peak of any child so far
};

Taken run(const std::string& plumbline, const std::filesystem::path& home)
{
    ProcessRequest request;
    request.arguments = {plumbline, "--workspace",      home.string(),   "eval",
                         "run",     "suites/many.yaml", "--concurrency", std::to_string(kConcurrency),
                         "--quiet"};
    request.limit = std::chrono::minutes(3);
    const auto begun = Clock::now();
    const auto result = bench::valueOrExit(runProcess(request, {}));
    Taken taken{bench::secondsSince(begun), 0};
    if (result.exitCode != 0 || result.output.find("2000/2000  finished") == std::string::npos) {
        std::cerr << result.output << result.errors;
        std::exit(1);
    }
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    taken.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
    return taken;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "expected the fault server and the command\n";
        return 2;
    }
    const tests::ServerProcess server({argv[1]});
    const std::string base = server.line().substr(0, server.line().rfind("/v1"));
    bench::Figures figures;
    const auto best = [&](const std::string& prefix) {
        Taken least{1e9, 0};
        for (int i = 0; i < 3; ++i) {
            const tests::TemporaryFolder home;
            writeWorkspace(home.path(), base + prefix + "/v1");
            const Taken taken = run(argv[2], home.path());
            least.seconds = std::min(least.seconds, taken.seconds);
            least.megabytes = std::max(least.megabytes, taken.megabytes);
        }
        return least;
    };
    const Taken atOnce = best("");
    // promptfoo 0.123 took 16 to 25 s and 291 to 472 MB for the same: a fifteenth and a fifth of the least.
    figures.atMost("2,000 answers, no delay", atOnce.seconds, 16.0 / 15, "s");
    figures.atMost("peak memory", atOnce.megabytes, 291.0 / 5, "MB");
    const Taken delayed = best("/delay/50");
    figures.atMost("2,000 answers, 50 ms each, 20 at once", delayed.seconds, 1.15 * kIdealSeconds, "s");
    return figures.exitCode();
}
