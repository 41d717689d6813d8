#include "app/grounding/dates.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/base/text.h"

namespace plumbline::grounding {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Reads on from `at`; every step that fails leaves it where it was.
class Cursor {
public:
    Cursor(std::string_view text, std::size_t at) : m_text(text), m_at(at) {}

    std::size_t at() const { return m_at; }

    std::optional<int> number(std::size_t fewest, std::size_t most)
    {
        std::size_t end = m_at;
        int value = 0;
        while (end < m_text.size() && isDigit(m_text[end]) && end - m_at < most) {
            value = value * 10 + (m_text[end++] - '0');
        }
        if (end - m_at < fewest || (end < m_text.size() && isDigit(m_text[end]))) {
            return std::nullopt;
        }
        m_at = end;
        return value;
    }

    bool sign(char c)
    {
        if (m_at < m_text.size() && m_text[m_at] == c) {
            ++m_at;
            return true;
        }
        return false;
    }

    void word(std::string_view word)
    {
        if (asciiLower(m_text.substr(m_at, word.size())) == word) {
            m_at += word.size();
        }
    }

    bool ended() const
    {
        return m_at >= m_text.size() || (!isLetter(m_text[m_at]) && !isDigit(m_text[m_at]));
    }

    // "31st"
    void ordinalEnding()
    {
        for (const char* ending : {"st", "nd", "rd", "th"}) {
            Cursor after = *this;
            after.word(ending);
            if (after.at() != m_at && after.ended()) {
                *this = after;
                return;
            }
        }
    }

    std::optional<int> month()
    {
        static constexpr std::array<std::string_view, 12> kMonths = {
            "january", "february", "march",     "april",   "may",      "june",
            "july",    "august",   "september", "october", "november", "december"};
        std::size_t end = m_at;
        while (end < m_text.size() && isLetter(m_text[end])) {
            ++end;
        }
        if (end == m_at || m_text[m_at] >= 'a') { // "may 30 people": a month has a capital
            return std::nullopt;
        }
        const std::string word = asciiLower(m_text.substr(m_at, end - m_at));
        for (std::size_t i = 0; i < kMonths.size() && word.size() >= 3; ++i) {
            if (word == kMonths[i] || word == kMonths[i].substr(0, 3) || (i == 8 && word == "sept")) {
                m_at = end;
                return static_cast<int>(i) + 1;
            }
        }
        return std::nullopt;
    }

private:
    std::string_view m_text;
    std::size_t m_at;
};

bool exists(const DateMention& date)
{
    return date.month >= 1 && date.month <= 12 && date.day >= 0 && date.day <= 31 &&
           (date.year == 0 || (date.year >= 1800 && date.year <= 2199));
}

std::optional<DateMention> finish(DateMention date, const Cursor& cursor)
{
    date.end = cursor.at();
    return cursor.ended() && exists(date) ? std::optional(date) : std::nullopt;
}

// " 2026", ", 2026", " of 2026"
void readYear(Cursor& cursor, DateMention& date)
{
    Cursor after = cursor;
    after.sign(',');
    if (after.sign(' ')) {
        after.word("of ");
        if (const auto year = after.number(4, 4); year && *year >= 1800 && *year <= 2199 && after.ended()) {
            date.year = *year;
            cursor = after;
        }
    }
}

std::optional<DateMention> isoDate(Cursor cursor)
{
    DateMention date;
    const auto year = cursor.number(4, 4);
    if (!year || !cursor.sign('-')) {
        return std::nullopt;
    }
    const auto month = cursor.number(2, 2);
    if (!month || !cursor.sign('-')) {
        return std::nullopt;
    }
    const auto day = cursor.number(2, 2);
    date.year = *year;
    date.month = *month;
    date.day = day.value_or(99);
    return finish(date, cursor);
}

std::optional<DateMention> numericDate(Cursor cursor)
{
    const auto first = cursor.number(1, 2);
    const char sign = cursor.sign('/') ? '/' : cursor.sign('.') ? '.' : ' ';
    if (!first || sign == ' ') {
        return std::nullopt;
    }
    const auto second = cursor.number(1, 2);
    if (!second || !cursor.sign(sign)) {
        return std::nullopt;
    }
    const auto year = cursor.number(4, 4);
    if (!year) {
        return std::nullopt;
    }
    DateMention date{0, *year, *second, *first, *first <= 12 && *second <= 12};
    if (*second > 12) {
        std::swap(date.month, date.day);
    }
    return finish(date, cursor);
}

// "31 March 2026", "31st of March"
std::optional<DateMention> dayMonth(Cursor cursor)
{
    DateMention date;
    const auto day = cursor.number(1, 2);
    if (!day || *day == 0) {
        return std::nullopt;
    }
    cursor.ordinalEnding();
    if (!cursor.sign(' ') && !cursor.sign('-')) {
        return std::nullopt;
    }
    cursor.word("of ");
    const auto month = cursor.month();
    if (!month) {
        return std::nullopt;
    }
    date.day = *day;
    date.month = *month;
    readYear(cursor, date);
    return finish(date, cursor);
}

// "March 31, 2026", "March 2026"
std::optional<DateMention> monthDay(Cursor cursor)
{
    DateMention date;
    const auto month = cursor.month();
    if (!month) {
        return std::nullopt;
    }
    date.month = *month;
    Cursor after = cursor;
    after.sign('.');
    after.sign(' ');
    after.word("the ");
    const auto day = after.number(1, 2);
    if (day && *day >= 1 && *day <= 31) {
        after.ordinalEnding();
        if (after.ended()) {
            date.day = *day;
            cursor = after;
        }
    }
    readYear(cursor, date);
    return date.day == 0 && date.year == 0 ? std::nullopt : finish(date, cursor);
}

} // namespace

bool DateMention::carriedBy(const DateMention& source) const
{
    const bool yearFits = year == 0 || source.year == 0 || year == source.year;
    const auto fits = [](int mine, int theirs) { return mine == 0 || mine == theirs; };
    const bool asWritten = fits(month, source.month) && fits(day, source.day);
    const bool swapped =
        (swappable || source.swappable) && fits(month, source.day) && fits(day, source.month);
    return yearFits && (asWritten || swapped);
}

std::optional<DateMention> dateAt(std::string_view text, std::size_t at)
{
    const Cursor cursor(text, at);
    if (at < text.size() && isDigit(text[at])) {
        for (const auto& read : {isoDate, numericDate, dayMonth}) {
            if (auto date = read(cursor)) {
                return date;
            }
        }
        return std::nullopt;
    }
    return monthDay(cursor);
}

} // namespace plumbline::grounding
