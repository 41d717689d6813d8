// Kills and interrupts of `plumbline index` at moments drawn from a seed, each followed by a look at what the
// workspace says.
#pragma once

#include <string>

#include "tests/flows/support/run_folder.h"

namespace plumbline::tests {

struct FaultCount {
    int hit = 0;         // runs that the signal caught at work
    int through = 0;     // runs that had ended before it
    int switched = 0;    // of those hit: the new generation was already in service
    double slowest = 0;  // milliseconds from the signal to the end
    std::string problem; // empty: every look was well
};

// `folder` must hold run 0 in service. Each round writes the next run and sends `signal` somewhere in the
// time a run takes. After each: search answers from the last generation or the new one, never a mixture, and
// doctor is well.
FaultCount strike(const RunFolder& folder, int signal, int rounds, unsigned seed);

// A run that nothing disturbs ends well, everything is of `run`, and nothing is left lying about. Empty when
// so.
std::string notWholeAfter(const RunFolder& folder, int run);

} // namespace plumbline::tests
