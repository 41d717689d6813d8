// A server in a process of its own: started, asked for its url, ended with the object.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace plumbline::tests {

class ServerProcess {
public:
    // Runs `command` (a program and its arguments) and waits for the first line it prints that has `sign` in
    // it; empty = the first. Throws std::runtime_error when it ends before.
    explicit ServerProcess(const std::vector<std::string>& command, const std::string& sign = {});
    ~ServerProcess(); // closes its input, asks it to end and waits
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    const std::string& line() const { return m_line; } // without its line end

private:
    pid_t m_process = -1;
    int m_input = -1;
    int m_output = -1;
    std::string m_line;
};

} // namespace plumbline::tests
