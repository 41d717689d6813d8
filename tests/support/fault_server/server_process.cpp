#include "tests/support/fault_server/server_process.h"

#include <array>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace plumbline::tests {

namespace {

// The next line; false when the output has ended.
bool readLine(int descriptor, std::string& line)
{
    line.clear();
    for (char c = 0; ::read(descriptor, &c, 1) == 1;) {
        if (c == '\n')
            return true;
        line += c;
    }
    return !line.empty();
}

} // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& command, const std::string& sign)
{
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failed =
        posix_spawnp(&m_process, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    m_input = input[1];
    m_output = output[0];
    if (failed != 0)
        throw std::runtime_error("cannot run " + command.front());
    do {
        if (!readLine(m_output, m_line))
            throw std::runtime_error(command.front() + " ended before it served");
    } while (m_line.find(sign) == std::string::npos);
}

ServerProcess::~ServerProcess()
{
    ::close(m_input);
    ::kill(m_process, SIGTERM);
    int status = 0;
    ::waitpid(m_process, &status, 0);
    ::close(m_output);
}

} // namespace plumbline::tests
