// One script in Duktape, without limits on time: inside the process that script_sandbox.h starts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plumbline::evals {

// The first byte of the answer; behind it the JSON of what was returned (nothing for undefined), or a
// message.
inline constexpr char kScriptReturned = 'r';
inline constexpr char kScriptThrew = 't';
inline constexpr char kScriptUnsupported = 'u';
inline constexpr char kScriptTooLarge = 'm';

struct ScriptSource {
    std::string_view body;
    std::string_view output;  // JSON
    std::string_view context; // JSON
    std::size_t memory = 0;   // bytes
};

std::string evaluateScript(const ScriptSource& source);

} // namespace plumbline::evals
