#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <stop_token>
#include <thread>

#include <unistd.h>

#include "app/base/crash_report.h"
#include "app/base/process_limits.h"
#include "app/cli/commands.h"
#include "app/cli/terminal_filter.h"
#include "app/workspace/user_folders.h"

namespace {

// Waits for Ctrl+C on a thread of its own: the first asks the work to stop, the second ends the process.
void watchSignals(std::stop_source stop)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr); // before other threads start: they inherit it
    std::thread([set, stop]() mutable {
        int signal = 0;
        while (sigwait(&set, &signal) == 0) {
            if (!stop.request_stop()) {
                _exit(plumbline::cli::kInterrupted);
            }
        }
    }).detach();
}

} // namespace

int main(int argc, char** argv)
{
    plumbline::forbidCoreDumps();
    try {
        plumbline::installCrashReport(plumbline::workspace::userStateFolder(), PLUMBLINE_VERSION);
        std::stop_source stop;
        watchSignals(stop);
        (void)std::signal(SIGPIPE, SIG_IGN);
        std::optional<plumbline::cli::TerminalFilter> filter;
        if (isatty(STDOUT_FILENO) != 0) {
            filter.emplace(std::cout);
        }
        const int code = plumbline::cli::run(argc, argv, stop.get_token());
        std::cout.flush();
        return stop.stop_requested() ? plumbline::cli::kInterrupted : code;
    } catch (const std::exception& error) {
        std::cerr << "plumbline: internal error: " << error.what() << "; please report it\n";
        return plumbline::cli::kEnvironment;
    }
}
