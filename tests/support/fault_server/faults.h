// What the fault server can do wrong on the wire.
#pragma once

#include <string>

#include "tests/support/fault_server/connection.h"

namespace plumbline::tests {

struct FaultContext {
    const ReceivedRequest& request;
    const std::string& path;          // without prefixes: "/v1/…"
    const std::string& authorization; // as it was sent
    const std::string& redirectTo;
};

// A status ("401", "404", "408", "429", "429-retry-after", "500", "503", …), or one of "html",
// "truncated-json", "cut-in-character", "cut-in-event", "cut-before-done", "ends-before-done",
// "byte-a-second", "silence", "silence-after-token", "huge", "huge-chunked", "long-head", "redirect-other",
// "redirect-same", "redirect-circle", "length-too-long", "length-too-short", "close", "close-after-token",
// "not-http", "error-in-stream", "echo-key". False: it is none of these (but may be a variant of
// model_answers.h).
bool answerWrongly(Connection& connection, const std::string& name, const FaultContext& context);

} // namespace plumbline::tests
