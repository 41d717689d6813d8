// From the start of the process plumbline-console to a painted window that can be used: the sample workspace,
// already indexed, everything warm, no display. Prints one line a figure; ends with 1 when the limit is
// broken. Usage: bench_startup CONSOLE [runs, default 15]
#include <array>
#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/figures.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::bench;

namespace {

constexpr double kLimit = 400; // ms

struct Start {
    double outside = 0; // ms from before the process was made to the line it prints when it can be used
    double inside = 0;  // ms as the console counts them, from main()
};

// Starts the console with one more argument, or two; waits for the first line it prints, and for its end.
Start started(const char* console, const char* flag, const char* value)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) {
        std::exit(1);
    }
    const auto begun = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl(console, console, flag, value, nullptr);
        _exit(127);
    }
    close(ends[1]);
    Start start;
    std::string line;
    char c = 0;
    while (read(ends[0], &c, 1) == 1 && c != '\n') {
        line += c;
    }
    start.outside = secondsSince(begun) * 1000;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::cerr << console << " ended with status " << status << '\n';
        std::exit(1);
    }
    if (line.starts_with("startup ")) {
        start.inside = std::strtod(line.c_str() + 8, nullptr);
    }
    return start;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 2) {
        std::cerr << "usage: bench_startup CONSOLE [runs]\n";
        return 2;
    }
    const tests::TemporaryFolder folder;
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
    setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
    // Makes the sample workspace and its index, and warms up.
    started(arguments[1], "--screenshot", (folder.path() / "window.png").c_str());
    started(arguments[1], "--time-startup", nullptr);
    const int runs = count > 2 ? std::atoi(arguments[2]) : 15;
    std::vector<double> outside;
    std::vector<double> inside;
    for (int i = 0; i < runs; ++i) {
        const Start start = started(arguments[1], "--time-startup", nullptr);
        outside.push_back(start.outside);
        inside.push_back(start.inside);
    }
    std::ranges::sort(outside);
    std::ranges::sort(inside);
    const std::size_t middle = outside.size() / 2;
    Figures figures;
    figures.atMost("process start to a usable window, median", outside[middle], kLimit, "ms");
    figures.print("  slowest", outside.back(), "ms");
    figures.print("  of that from main(), median", inside[middle], "ms");
    return figures.exitCode();
}
