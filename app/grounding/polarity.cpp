#include "app/grounding/polarity.h"

#include <algorithm>
#include <array>

#include "app/grounding/lexicon.h"

namespace plumbline::grounding {

namespace {

template <std::size_t N>
bool in(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 17> kObliges = {
    "must",      "shall",      "required",    "requires",   "require",    "needs",
    "need",      "mandatory",  "obliged",     "obligatory", "compulsory", "needed",
    "necessary", "obligation", "requirement", "bound",      "essential"};
constexpr std::array<std::string_view, 11> kPermits = {"may",     "can",       "could",    "might",
                                                       "allowed", "permitted", "optional", "optionally",
                                                       "allows",  "permits",   "free"};
constexpr std::array<std::string_view, 3> kRecommends = {"should", "ought", "advisable"};
constexpr std::array<std::string_view, 8> kProhibits = {"prohibited", "forbidden", "banned", "barred",
                                                        "prohibits",  "forbids",   "forbid", "prohibit"};
constexpr std::array<std::string_view, 35> kDenials = {
    "not",      "no",       "never",   "without", "cannot",   "unable",  "fail",    "fails",   "failed",
    "failing",  "lack",     "lacks",   "lacking", "refuse",   "refuses", "refused", "deny",    "denied",
    "reject",   "rejected", "avoid",   "prevent", "prevents", "missing", "absent",  "absence", "outside",
    "excluded", "exempt",   "neither", "nobody",  "invalid",  "stop",    "nothing", "void"};

bool isNegative(std::string_view low)
{
    return low == "not" || low == "no" || low == "never" || low == "without";
}

// Un-, non-: with the rest a word of its own.
bool hasNegativeBeginning(std::string_view low)
{
    static constexpr std::array<std::string_view, 6> kOthers = {"unless", "until",   "unit",
                                                                "union",  "uniform", "under"};
    for (const std::string_view beginning : {"un", "non"}) {
        if (low.starts_with(beginning) && low.size() > beginning.size() + 3 && !in(kOthers, low)) {
            return factsOf(low.substr(beginning.size())).known();
        }
    }
    return false;
}

// "has to", "have to", "is to", "are to" before something to do
bool obligesByTo(const Terms& terms, std::size_t index)
{
    const std::string& low = terms.all[index].low;
    const bool opens = low == "has" || low == "have" || low == "had" || low == "is" || low == "are";
    return opens && index + 1 < terms.all.size() && terms.all[index + 1].low == "to" &&
           terms.all[index + 1].sentence == terms.all[index].sentence;
}

bool negatedAround(const Terms& terms, std::size_t index)
{
    const Region region = regionAround(terms, index, 4);
    for (std::size_t i = region.first; i < std::min(region.last, index + 3); ++i) {
        const std::string& low = terms.all[i].low;
        if (i != index && isNegative(low) && (i > index || low != "without")) {
            return true;
        }
    }
    return false;
}

} // namespace

Region regionAround(const Terms& terms, std::size_t index, std::size_t reach)
{
    Region region{index, index + 1};
    const std::size_t sentence = terms.all[index].sentence;
    while (region.first > 0 && index - region.first < reach &&
           terms.all[region.first - 1].sentence == sentence) {
        --region.first;
    }
    while (region.last < terms.all.size() && region.last - index <= reach &&
           terms.all[region.last].sentence == sentence) {
        ++region.last;
    }
    return region;
}

Modality modalityAt(const Terms& terms, std::size_t index)
{
    const Term& term = terms.all[index];
    if (term.kind != TermKind::Word) {
        return Modality::None;
    }
    if (in(kProhibits, term.low)) {
        return Modality::Prohibition;
    }
    const bool soft = term.low == "need" || term.low == "needs" || term.low.starts_with("requir") ||
                      term.low == "needed" || term.low == "necessary" || term.low == "mandatory";
    if (in(kObliges, term.low) || obligesByTo(terms, index)) {
        if (!negatedAround(terms, index)) {
            return Modality::Obligation;
        }
        return soft || obligesByTo(terms, index) ? Modality::Permission : Modality::Prohibition;
    }
    if (in(kPermits, term.low)) {
        return negatedAround(terms, index) ? Modality::Prohibition : Modality::Permission;
    }
    if (in(kRecommends, term.low)) {
        return Modality::Recommendation;
    }
    return Modality::None;
}

bool isDenial(std::string_view low)
{
    return in(kDenials, low) || in(kProhibits, low) || hasNegativeBeginning(low);
}

bool denies(const Terms& terms, const Region& region)
{
    for (std::size_t i = region.first; i < region.last; ++i) {
        if (terms.all[i].kind == TermKind::Word && isDenial(terms.all[i].low)) {
            return true;
        }
    }
    return false;
}

} // namespace plumbline::grounding
