#include "ui/widgets/formatters.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::formatters", text);
}

QDateTime moment(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
}

} // namespace

QString toQt(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toUtf8(const QString& text)
{
    return text.toStdString();
}

QDate toQt(Date date)
{
    const std::chrono::year_month_day day(date);
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

Date toDate(const QDate& date)
{
    return std::chrono::year(date.year()) / std::chrono::month(static_cast<unsigned>(date.month())) /
           std::chrono::day(static_cast<unsigned>(date.day()));
}

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

QString counted(std::size_t value, const QString& one, const QString& many)
{
    return number(value) + QChar(0xa0) + (value == 1 ? one : many);
}

QString score(double value)
{
    return QString::number(value, 'f', 3);
}

QString milliseconds(double value)
{
    if (value < 10)
        return QString::number(value, 'f', 1) + u" ms"_s;
    if (value < 1000)
        return QString::number(value, 'f', 0) + u" ms"_s;
    return QString::number(value / 1000, 'f', 1) + u" s"_s;
}

QString bytes(double value)
{
    const char* const units[] = {"B", "kB", "MB", "GB"};
    int unit = 0;
    while (value >= 1000 && unit < 3) {
        value /= 1000;
        ++unit;
    }
    return QString::number(value, 'f', unit == 0 ? 0 : 1) + QChar(0xa0) + QLatin1StringView(units[unit]);
}

QString duration(std::chrono::milliseconds time)
{
    const auto seconds = static_cast<int>((time.count() + 500) / 1000);
    if (seconds < 60)
        return words("%1 s").arg(seconds);
    if (seconds < 3600)
        return words("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return words("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

QString age(Timestamp then, Timestamp now)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - then).count();
    if (minutes < 1)
        return words("just now");
    if (minutes < 60)
        return words("%1 min ago").arg(minutes);
    if (minutes < 48 * 60)
        return words("%1 h ago").arg(minutes / 60);
    return words("%1 days ago").arg(minutes / (24 * 60));
}

QString localTime(Timestamp time)
{
    return moment(time).toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s);
}

QString utcTime(Timestamp time)
{
    return moment(time).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
}

QString dateOrDash(const std::optional<Date>& date)
{
    return date ? toQt(toString(*date)) : u"—"_s;
}

QString describe(const Progress& progress)
{
    QString line = toQt(progress.stage);
    if (progress.total > 0)
        line +=
            words(": %1 of %2 %3").arg(number(progress.done), number(progress.total), toQt(progress.unit));
    else if (progress.done > 0)
        line += words(": %1 %2").arg(number(progress.done), toQt(progress.unit));
    if (progress.bytesPerSecond > 0)
        line += u", %1/s"_s.arg(bytes(progress.bytesPerSecond));
    if (progress.timeLeft)
        line += words(", %1 left").arg(duration(*progress.timeLeft));
    return line;
}

QString sentenceCase(std::string_view key)
{
    QString text = toQt(key).replace(u'_', u' ');
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString shortDigest(std::string_view digest, qsizetype count)
{
    return toQt(digest).left(count);
}

} // namespace plumbline::ui::widgets
