// Runs another program: no shell, its output kept up to a limit, ended when it is stopped or takes too long.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace plumbline {

struct ProcessRequest {
    std::vector<std::string> arguments; // the program first; without a slash it is looked for in $PATH
    std::string input;                  // its standard input
    // Over this process's own environment, without the variables that hold keys (PLUMBLINE_SECRET_…); nullopt
    // takes a variable away.
    std::map<std::string, std::optional<std::string>> environment;
    std::chrono::milliseconds limit{10'000};
    std::size_t maxOutput = 16'000'000; // bytes of output and errors together
};

struct ProcessResult {
    int exitCode = 0; // 128 + the signal when one ended it
    std::string output;
    std::string errors;
};

// Blocking; any thread. An exit code other than 0 is a result, not an error. NotFound: there is no such
// program. Denied: it must not be started. Cancelled: stopped. TooLarge: it wrote more than `maxOutput`. Io:
// it took longer than `limit`, or could not be started. After an error the program and what it started are
// gone.
Result<ProcessResult> runProcess(const ProcessRequest& request, std::stop_token stop);

} // namespace plumbline
