#include "app/base/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/secret_source.h"

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace plumbline {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kStep = 20; // milliseconds between looks at the stop token and the clock

// Both ends of a channel between us and the program.
struct Channel {
    int ours = -1;
    int theirs = -1;

    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    ~Channel()
    {
        close(ours);
        close(theirs);
    }
    // Sockets, not pipes: writing to a program that has gone must not raise SIGPIPE.
    bool open()
    {
        std::array<int, 2> both{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0) {
            return false;
        }
        ours = both[0];
        theirs = both[1];
        return ::fcntl(ours, F_SETFL, O_NONBLOCK) == 0;
    }
    static void close(int& fd)
    {
        if (fd >= 0) {
            ::close(fd);
        }
        fd = -1;
    }
};

std::vector<std::string> environmentOf(const ProcessRequest& request)
{
    std::vector<std::string> out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (text.starts_with(kSecretPrefix)) {
            continue; // keys are for endpoints, not for other programs
        }
        if (!request.environment.contains(std::string(text.substr(0, text.find('='))))) {
            out.emplace_back(text);
        }
    }
    for (const auto& [name, value] : request.environment) {
        if (value) {
            out.push_back(name + "=" + *value);
        }
    }
    return out;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> out;
    for (std::string& text : texts) {
        out.push_back(text.data());
    }
    out.push_back(nullptr);
    return out;
}

class Process {
public:
    explicit Process(const ProcessRequest& request) : m_request(request), m_name(request.arguments.front()) {}
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process()
    {
        if (m_child > 0) {
            ::kill(-m_child, SIGKILL);
            ::kill(m_child, SIGKILL);
            int status = 0;
            while (::waitpid(m_child, &status, 0) < 0 && errno == EINTR) {
            }
        }
    }

    Result<ProcessResult> run(const std::stop_token& stop)
    {
        if (!m_input.open() || !m_output.open() || !m_errors.open()) {
            return tl::unexpected(fileError(errno, "make a channel to", m_name));
        }
        if (const int failed = start(); failed != 0) {
            return tl::unexpected(fileError(failed, "start", m_name));
        }
        for (Channel* channel : {&m_input, &m_output, &m_errors}) {
            Channel::close(channel->theirs);
        }
        const auto end = Clock::now() + m_request.limit;
        while (!ended()) {
            if (stop.stop_requested()) {
                return failure(ErrorCode::Cancelled, "was stopped", m_name);
            }
            if (Clock::now() >= end) {
                return failure(ErrorCode::Io,
                               "took longer than " + std::to_string(m_request.limit.count()) +
                                   " ms and was ended",
                               m_name);
            }
            exchange();
            if (m_result.output.size() + m_result.errors.size() > m_request.maxOutput) {
                return failure(ErrorCode::TooLarge,
                               "wrote more than " + std::to_string(m_request.maxOutput) +
                                   " bytes and was ended",
                               m_name);
            }
        }
        return std::move(m_result);
    }

private:
    int start()
    {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_adddup2(&actions, m_input.theirs, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, m_output.theirs, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, m_errors.theirs, STDERR_FILENO);
        // A group of its own, so that what it starts can be ended with it; signals as a fresh program has
        // them.
        sigset_t none;
        sigset_t pipe;
        ::sigemptyset(&none);
        ::sigemptyset(&pipe);
        ::sigaddset(&pipe, SIGPIPE);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &pipe);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        auto arguments = m_request.arguments;
        auto environment = environmentOf(m_request);
        const int failed = ::posix_spawnp(&m_child, m_name.c_str(), &actions, &attributes,
                                          pointersTo(arguments).data(), pointersTo(environment).data());
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
        m_child = failed == 0 ? m_child : -1;
        return failed;
    }

    // Its channels are closed and it has been waited for.
    bool ended()
    {
        if (m_output.ours >= 0 || m_errors.ours >= 0) {
            return false;
        }
        int status = 0;
        const pid_t waited = ::waitpid(m_child, &status, WNOHANG);
        if (waited == 0 || (waited < 0 && errno == EINTR)) {
            ::poll(nullptr, 0, 1);
            return false;
        }
        m_child = -1;
        m_result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return true;
    }

    void exchange()
    {
        if (m_written == m_request.input.size()) {
            Channel::close(m_input.ours);
        }
        std::array<pollfd, 3> waiting = {
            {{m_input.ours, POLLOUT, 0}, {m_output.ours, POLLIN, 0}, {m_errors.ours, POLLIN, 0}}};
        if (m_output.ours < 0 && m_errors.ours < 0) {
            return;
        }
        if (::poll(waiting.data(), waiting.size(), kStep) <= 0) {
            return;
        }
        if (waiting[0].revents != 0) {
            write();
        }
        if (waiting[1].revents != 0) {
            read(m_output.ours, m_result.output);
        }
        if (waiting[2].revents != 0) {
            read(m_errors.ours, m_result.errors);
        }
    }

    void write()
    {
        const ssize_t sent = ::send(m_input.ours, m_request.input.data() + m_written,
                                    m_request.input.size() - m_written, MSG_NOSIGNAL);
        if (sent >= 0) {
            m_written += static_cast<std::size_t>(sent);
        } else if (errno != EAGAIN && errno != EINTR) {
            m_written = m_request.input.size(); // it reads no more
        }
    }

    static void read(int& fd, std::string& into)
    {
        std::array<char, 65'536> buffer{};
        const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
        if (got > 0) {
            into.append(buffer.data(), static_cast<std::size_t>(got));
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            Channel::close(fd);
        }
    }

    const ProcessRequest& m_request;
    std::string m_name;
    Channel m_input;
    Channel m_output;
    Channel m_errors;
    pid_t m_child = -1;
    std::size_t m_written = 0;
    ProcessResult m_result;
};

} // namespace

Result<ProcessResult> runProcess(const ProcessRequest& request, std::stop_token stop)
{
    if (request.arguments.empty() || request.arguments.front().empty()) {
        return failure(ErrorCode::BadInput, "there is no program to run");
    }
    return Process(request).run(stop);
}

} // namespace plumbline
