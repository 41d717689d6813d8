// A piece of JavaScript (ECMAScript 5.1, by Duktape) in a process of its own, which can reach neither files
// nor the network and is ended when it takes too long or too much.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

struct Script {
    std::string body; // of a function of `output`, `context` and `process`
    nlohmann::ordered_json output;
    nlohmann::ordered_json context;
    std::chrono::milliseconds limit{1000};
    std::size_t memory = 64'000'000; // bytes
};

struct ScriptEnd {
    bool threw = false;
    std::string message;          // where it threw
    nlohmann::ordered_json value; // what it returned; null also for undefined
};

// Blocking; any thread. Unsupported: it is not ECMAScript 5.1, or asks for what only a newer edition or
// Node.js has. TooLarge: over a limit. Internal: no process can be started.
Result<ScriptEnd> runScript(const Script& script);

} // namespace plumbline::evals
