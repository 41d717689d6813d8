// What a model costs, and the way from usage to money.
#pragma once

#include "app/base/units.h"
#include "app/llm/usage.h"

namespace plumbline::llm {

// USD per million tokens of each kind: exact, as a price list states it.
struct Price {
    Money input;
    Money cachedInput; // of input tokens that the server read from its cache
    Money output;
    Money reasoning; // of output tokens that the server counts as reasoning; usually the same as `output`

    friend bool operator==(const Price&, const Price&) = default;
};

// What one call costs:
//   (input - cached) * input + cached * cachedInput + (output - reasoning) * output + reasoning * reasoning
// over a million, rounded half up once, over the exact sum. A cached token is counted once. What a server
// cannot mean is mended: negative counts are 0, `cached` is at most `input`, `reasoning` at most `output`.
Money cost(const Usage& usage, const Price& price);

} // namespace plumbline::llm
