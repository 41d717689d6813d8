// What another program's server is asked through the command, and what has to come of it: held against the
// server itself (tests/oracle) and against what it said when it was recorded.
#pragma once

#include <string>
#include <vector>

#include "tests/flows/support/model_folder.h"

namespace plumbline::tests {

struct ServedCase {
    std::string name; // of the recorded files
    std::string question;
    bool streamed = false;
    int exitCode = 0;
    std::string out;  // how stdout begins; empty = nothing stands there
    std::string err;  // words on stderr
    int status = 200; // of the server's answer
    bool cut = false; // the server hangs up in the middle

    std::string requestFile() const { return name + ".request.json"; }
    std::string answerFile() const { return name + (streamed ? ".sse" : ".json"); }
};

const std::vector<ServedCase>& servedCases();

// Asks; empty when it came out as the case says, else what is wrong.
std::string wrongWith(const ServedCase& one, const ModelFolder& folder);

} // namespace plumbline::tests
