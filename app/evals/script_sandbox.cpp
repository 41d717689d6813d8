#include "app/evals/script_sandbox.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/evals/script_engine.h"

namespace plumbline::evals {

namespace {

using Clock = std::chrono::steady_clock;

// The child: no other thread of the program lives in it, and it leaves by _exit() alone.
[[noreturn]] void serve(const Script& script, const std::string& output, const std::string& context, int pipe)
{
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
    const auto seconds = static_cast<rlim_t>(script.limit.count() / 1000 + 2);
    const rlimit cpu{seconds, seconds};
    (void)::setrlimit(RLIMIT_CPU, &cpu);
    const std::string answer = evaluateScript({script.body, output, context, script.memory});
    for (std::size_t at = 0; at < answer.size();) {
        const ssize_t written = ::write(pipe, answer.data() + at, answer.size() - at);
        if (written <= 0 && errno != EINTR)
            break;
        at += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    ::_exit(0);
}

// False: the limit passed before the other side closed.
bool readAll(int pipe, Clock::time_point deadline, std::string& out)
{
    constexpr std::size_t kLongest = 16'000'000;
    std::array<char, 65536> buffer{};
    while (out.size() < kLongest) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd ready{pipe, POLLIN, 0};
        const int polled = left.count() > 0 ? ::poll(&ready, 1, static_cast<int>(left.count())) : 0;
        if (polled == 0)
            return false;
        if (polled < 0)
            continue; // a signal
        const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
        if (got == 0)
            return true;
        if (got > 0)
            out.append(buffer.data(), static_cast<std::size_t>(got));
        else if (errno != EINTR)
            return true;
    }
    return false;
}

Result<ScriptEnd> understood(const std::string& answer)
{
    ScriptEnd end;
    const std::string text = answer.empty() ? std::string() : answer.substr(1);
    switch (answer.empty() ? kScriptTooLarge : answer.front()) {
    case kScriptReturned:
        end.value =
            text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(text, nullptr, false);
        return end;
    case kScriptThrew:
        end.threw = true;
        end.message = text;
        return end;
    case kScriptUnsupported:
        return failure(ErrorCode::Unsupported,
                       "the script needs more than ECMAScript 5.1, or is none: " + text);
    default:
        return failure(ErrorCode::TooLarge, "the script used up its memory");
    }
}

} // namespace

Result<ScriptEnd> runScript(const Script& script)
{
    // Made ready here: the child should do as little as it can.
    const std::string output =
        script.output.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    const std::string context =
        script.context.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failure(ErrorCode::Internal, "cannot open a pipe to run a script");
    const pid_t child = ::fork();
    if (child == 0)
        serve(script, output, context, ends[1]);
    ::close(ends[1]);
    std::string answer;
    const bool done = child > 0 && readAll(ends[0], Clock::now() + script.limit, answer);
    ::close(ends[0]);
    if (child < 0)
        return failure(ErrorCode::Internal, "cannot start a process to run a script");
    if (!done)
        ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (!done)
        return failure(ErrorCode::TooLarge,
                       "the script took longer than " + std::to_string(script.limit.count()) + " ms");
    return understood(answer);
}

} // namespace plumbline::evals
