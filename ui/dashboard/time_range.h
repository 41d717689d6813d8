// A stretch of time that all charts share, and the ticks that are drawn on it.
#pragma once

#include <vector>

#include <QString>

#include "app/base/date.h"

namespace plumbline::ui::dashboard {

// Milliseconds since 1970-01-01 UTC, both ends included.
struct TimeRange {
    qint64 from = 0;
    qint64 to = 0;

    bool holds(qint64 time) const { return time >= from && time <= to; }
    qint64 length() const { return to - from; }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

inline constexpr qint64 kShortestRange = 1000; // nothing is gained below a second

qint64 toMs(Timestamp time);
Timestamp toTimestamp(qint64 time);

// From the first to the last with a little room on both sides; an hour around a single moment.
TimeRange around(qint64 first, qint64 last);

struct Tick {
    qint64 at = 0;
    QString text; // "04:15", "26 Nov"; each once
};

// Round moments of the local zone in the range, `most` at most, evenly spaced.
std::vector<Tick> ticksOf(const TimeRange& range, int most);

// "26 Nov 04:13", local zone.
QString momentWords(qint64 time);

// "26 Nov 2026 04:13 – 05:10", local zone.
QString rangeWords(const TimeRange& range);

} // namespace plumbline::ui::dashboard
