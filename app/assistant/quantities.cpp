#include "app/assistant/quantities.h"

#include <algorithm>
#include <array>
#include <map>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::string_view kPound = "\xC2\xA3";
constexpr std::string_view kEuro = "\xE2\x82\xAC";

// The currency sign that ends right before `at`, if any.
std::string_view currencyBefore(std::string_view text, std::size_t at)
{
    for (const std::string_view sign : {kPound, kEuro, std::string_view("$")}) {
        if (at >= sign.size() && text.substr(at - sign.size(), sign.size()) == sign) {
            return sign;
        }
    }
    return {};
}

std::string singular(std::string word)
{
    static const std::map<std::string, std::string, std::less<>> kShort = {
        {"h", "hour"},     {"hrs", "hour"}, {"min", "minute"}, {"mins", "minute"},
        {"sec", "second"}, {"s", "second"}, {"d", "day"},      {"percent", "%"}};
    if (const auto found = kShort.find(word); found != kShort.end()) {
        return found->second;
    }
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) {
        word.pop_back();
    }
    return word;
}

// The word after `at`, past one blank or hyphen; moves `at` behind it.
std::string nextWord(std::string_view text, std::size_t& at)
{
    std::size_t i = at;
    if (i < text.size() && (text[i] == ' ' || text[i] == '-')) {
        ++i;
    }
    if (i < text.size() && text[i] == '%') {
        at = i + 1;
        return "%";
    }
    std::size_t end = i;
    while (end < text.size() && isLetter(text[end])) {
        ++end;
    }
    if (end > i) {
        at = end;
    }
    return asciiLower(text.substr(i, end - i));
}

std::string unitAfter(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::string_view, 4> kQualifiers = {"business", "working", "calendar",
                                                                    "consecutive"};
    std::string word = nextWord(text, at);
    if (std::ranges::find(kQualifiers, word) != kQualifiers.end()) {
        return word + " " + singular(nextWord(text, at));
    }
    return singular(std::move(word));
}

// The digits from `at` on, thousands separators left out; moves `at` behind them.
std::string readNumber(std::string_view text, std::size_t& at)
{
    std::string value;
    while (at < text.size()) {
        const bool digitNext = at + 1 < text.size() && isDigit(text[at + 1]);
        if (isDigit(text[at]) || (text[at] == '.' && digitNext)) {
            value.push_back(text[at]);
        } else if (text[at] != ',' || !digitNext) {
            break;
        }
        ++at;
    }
    return value;
}

} // namespace

std::vector<Quantity> quantities(std::string_view text)
{
    std::vector<Quantity> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!isDigit(text[at])) {
            ++at;
            continue;
        }
        const char before = at == 0 ? ' ' : text[at - 1];
        const std::string_view currency = currencyBefore(text, at);
        const bool inWord = isLetter(before) || before == '_' ||
                            (before == '-' && at >= 2 && (isLetter(text[at - 2]) || isDigit(text[at - 2])));
        std::string value = readNumber(text, at);
        const bool goesOn =
            at + 1 < text.size() && (text[at] == '-' || text[at] == ':') && isDigit(text[at + 1]);
        if (inWord || goesOn) { // PAY-009, 2026-03-31, 14:00
            while (at < text.size() && (isDigit(text[at]) || isLetter(text[at]) || text[at] == '-' ||
                                        text[at] == ':' || text[at] == '.')) {
                ++at;
            }
            continue;
        }
        std::string unit = currency.empty() ? unitAfter(text, at) : std::string(currency);
        found.push_back({std::move(value), std::move(unit)});
    }
    return found;
}

} // namespace plumbline::assistant
