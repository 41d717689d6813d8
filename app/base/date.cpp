#include "app/base/date.h"

#include <array>
#include <cstdio>

namespace plumbline {

namespace {

bool allDigits(std::string_view text)
{
    for (const char c : text) {
        if (c < '0' || c > '9')
            return false;
    }
    return !text.empty();
}

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

} // namespace

Result<Date> parseDate(std::string_view text)
{
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                        allDigits(text.substr(0, 4)) && allDigits(text.substr(5, 2)) &&
                        allDigits(text.substr(8, 2));
    if (shaped) {
        const std::chrono::year_month_day day{
            std::chrono::year{number(text.substr(0, 4))},
            std::chrono::month{static_cast<unsigned>(number(text.substr(5, 2)))},
            std::chrono::day{static_cast<unsigned>(number(text.substr(8, 2)))}};
        if (day.ok())
            return Date{day};
    }
    return failure(ErrorCode::BadInput,
                   "'" + std::string(text) + "' is not a date; expected YYYY-MM-DD, such as 2026-03-31");
}

std::string toString(Date date)
{
    const std::chrono::year_month_day day{date};
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return buffer.data();
}

std::string toString(Timestamp time)
{
    const Date date = std::chrono::floor<std::chrono::days>(time);
    const auto inDay = std::chrono::duration_cast<std::chrono::milliseconds>(time - date).count();
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "T%02lld:%02lld:%02lld.%03lldZ",
                  static_cast<long long>(inDay / 3600000), static_cast<long long>(inDay / 60000 % 60),
                  static_cast<long long>(inDay / 1000 % 60), static_cast<long long>(inDay % 1000));
    return toString(date) + buffer.data();
}

Result<Timestamp> parseTimestamp(std::string_view text)
{
    const auto bad = [&] {
        return failure(ErrorCode::BadInput,
                       "'" + std::string(text) + "' is not a time; expected 2026-11-23T21:16:57.123Z");
    };
    const bool shaped = text.size() == 24 && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
                        text[19] == '.' && text[23] == 'Z' && allDigits(text.substr(11, 2)) &&
                        allDigits(text.substr(14, 2)) && allDigits(text.substr(17, 2)) &&
                        allDigits(text.substr(20, 3));
    const auto date = parseDate(text.substr(0, 10));
    if (!shaped || !date)
        return bad();
    return Timestamp(*date) + std::chrono::hours(number(text.substr(11, 2))) +
           std::chrono::minutes(number(text.substr(14, 2))) +
           std::chrono::seconds(number(text.substr(17, 2))) +
           std::chrono::milliseconds(number(text.substr(20, 3)));
}

Timestamp systemNow()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Date today(Timestamp now)
{
    return std::chrono::floor<std::chrono::days>(now);
}

} // namespace plumbline
