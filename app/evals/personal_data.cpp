#include "app/evals/personal_data.h"

#include <algorithm>
#include <cctype>

#include <re2/re2.h>

#include "app/guard/card_numbers.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kShortestIban = 15; // Norway
constexpr std::size_t kLongestIban = 34;

// ISO 7064 mod 97-10 over the number with its first four characters moved to the end.
bool checkNumberHolds(const std::string& iban)
{
    int rest = 0;
    for (const char c : iban.substr(4) + iban.substr(0, 4)) {
        const bool digit = c >= '0' && c <= '9';
        rest = digit ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    return rest == 1;
}

void addIban(std::string_view text, std::string_view found, const CodePoints& points,
             std::vector<PersonalData>& out)
{
    std::string compact(found);
    std::erase(compact, ' ');
    // Groups behind the number may have been taken along: the longest reading that holds counts.
    const auto start = static_cast<std::size_t>(found.data() - text.data());
    for (std::size_t length = std::min(compact.size(), kLongestIban); length >= kShortestIban; --length) {
        if (!checkNumberHolds(compact.substr(0, length)))
            continue;
        std::size_t end = start;
        for (std::size_t seen = 0; seen < length; ++end)
            seen += text[end] == ' ' ? 0U : 1U;
        out.push_back({"IBAN",
                       {points.fromByte(start), points.fromByte(end)},
                       std::string(text.substr(start, end - start))});
        return;
    }
}

void addMatches(std::string_view text, const RE2& expression, const CodePoints& points,
                std::vector<PersonalData>& out, bool ibans)
{
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, expression, &found)) {
        const std::string_view piece(found.data(), found.size());
        const auto start = static_cast<std::size_t>(piece.data() - text.data());
        if (ibans)
            addIban(text, piece, points, out);
        else
            out.push_back({"e-mail address",
                           {points.fromByte(start), points.fromByte(start + piece.size())},
                           std::string(piece)});
    }
}

} // namespace

std::vector<PersonalData> personalDataIn(std::string_view text)
{
    static const RE2 iban(R"(\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30})\b)");
    static const RE2 mail(R"(([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24})\b)");
    const CodePoints points(text);
    std::vector<PersonalData> found;
    for (const Span& span : guard::cardNumbers(text))
        found.push_back({"card number", span, std::string(points.slice(span))});
    addMatches(text, iban, points, found, true);
    addMatches(text, mail, points, found, false);
    std::ranges::stable_sort(found, {}, [](const PersonalData& one) { return one.span.start; });
    return found;
}

std::string withoutPersonalData(std::string_view text)
{
    const std::vector<PersonalData> found = personalDataIn(text);
    if (found.empty()) {
        return std::string(text);
    }
    const CodePoints points(text);
    std::string masked;
    std::size_t shown = 0; // code points that are dealt with
    for (const PersonalData& one : found) {
        const std::size_t start = std::max(one.span.start, shown);
        masked += points.slice({shown, start});
        shown = std::max(one.span.end, shown);
        for (std::size_t point = start; point < shown; ++point) {
            masked += "\u2588";
        }
    }
    return masked.append(points.slice({shown, points.size()}));
}

} // namespace plumbline::evals
