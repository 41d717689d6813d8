#include "app/grounding/measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

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

struct Unit {
    Dimension dimension;
    double factor;
};

const std::map<std::string, Unit, std::less<>>& units()
{
    using enum Dimension;
    static const std::map<std::string, Unit, std::less<>> kUnits = {
        {"ms", {Seconds, 0.001}},
        {"millisecond", {Seconds, 0.001}},
        {"s", {Seconds, 1}},
        {"sec", {Seconds, 1}},
        {"second", {Seconds, 1}},
        {"min", {Seconds, 60}},
        {"minute", {Seconds, 60}},
        {"h", {Seconds, 3600}},
        {"hr", {Seconds, 3600}},
        {"hour", {Seconds, 3600}},
        {"d", {Seconds, 86400}},
        {"day", {Seconds, 86400}},
        {"night", {Seconds, 86400}},
        {"week", {Seconds, 604800}},
        {"fortnight", {Seconds, 1209600}},
        {"month", {Months, 1}},
        {"quarter", {Months, 3}},
        {"year", {Months, 12}},
        {"yr", {Months, 12}},
        {"decade", {Months, 120}},
        {"%", {Percent, 1}},
        {"percent", {Percent, 1}},
        {"percentage", {Percent, 1}},
        {"bp", {BasisPoints, 1}},
        {"byte", {Bytes, 1}},
        {"kb", {Bytes, 1e3}},
        {"mb", {Bytes, 1e6}},
        {"gb", {Bytes, 1e9}},
        {"tb", {Bytes, 1e12}},
        {"kilobyte", {Bytes, 1e3}},
        {"megabyte", {Bytes, 1e6}},
        {"gigabyte", {Bytes, 1e9}},
        {"terabyte", {Bytes, 1e12}},
        {"kib", {Bytes, 1024}},
        {"mib", {Bytes, 1048576}},
        {"gib", {Bytes, 1073741824}},
        {"pound", {Pounds, 1}},
        {"gbp", {Pounds, 1}},
        {"euro", {Euros, 1}},
        {"eur", {Euros, 1}},
        {"dollar", {Dollars, 1}},
        {"usd", {Dollars, 1}},
        {"pence", {Pounds, 0.01}},
        {"cent", {Dollars, 0.01}},
    };
    return kUnits;
}

double magnitudeOf(std::string_view word)
{
    static const std::map<std::string, double, std::less<>> kMagnitudes = {
        {"k", 1e3},  {"thousand", 1e3}, {"m", 1e6},       {"mn", 1e6},  {"mm", 1e6},        {"million", 1e6},
        {"bn", 1e9}, {"b", 1e9},        {"billion", 1e9}, {"tn", 1e12}, {"trillion", 1e12}, {"hundred", 1e2}};
    const auto found = kMagnitudes.find(word);
    return found == kMagnitudes.end() ? 0 : found->second;
}

std::string letters(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && isLetter(text[end])) {
        ++end;
    }
    return asciiLower(text.substr(at, end - at));
}

std::string singular(std::string word)
{
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) {
        word.pop_back();
    }
    return word;
}

// Past one blank (or no-break space) or hyphen.
std::size_t past(std::string_view text, std::size_t at)
{
    if (at < text.size() && (text[at] == ' ' || text[at] == '-' || text[at] == '\n')) {
        return at + 1;
    }
    return text.substr(at).starts_with("\xC2\xA0") ? at + 2 : at;
}

Dimension currencyBefore(std::string_view text, std::size_t& at)
{
    const std::string_view rest = text.substr(at);
    for (const auto& [sign, dimension] : {std::pair<std::string_view, Dimension>{"$", Dimension::Dollars},
                                          {"\xC2\xA3", Dimension::Pounds},
                                          {"\xE2\x82\xAC", Dimension::Euros}}) {
        if (rest.starts_with(sign)) {
            at += sign.size();
            return dimension;
        }
    }
    return Dimension::Count;
}

bool readDigits(std::string_view text, std::size_t& at, double& value)
{
    std::string digits;
    const std::size_t start = at;
    int points = 0;
    while (at < text.size()) {
        const bool digitNext = at + 1 < text.size() && isDigit(text[at + 1]);
        const bool thousands = at + 3 < text.size() && digitNext && isDigit(text[at + 2]) &&
                               isDigit(text[at + 3]) && (at + 4 >= text.size() || !isDigit(text[at + 4]));
        if (isDigit(text[at])) {
            digits.push_back(text[at]);
        } else if (text[at] == '.' && digitNext) {
            digits.push_back('.');
            ++points;
        } else if (!(text[at] == ',' && thousands)) {
            break;
        }
        ++at;
    }
    if (at == start || digits.size() > 15 || points > 1) {
        return false;
    }
    value = std::stod(digits);
    return true;
}

const std::map<std::string, double, std::less<>>& numberWords()
{
    static const std::map<std::string, double, std::less<>> kWords = {
        {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
        {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
        {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
        {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
        {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
        {"seventy", 70}, {"eighty", 80},  {"ninety", 90}};
    return kWords;
}

int ordinalOf(std::string_view word)
{
    static constexpr std::array<std::string_view, 10> kOrdinals = {
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};
    const auto found = std::ranges::find(kOrdinals, word);
    return found == kOrdinals.end() ? 0 : static_cast<int>(found - kOrdinals.begin()) + 1;
}

// "twenty-four", "two hundred", "three"
bool readWords(std::string_view text, std::size_t& at, double& value)
{
    std::string word = letters(text, at);
    auto found = numberWords().find(word);
    if (found == numberWords().end()) {
        return false;
    }
    value = found->second;
    at += word.size();
    if (value >= 20) {
        const std::size_t next = past(text, at);
        const std::string unit = letters(text, next);
        found = numberWords().find(unit);
        if (next > at && found != numberWords().end() && found->second > 0 && found->second < 10) {
            value += found->second;
            at = next + unit.size();
        }
    }
    return true;
}

void readMagnitude(std::string_view text, Measure& measure)
{
    const std::size_t next = past(text, measure.end);
    const std::string word = letters(text, next);
    const double magnitude = magnitudeOf(word);
    // A lone letter has to stand at the number: "5m", "$3b".
    if (magnitude > 0 && (word.size() > 2 || next == measure.end)) {
        measure.raw *= magnitude;
        measure.end = next + word.size();
    }
}

void setUnit(Measure& measure, const Unit& unit, std::size_t end)
{
    measure.dimension = unit.dimension;
    measure.value = measure.raw * unit.factor;
    measure.end = end;
}

void readUnit(std::string_view text, Measure& measure)
{
    std::size_t next = past(text, measure.end);
    if (next < text.size() && text[next] == '%') {
        measure.unit = "%";
        setUnit(measure, {Dimension::Percent, 1}, next + 1);
        return;
    }
    std::string word = letters(text, next);
    measure.unit = word;
    if (word == "business" || word == "working") {
        const std::size_t after = past(text, next + word.size());
        const std::string day = singular(letters(text, after));
        if (day == "day") {
            setUnit(measure, {Dimension::BusinessDays, 1}, after + letters(text, after).size());
            return;
        }
    }
    if (word == "per" && letters(text, past(text, next + 3)) == "cent") {
        setUnit(measure, {Dimension::Percent, 1}, past(text, next + 3) + 4);
        return;
    }
    if (word == "basis") {
        const std::size_t after = past(text, next + word.size());
        setUnit(measure, {Dimension::BasisPoints, 1}, after + letters(text, after).size());
        return;
    }
    if (word == "calendar" || word == "consecutive") {
        next = past(text, next + word.size());
        word = letters(text, next);
    }
    if (word == "am" || word == "pm") {
        const double hour = std::fmod(measure.raw, 12) + (word == "pm" ? 12 : 0);
        measure.dimension = Dimension::Clock;
        measure.value = hour * 60;
        measure.end = next + 2;
        return;
    }
    const auto found = units().find(singular(word));
    if (found != units().end()) {
        setUnit(measure, found->second, next + word.size());
    }
}

// "14:30", "2:30 pm"
std::optional<Measure> clockAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    int parts[2] = {0, 0};
    for (int part = 0; part < 2; ++part) {
        const std::size_t start = end;
        while (end < text.size() && isDigit(text[end]) && end - start < 2) {
            parts[part] = parts[part] * 10 + (text[end++] - '0');
        }
        if (end == start || (part == 1 && end - start != 2) ||
            (part == 0 && !text.substr(end).starts_with(':'))) {
            return std::nullopt;
        }
        end += part == 0 ? 1 : 0;
    }
    if (parts[0] > 24 || parts[1] > 59 || (end < text.size() && (isDigit(text[end]) || text[end] == ':'))) {
        return std::nullopt;
    }
    Measure clock;
    const std::string half = letters(text, past(text, end));
    if (half == "pm" || half == "am") {
        parts[0] = parts[0] % 12 + (half == "pm" ? 12 : 0);
        end = past(text, end) + 2;
    }
    clock.end = end;
    clock.dimension = Dimension::Clock;
    clock.raw = clock.value = parts[0] * 60 + parts[1];
    return clock;
}

bool ordinalEnding(std::string_view text, std::size_t at)
{
    const std::string ending = letters(text, at);
    return ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

std::optional<Measure> digitsAt(std::string_view text, std::size_t at)
{
    if (auto clock = clockAt(text, at)) {
        return clock;
    }
    Measure measure;
    measure.dimension = currencyBefore(text, at);
    const bool money = measure.dimension != Dimension::Count;
    measure.end = at;
    if (!readDigits(text, measure.end, measure.raw)) {
        return std::nullopt;
    }
    if (ordinalEnding(text, measure.end)) {
        measure.dimension = Dimension::Ordinal;
        measure.value = measure.raw;
        measure.end += 2;
        return measure;
    }
    readMagnitude(text, measure);
    measure.value = measure.raw;
    if (!money) {
        readUnit(text, measure);
    }
    // 3DS, 10x, 2026-x: written in one piece with letters that are no unit
    const bool attached =
        measure.end < text.size() && (isLetter(text[measure.end]) || text[measure.end] == '_');
    return attached ? std::nullopt : std::optional(measure);
}

std::optional<Measure> wordsAt(std::string_view text, std::size_t at)
{
    Measure measure;
    measure.word = true;
    measure.end = at;
    const std::string first = letters(text, at);
    const bool quarter = first == "q" && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '4' &&
                         (at + 2 >= text.size() || (!isDigit(text[at + 2]) && !isLetter(text[at + 2])));
    if (const int ordinal = quarter ? text[at + 1] - '0' : ordinalOf(first); ordinal > 0) {
        measure.dimension = Dimension::Ordinal;
        measure.raw = measure.value = ordinal;
        measure.end = at + (quarter ? 2 : first.size());
        return measure;
    }
    if (first == "twice") {
        measure.raw = measure.value = 2;
        measure.unit = "times";
        measure.end = at + first.size();
        return measure;
    }
    if (!readWords(text, measure.end, measure.raw)) {
        return std::nullopt;
    }
    readMagnitude(text, measure);
    measure.value = measure.raw;
    readUnit(text, measure);
    measure.vague = measure.raw == 1 && measure.dimension == Dimension::Count;
    return measure;
}

// Words behind a number that say nothing of what it counts.
bool isSmallWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 12> kSmall = {
        "from", "with", "then", "when", "must", "more", "less", "each", "until", "after", "that", "were"};
    return std::ranges::find(kSmall, word) != kSmall.end();
}

bool close(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b)) + 1e-9;
}

} // namespace

std::optional<Measure> measureAt(std::string_view text, std::size_t at)
{
    return at < text.size() && isLetter(text[at]) ? wordsAt(text, at) : digitsAt(text, at);
}

Agreement compare(const Measure& claim, const Measure& source, double tolerance)
{
    using enum Dimension;
    if (claim.dimension == source.dimension) {
        if (close(claim.value, source.value, tolerance)) {
            return Agreement::Same;
        }
        return close(claim.raw, source.raw, 0) ? Agreement::OtherUnit : Agreement::OtherNumber;
    }
    if (!close(claim.raw, source.raw, tolerance) || claim.dimension == Clock || source.dimension == Clock ||
        claim.dimension == Ordinal || source.dimension == Ordinal) {
        return Agreement::OtherNumber;
    }
    const Measure& counted = claim.dimension == Count ? claim : source;
    if (counted.dimension != Count) {
        return Agreement::OtherUnit;
    }
    // "4 grants" is not "4 hours"; a bare "4" may be.
    return counted.unit.size() < 4 || isSmallWord(counted.unit) ? Agreement::Same : Agreement::OtherNumber;
}

} // namespace plumbline::grounding
