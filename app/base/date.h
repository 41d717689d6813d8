// Calendar dates (no time zone) and timestamps, as ISO 8601 text outside and chrono types inside.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline {

using Date = std::chrono::sys_days;
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-02-28". Anything else, and days that do not exist, is BadInput.
Result<Date> parseDate(std::string_view text);
std::string toString(Date date);

// "2026-11-23T21:16:57.123Z"
std::string toString(Timestamp time);
Result<Timestamp> parseTimestamp(std::string_view text); // that form only

// Where the engine gets the time from; tests hand in a fixed one.
using ClockFn = Timestamp (*)();
Timestamp systemNow();

// Today in UTC. Policies speak of dates, not of moments.
Date today(Timestamp now);

} // namespace plumbline
