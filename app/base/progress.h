// Progress of long work. Blocking functions take `std::stop_token` and `const ProgressFn&` as their last
// parameters.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace plumbline {

struct Progress {
    std::string stage;                                 // what is being done, in words for a person
    std::uint64_t done = 0;                            // items of `unit` finished
    std::uint64_t total = 0;                           // 0 = not known
    std::string unit;                                  // "files", "chunks"
    double bytesPerSecond = 0;                         // 0 = not measured
    std::optional<std::chrono::milliseconds> timeLeft; // estimate, when there is ground for one
};

// Called on the thread that does the work, at most some tens of times a second. May be empty.
using ProgressFn = std::function<void(const Progress&)>;

} // namespace plumbline
