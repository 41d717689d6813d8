#include "app/guard/card_numbers.h"

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
    static constexpr std::array<IssuerRange, 14> kRanges = {{{4000, 4999, 13, 19}, // Visa
                                                             {5100, 5599, 16, 16}, // Mastercard
                                                             {2221, 2720, 16, 16},
                                                             {3400, 3499, 15, 15}, // American Express
                                                             {3700, 3799, 15, 15},
                                                             {6011, 6011, 16, 19}, // Discover
                                                             {6440, 6599, 16, 19},
                                                             {3000, 3059, 14, 19}, // Diners Club
                                                             {3600, 3699, 14, 19},
                                                             {3800, 3999, 14, 19},
                                                             {3528, 3589, 16, 19}, // JCB
                                                             {6200, 6299, 16, 19}, // UnionPay
                                                             {5018, 5038, 13, 19}, // Maestro
                                                             {6304, 6304, 13, 19}}};
    const int lead = (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + (digits[3] - '0');
    for (const IssuerRange& range : kRanges) {
        if (lead >= range.first && lead <= range.last && digits.size() >= range.shortest && digits.size() <= range.longest) {
            return true;
        }
    }
    return false;
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
        std::string digits;
        std::size_t end = at;
        std::size_t next = at;
        while (next < text.size()) {
            if (isDigit(text[next])) {
                digits.push_back(text[next]);
                end = ++next;
            } else if ((text[next] == ' ' || text[next] == '-') && next + 1 < text.size() && isDigit(text[next + 1])) {
                ++next;
            } else {
                break;
            }
        }
        if (digits.size() >= 13 && digits.size() <= 19 && isIssued(digits) && checkDigitHolds(digits)) {
            found.push_back({points.fromByte(at), points.fromByte(end)});
        }
        at = end;
    }
    return found;
}

} // namespace plumbline::guard
