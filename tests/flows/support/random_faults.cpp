#include "tests/flows/support/random_faults.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/flows/support/running_command.h"

namespace plumbline::tests {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

// What is wrong with the end of a run that got `signal`; empty when nothing.
std::string badEnd(const CommandOutcome& outcome, int signal)
{
    if (outcome.exitCode == 0 || outcome.exitCode == 128 + signal) {
        return "";
    }
    return "the run ended with exit " + std::to_string(outcome.exitCode) + ": " + outcome.err;
}

// What is wrong with what the workspace shows after a run; sets `inService` to the run that it answers from.
std::string badLook(const RunFolder& folder, int& inService, int run, bool done)
{
    const RunFolder::View view = folder.view();
    std::string problem;
    if (!view.problem.empty()) {
        problem = " search: " + view.problem;
    } else if (view.run != run && (done || view.run != inService)) {
        problem = " search answers from run " + std::to_string(view.run);
    }
    inService = view.run;
    if (const CommandOutcome doctor = folder.command({"doctor"}); doctor.exitCode != 0) {
        problem += " doctor: " + doctor.out;
    }
    return problem;
}

} // namespace

FaultCount strike(const RunFolder& folder, int signal, int rounds, unsigned seed)
{
    FaultCount count;
    std::mt19937 random(seed);
    int inService = 0;
    double wholeRun = 400; // milliseconds; follows what is met
    for (int run = 1; run <= rounds && count.problem.empty(); ++run) {
        folder.write(run);
        const double share = static_cast<double>(random() % 1'000U) / 1'000.0;
        const auto begun = Clock::now();
        RunningCommand index(folder.arguments({"index"}));
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(share * wholeRun * 1.1));
        const bool caught = !index.ended();
        const auto sent = Clock::now();
        index.send(signal);
        const CommandOutcome outcome = index.finish();
        count.hit += caught ? 1 : 0;
        count.through += caught ? 0 : 1;
        count.slowest = std::max(count.slowest, caught ? milliseconds(Clock::now() - sent) : 0.0);
        count.problem = badEnd(outcome, signal) + badLook(folder, inService, run, outcome.exitCode == 0);
        const bool isNew = inService == run;
        count.switched += caught && isNew ? 1 : 0;
        if (!caught) {
            wholeRun = std::min(wholeRun, milliseconds(sent - begun)) * 0.95;
        } else if (!isNew && share > 0.8) {
            wholeRun *= 1.15; // the machine is slower than was thought
        }
        if (!count.problem.empty()) {
            count.problem = "round " + std::to_string(run) + ": " + count.problem;
        }
    }
    return count;
}

std::string notWholeAfter(const RunFolder& folder, int run)
{
    if (const CommandOutcome outcome = folder.command({"index"}); outcome.exitCode != 0) {
        return "index exits " + std::to_string(outcome.exitCode) + ": " + outcome.err;
    }
    const RunFolder::View view = folder.view();
    if (view.run != run) {
        return "search answers from run " + std::to_string(view.run) + ": " + view.problem;
    }
    std::string left;
    for (const std::string& stray : folder.strays()) {
        left += " " + stray;
    }
    return left.empty() ? "" : "left behind:" + left;
}

} // namespace plumbline::tests
