#include "ui/dashboard/time_range.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

QDateTime local(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time);
}

qint64 stepFor(qint64 length, int most)
{
    for (const qint64 step :
         {kSecond,     2 * kSecond, 5 * kSecond,  10 * kSecond, 15 * kSecond, 30 * kSecond, kMinute,
          2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,        2 * kHour,
          3 * kHour,   6 * kHour,   12 * kHour,   kDay,         2 * kDay,     3 * kDay,     4 * kDay,
          7 * kDay,    14 * kDay,   28 * kDay,    56 * kDay,    91 * kDay,    182 * kDay}) {
        if (length / step < most)
            return step;
    }
    return 364 * kDay * (1 + length / (364 * kDay) / std::max(most, 1));
}

QString tickText(const QDateTime& time, qint64 step)
{
    const bool midnight = time.time() == QTime(0, 0);
    if (step >= kDay || midnight)
        return QLocale().toString(time, step >= 182 * kDay ? u"MMM yyyy"_s : u"d MMM"_s);
    return time.toString(step < kMinute ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

} // namespace

qint64 toMs(Timestamp time)
{
    return time.time_since_epoch().count();
}

Timestamp toTimestamp(qint64 time)
{
    return Timestamp(std::chrono::milliseconds(time));
}

TimeRange around(qint64 first, qint64 last)
{
    const qint64 room = last - first < kShortestRange ? kHour / 2 : (last - first) / 20;
    return {first - room, last + room};
}

std::vector<Tick> ticksOf(const TimeRange& range, int most)
{
    const qint64 step = stepFor(range.length(), std::max(most, 1));
    std::vector<Tick> ticks;
    QDate day = local(range.from).date();
    if (step >= kDay) { // by the calendar: a day may have 23 hours; the same days whatever the range
        day = day.addDays(-(day.toJulianDay() % (step / kDay)));
        for (QDate date = day; date.startOfDay().toMSecsSinceEpoch() <= range.to;
             date = date.addDays(step / kDay)) {
            const QDateTime time = date.startOfDay();
            if (range.holds(time.toMSecsSinceEpoch()))
                ticks.push_back({time.toMSecsSinceEpoch(), tickText(time, step)});
        }
        return ticks;
    }
    const qint64 midnight = day.startOfDay().toMSecsSinceEpoch();
    for (qint64 at = midnight + (range.from - midnight) / step * step; at <= range.to; at += step) {
        if (range.holds(at))
            ticks.push_back({at, tickText(local(at), step)});
    }
    return ticks;
}

QString momentWords(qint64 time)
{
    return QLocale().toString(local(time), u"d MMM HH:mm"_s);
}

QString rangeWords(const TimeRange& range)
{
    const QDateTime from = local(range.from);
    const QDateTime to = local(range.to);
    const QString clock = range.length() < 10 * kMinute ? u"HH:mm:ss"_s : u"HH:mm"_s;
    const QString day = u"d MMM yyyy"_s;
    const QLocale locale;
    if (from.date() == to.date())
        return locale.toString(from, day) + u", "_s + from.toString(clock) + u" \u2013 "_s +
               to.toString(clock);
    return locale.toString(from, day) + u' ' + from.toString(clock) + u" \u2013 "_s +
           locale.toString(to, day) + u' ' + to.toString(clock);
}

} // namespace plumbline::ui::dashboard
