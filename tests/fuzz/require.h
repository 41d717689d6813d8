// What must hold, whatever the bytes.
#pragma once

#include <cstdlib>

namespace plumbline::fuzz {

inline void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

} // namespace plumbline::fuzz
