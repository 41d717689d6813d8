#include "tests/quality/mutations.h"

#include <map>
#include <regex>

namespace plumbline::tests {

namespace {

struct Place {
    std::size_t at = 0;
    std::size_t size = 0;
    std::string text;
};

std::vector<Place> places(const std::string& text, const std::regex& pattern, std::size_t group = 0)
{
    std::vector<Place> found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
        found.push_back({static_cast<std::size_t>(at->position(group)),
                         static_cast<std::size_t>(at->length(group)), at->str(group)});
    }
    return found;
}

std::size_t below(std::size_t count, std::mt19937& random)
{
    return random() % count;
}

std::string replaced(const std::string& text, const Place& place, const std::string& by)
{
    std::string out = text;
    out.replace(place.at, place.size, by);
    return out;
}

const std::vector<std::string>& smallNumbers()
{
    static const std::vector<std::string> kWords = {"two",   "three", "four", "five",   "six",
                                                    "seven", "eight", "nine", "eleven", "thirteen"};
    return kWords;
}

// 30 -> 45, "five" -> "nine"
std::optional<std::string> otherNumber(const std::string& text, std::mt19937& random)
{
    static const std::regex kNumbers(
        R"((^|[\s(£€$])(\d[\d,]*(?:\.\d+)?|two|three|four|five|six|seven|eight|ten|fifteen|twenty|fifty)(?=[\s,.;%)k]|$))");
    const auto found = places(text, kNumbers, 2);
    if (found.empty()) {
        return std::nullopt;
    }
    const Place& place = found[below(found.size(), random)];
    if (place.text[0] > '9') {
        std::string other = place.text;
        while (other == place.text) {
            other = smallNumbers()[below(smallNumbers().size(), random)];
        }
        return replaced(text, place, other);
    }
    std::string digits = place.text;
    const std::size_t last = digits.find_last_of("123456789");
    if (last == std::string::npos) {
        return std::nullopt;
    }
    const auto step = static_cast<char>(1 + below(8, random));
    digits[last] = static_cast<char>('1' + (digits[last] - '1' + step) % 9);
    return replaced(text, place, digits);
}

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};

std::optional<std::string> otherDate(const std::string& text, std::mt19937& random)
{
    static const std::regex kDate(R"((\d{1,2}) ([A-Z][a-z]+) (\d{4}))");
    std::smatch match;
    if (!std::regex_search(text, match, kDate)) {
        return std::nullopt;
    }
    int day = std::stoi(match[1]);
    std::string month = match[2];
    int year = std::stoi(match[3]);
    switch (below(3, random)) {
    case 0:
        day = day % 27 + 1;
        break;
    case 1:
        while (month == match[2]) {
            month = kMonths[below(kMonths.size(), random)];
        }
        break;
    default:
        year += below(2, random) == 0 ? 1 : -1;
    }
    return match.prefix().str() + std::to_string(day) + " " + month + " " + std::to_string(year) +
           match.suffix().str();
}

std::optional<std::string> otherIdentifier(const std::string& text, std::mt19937& random)
{
    static const std::regex kIdentifiers(R"([A-Za-z]+[-.]?[A-Za-z]*\d[\w-]*)");
    const auto found = places(text, kIdentifiers);
    if (found.empty()) {
        return std::nullopt;
    }
    const Place& place = found[below(found.size(), random)];
    std::string other = place.text;
    const std::size_t last = other.find_last_of("0123456789");
    other[last] = static_cast<char>('0' + (other[last] - '0' + 1 + static_cast<int>(below(8, random))) % 10);
    return replaced(text, place, other);
}

std::string added(const std::string& text, std::mt19937& random)
{
    static const std::vector<std::string> kSentences = {
        "The fee is refunded to the customer automatically.",
        "A monthly newsletter tells all employees about the results.",
        "External consultants review the wording before publication.",
        "The board was informed by letter last spring.",
        "Employees receive a bonus when they meet this goal.",
        "Weekend shifts are paid at double the usual rate.",
        "The regulator praised this approach in its annual letter.",
        "Branch managers can waive this rule for loyal clients.",
        "A mobile app for tablets is planned as a replacement.",
        "Competitors charge considerably more for the same service.",
        "The legal team translated the text into French and German.",
        "Most incidents of this kind are caused by human error.",
        "Training videos are available on the intranet.",
        "The supplier pays a penalty if this is missed.",
        "Older hardware will be donated to schools.",
        "Results are published on the company website.",
        "An insurance policy covers the remaining damage.",
        "The procedure was copied from a British competitor.",
        "Interns may watch the process through a glass wall.",
        "Paper copies are stored in the basement archive in Dublin."};
    return text + " " + kSentences[below(kSentences.size(), random)];
}

std::optional<std::string> otherName(const std::string& text, std::mt19937& random)
{
    static const std::vector<std::string> kNames = {
        "Head of Marketing",       "Chief Executive Officer", "Branch Manager",     "Desktop Support Lead",
        "Head of Human Resources", "Mortgage Team",           "Investor Relations", "Data Science Guild",
        "Facilities Manager",      "Legal Director"};
    static const std::regex kName(
        R"((Head of [A-Z]\w+(?: (?:and )?[A-Z]\w+)*|Chief Risk Officer|Incident Commander|SOC Shift Lead|Payments Engineering Lead|Change Manager|Third-Party Risk Manager|Card Operations Manager|PCI Programme Lead|Treasury Operations|Customer Operations|Platform Engineering|Payments On-call|CISO|SOC|CAB|Tarnwick Bank|Leeds|Gdańsk))");
    const auto found = places(text, kName);
    if (found.empty()) {
        return std::nullopt;
    }
    static const std::map<std::string, std::string> kPlaces = {
        {"Leeds", "Bristol"}, {"Gdańsk", "Kraków"}, {"Tarnwick Bank", "Barclays"}};
    const Place& place = found[below(found.size(), random)];
    const auto town = kPlaces.find(place.text);
    return replaced(text, place, town != kPlaces.end() ? town->second : kNames[below(kNames.size(), random)]);
}

std::optional<std::string> otherUnit(const std::string& text, std::mt19937& random)
{
    static const std::regex kUnits(
        R"((?:\d|two|three|four|five|six|seven|eight|ten|fifteen|twenty|half a|half an|an|one|a) ?(seconds|second|minutes|minute|min|hours|hour|h|business days|business day|days|day|weeks|months|years|year|percent|per cent|GB|TB|pounds)\b)");
    static const std::map<std::string, std::vector<std::string>> kOthers = {
        {"seconds", {"minutes", "hours"}},
        {"second", {"minute"}},
        {"minutes", {"hours", "seconds"}},
        {"minute", {"hour"}},
        {"min", {"hours", "seconds"}},
        {"hours", {"days", "minutes"}},
        {"hour", {"day", "week"}},
        {"h", {"days", "minutes"}},
        {"business days", {"weeks", "hours"}},
        {"business day", {"week", "hour"}},
        {"days", {"hours", "months"}},
        {"day", {"week", "hour"}},
        {"weeks", {"months", "days"}},
        {"months", {"days", "years"}},
        {"years", {"months", "weeks"}},
        {"year", {"month", "week"}},
        {"percent", {"euro", "basis points"}},
        {"per cent", {"basis points", "euro"}},
        {"GB", {"TB", "MB"}},
        {"TB", {"GB", "PB"}},
        {"pounds", {"euro", "dollars"}}};
    const auto found = places(text, kUnits, 1);
    if (found.empty()) {
        return std::nullopt;
    }
    const Place& place = found[below(found.size(), random)];
    const auto& others = kOthers.at(place.text);
    return replaced(text, place, others[below(others.size(), random)]);
}

std::optional<std::string> otherModal(const std::string& text, std::mt19937& random)
{
    static const std::regex kModals(
        R"(\b(must not|must(?! never)|may not|may|has to|have to|should|cannot|can never|are needed|is needed|need)\b)");
    static const std::map<std::string, std::vector<std::string>> kOthers = {
        {"must not", {"should", "may"}},  {"must", {"may", "should"}},    {"may not", {"should", "must"}},
        {"may", {"must", "should"}},      {"has to", {"may", "should"}},  {"have to", {"may", "should"}},
        {"should", {"may", "must"}},      {"cannot", {"must", "should"}}, {"can never", {"must"}},
        {"are needed", {"are optional"}}, {"is needed", {"is optional"}}, {"need", {"may want"}}};
    const auto found = places(text, kModals);
    if (found.empty()) {
        return std::nullopt;
    }
    const Place& place = found[below(found.size(), random)];
    const auto& others = kOthers.at(place.text);
    return replaced(text, place, others[below(others.size(), random)]);
}

std::optional<std::string> withoutNegation(const std::string& text, std::mt19937& random)
{
    static const std::vector<std::pair<std::regex, std::string>> kNegations = {
        {std::regex(R"(\bmust not\b)"), "must"},
        {std::regex(R"(\bmay not\b)"), "may"},
        {std::regex(R"(\bcannot\b)"), "can"},
        {std::regex(R"(\bis not\b)"), "is"},
        {std::regex(R"(\bare not\b)"), "are"},
        {std::regex(R"(\bdo not\b)"), "do"},
        {std::regex(R"(\bdoes not\b)"), "does"},
        {std::regex(R"(\bnever\b)"), "always"},
        {std::regex(R"(\b(N|n)o (?!later|more))"), ""},
        {std::regex(R"(\bNobody\b)"), "Everybody"},
        {std::regex(R"(\bnot\b ?)"), ""},
        {std::regex(R"(\bprohibited\b)"), "allowed"}};
    std::vector<std::string> results;
    for (const auto& [pattern, by] : kNegations) {
        for (const Place& place : places(text, pattern)) {
            results.push_back(replaced(text, place, by));
        }
    }
    return results.empty() ? std::nullopt : std::optional(results[below(results.size(), random)]);
}

} // namespace

std::string inWords(const std::string& isoDate)
{
    const auto month = static_cast<std::size_t>(std::stoi(isoDate.substr(5, 2)) - 1);
    return std::to_string(std::stoi(isoDate.substr(8, 2))) + " " + kMonths[month] + " " +
           isoDate.substr(0, 4);
}

std::optional<std::string> mutate(const std::string& answer, Mutation kind, std::mt19937& random)
{
    switch (kind) {
    case Mutation::Number:
        return otherNumber(answer, random);
    case Mutation::Date:
        return otherDate(answer, random);
    case Mutation::Identifier:
        return otherIdentifier(answer, random);
    case Mutation::Added:
        return added(answer, random);
    case Mutation::Name:
        return otherName(answer, random);
    case Mutation::Unit:
        return otherUnit(answer, random);
    case Mutation::Modal:
        return otherModal(answer, random);
    case Mutation::Negation:
        return withoutNegation(answer, random);
    }
    return std::nullopt;
}

} // namespace plumbline::tests
