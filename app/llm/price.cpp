#include "app/llm/price.h"

#include <algorithm>
#include <limits>

namespace plumbline::llm {

namespace {

__extension__ using Wide = __int128; // tokens times micro-USD leaves 64 bits behind at large counts

constexpr std::int64_t kMillion = 1'000'000;

} // namespace

Money cost(const Usage& usage, const Price& price)
{
    const std::int64_t input = std::max<std::int64_t>(usage.input.count, 0);
    const std::int64_t cached = std::clamp<std::int64_t>(usage.cached.count, 0, input);
    const std::int64_t output = std::max<std::int64_t>(usage.output.count, 0);
    const std::int64_t reasoning = std::clamp<std::int64_t>(usage.reasoning.count, 0, output);
    const auto part = [](std::int64_t tokens, Money perMillion) {
        return static_cast<Wide>(tokens) * perMillion.microUsd;
    };
    const Wide sum = part(input - cached, price.input) + part(cached, price.cachedInput) +
                     part(output - reasoning, price.output) + part(reasoning, price.reasoning);
    const Wide rounded = (sum + kMillion / 2) / kMillion;
    const Wide most = std::numeric_limits<std::int64_t>::max();
    return {static_cast<std::int64_t>(std::min(rounded, most))};
}

} // namespace plumbline::llm
