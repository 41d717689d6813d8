#include "app/base/units.h"

#include <algorithm>

namespace plumbline {

namespace {

constexpr std::size_t kPlaces = 6;
constexpr std::size_t kMostWholeDigits = 12;

bool isDigits(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<Money> parseDecimal(std::string_view text, bool rounding)
{
    const auto refuse = [&](const std::string& why) {
        return failure(ErrorCode::BadInput, "'" + std::string(text) + "' " + why);
    };
    const bool negative = text.starts_with('-');
    const std::string_view number = negative ? text.substr(1) : text;
    const std::size_t point = std::min(number.find('.'), number.size());
    const std::string_view whole = number.substr(0, point);
    const std::string_view fraction = point < number.size() ? number.substr(point + 1) : std::string_view();
    if (whole.empty() || !isDigits(whole) || !isDigits(fraction) ||
        (point < number.size() && fraction.empty())) {
        return refuse("is no amount in dollars; expected digits such as 2.50");
    }
    const std::size_t leading = std::min(whole.find_first_not_of('0'), whole.size());
    if (whole.size() - leading > kMostWholeDigits) {
        return refuse("is too large an amount");
    }
    const std::string_view rest = fraction.size() > kPlaces ? fraction.substr(kPlaces) : std::string_view();
    if (!rounding && rest.find_first_not_of('0') != std::string_view::npos) {
        return refuse("has more than six decimal places; a millionth of a dollar is the smallest step");
    }
    std::string digits(whole.substr(leading));
    digits += fraction.substr(0, std::min(fraction.size(), kPlaces));
    digits.append(kPlaces - std::min(fraction.size(), kPlaces), '0');
    std::int64_t micro = 0;
    for (const char c : digits) {
        micro = micro * 10 + (c - '0');
    }
    if (!rest.empty() && rest.front() >= '5') {
        ++micro;
    }
    return Money{negative ? -micro : micro};
}

} // namespace

Result<Money> parseUsd(std::string_view decimal)
{
    return parseDecimal(decimal, false);
}

Result<Money> parseUsdRounded(std::string_view decimal)
{
    return parseDecimal(decimal, true);
}

std::string toShortString(Money money)
{
    std::string text = toString(money);
    std::size_t size = text.size();
    const std::size_t least = text.find('.') + 3;
    while (size > least && text[size - 1] == '0') {
        --size;
    }
    text.resize(size);
    return text;
}

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
