#include "app/base/units.h"

namespace plumbline {

std::string toString(Money money)
{
    constexpr std::uint64_t kMicro = 1'000'000;
    const bool negative = money.microUsd < 0;
    // Through unsigned, so that the smallest value has a magnitude too.
    const auto bits = static_cast<std::uint64_t>(money.microUsd);
    const std::uint64_t size = negative ? ~bits + 1 : bits;
    const std::string micro = std::to_string(size % kMicro);
    return (negative ? "-$" : "$") + std::to_string(size / kMicro) + "." +
           std::string(6 - micro.size(), '0') + micro;
}

} // namespace plumbline
