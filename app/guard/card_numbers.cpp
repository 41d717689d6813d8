#include "app/guard/card_numbers.h"

#include <algorithm>
#include <array>
#include <string>

namespace plumbline::guard {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool checkDigitHolds(std::string_view digits)
{
    int sum = 0;
    bool doubled = false;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
        int value = *at - '0';
        if (doubled) {
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        }
        sum += value;
        doubled = !doubled;
    }
    return sum % 10 == 0;
}

struct IssuerRange {
    int first; // of the four leading digits
    int last;
    std::size_t shortest;
    std::size_t longest;
};

bool isIssued(std::string_view digits)
{
    static constexpr std::array<IssuerRange, 20> kRanges = {
        {{4000, 4999, 13, 19},                       // Visa
         {5100, 5599, 16, 16},                       // Mastercard
         {2221, 2720, 16, 16}, {3400, 3499, 15, 15}, // American Express
         {3700, 3799, 15, 15}, {6011, 6011, 16, 19}, // Discover
         {6440, 6599, 16, 19}, {3000, 3059, 14, 19}, // Diners Club
         {3095, 3095, 14, 19}, {3600, 3699, 14, 19}, {3800, 3999, 14, 19}, {3528, 3589, 16, 19}, // JCB
         {6200, 6299, 16, 19},                                                                   // UnionPay
         {2200, 2204, 16, 19},                                                                   // Mir
         {5018, 5018, 12, 19},                                                                   // Maestro
         {5020, 5020, 12, 19}, {5038, 5038, 12, 19}, {6304, 6304, 12, 19}, {6759, 6759, 12, 19},
         {6761, 6763, 12, 19}}};
    const int lead =
        (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + (digits[3] - '0');
    for (const IssuerRange& range : kRanges) {
        if (lead >= range.first && lead <= range.last && digits.size() >= range.shortest &&
            digits.size() <= range.longest) {
            return true;
        }
    }
    return false;
}

// The digits of one group, and where it stands.
struct Group {
    std::size_t start;
    std::size_t end;
    std::size_t size() const { return end - start; }
};

// A blank or a dash, also beyond ASCII: its length in bytes, 0 for anything else.
std::size_t separatorAt(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::string_view, 11> kSeparators = {
        " ", "-", "\u00a0", "\u2007", "\u2009", "\u202f", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014"};
    for (const std::string_view separator : kSeparators) {
        if (text.substr(at).starts_with(separator)) {
            return separator.size();
        }
    }
    return 0;
}

bool isWordCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The groups of digits from `at` on that single separators hold together; moves `at` behind them.
std::vector<Group> groupsAt(std::string_view text, std::size_t& at)
{
    std::vector<Group> groups;
    for (std::size_t next = at; next < text.size() && isDigit(text[next]);) {
        Group group{next, next};
        while (group.end < text.size() && isDigit(text[group.end])) {
            ++group.end;
        }
        groups.push_back(group);
        at = group.end;
        next = at + (at < text.size() ? separatorAt(text, at) : 0);
        if (next == at) {
            break;
        }
    }
    return groups;
}

// Leaves out what is glued to something else: the decimals of a number, the head of an IBAN, a piece of a
// digest.
void dropGluedEnds(std::string_view text, std::vector<Group>& groups)
{
    const std::size_t start = groups.front().start;
    const bool decimals = start >= 2 && text[start - 1] == '.' && isDigit(text[start - 2]);
    const bool afterWord = start >= 1 && isWordCharacter(text[start - 1]) && groups.size() > 1;
    const std::size_t end = groups.back().end;
    if (end < text.size() && isWordCharacter(text[end])) {
        groups.pop_back();
    }
    if (!groups.empty() && (decimals || afterWord)) {
        groups.erase(groups.begin());
    }
}

// "1227": month and year of an expiry.
bool isExpiry(std::string_view digits)
{
    const int month = (digits[0] - '0') * 10 + (digits[1] - '0');
    return month >= 1 && month <= 12 && digits[2] >= '2' && digits[2] <= '4';
}

bool isCard(std::string_view text, const std::vector<Group>& groups, std::size_t first, std::size_t count)
{
    std::string digits;
    for (std::size_t i = first; i < first + count; ++i) {
        digits += text.substr(groups[i].start, groups[i].size());
    }
    return digits.size() >= 12 && digits.size() <= 19 && isIssued(digits) && checkDigitHolds(digits);
}

// Four groups of four, unless a fifth says that they are part of a longer number.
bool standsAlone(std::string_view text, const std::vector<Group>& groups, std::size_t first)
{
    const std::size_t after = first + 4;
    if (first > 0 && groups[first - 1].size() == 4) {
        return false;
    }
    return after >= groups.size() || groups[after].size() != 4 ||
           (after + 1 == groups.size() && isExpiry(text.substr(groups[after].start, 4)));
}

// How many groups from `first` on make up a card number in a usual layout; 0 = none begins here.
std::size_t cardAt(std::string_view text, const std::vector<Group>& groups, std::size_t first)
{
    static constexpr std::array<std::array<std::size_t, 4>, 4> kLayouts = {
        {{4, 4, 4, 4}, {4, 6, 5, 0}, {4, 6, 4, 0}, {6, 13, 0, 0}}};
    if (isCard(text, groups, first, 1)) {
        return 1;
    }
    for (const auto& layout : kLayouts) {
        std::size_t count = 0;
        while (count < 4 && layout[count] != 0 && first + count < groups.size() &&
               groups[first + count].size() == layout[count]) {
            ++count;
        }
        const bool whole = count == 4 || layout[count] == 0;
        if (whole && isCard(text, groups, first, count) && (count < 4 || standsAlone(text, groups, first))) {
            return count;
        }
    }
    const bool allOfThem = first == 0 && groups.size() <= 19;
    return allOfThem && isCard(text, groups, 0, groups.size()) ? groups.size() : 0;
}

} // namespace

std::vector<Span> cardNumbers(std::string_view text)
{
    std::vector<Span> found;
    const CodePoints points(text);
    for (std::size_t at = 0; at < text.size();) {
        if (!isDigit(text[at])) {
            ++at;
            continue;
        }
        std::vector<Group> groups = groupsAt(text, at);
        dropGluedEnds(text, groups);
        for (std::size_t i = 0; i < groups.size();) {
            const std::size_t count = cardAt(text, groups, i);
            if (count > 0) {
                found.push_back(
                    {points.fromByte(groups[i].start), points.fromByte(groups[i + count - 1].end)});
            }
            i += std::max<std::size_t>(count, 1);
        }
    }
    return found;
}

} // namespace plumbline::guard
