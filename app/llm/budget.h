// How much may be spent.
#pragma once

#include <optional>

#include "app/base/units.h"

namespace plumbline::llm {

struct Budgets {
    std::optional<Money> perDay; // a day of UTC; empty = no limit
    std::optional<Money> perRun; // of one evaluation, or of one process of the command

    bool any() const { return perDay || perRun; }
};

} // namespace plumbline::llm
