// Who did something that is recorded, and how we know. Passed in as a value by the face (command or console).
#pragma once

#include <string>

namespace plumbline {

struct Actor {
    std::string name;     // as shown: "Ada Byron <ada@bank.example>"
    std::string knownHow; // "workspace setting", "Git identity", "login name", "front matter"
};

} // namespace plumbline
