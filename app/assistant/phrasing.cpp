#include "app/assistant/phrasing.h"

#include <algorithm>

#include <re2/re2.h>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

constexpr double kQuestion = -4;
constexpr double kFragment = -5;
constexpr double kPointer = -1.5;
constexpr double kDefines = 2.5;
constexpr double kSpeaksOf = 1;
constexpr double kFirstStep = 2;
constexpr int kFewestWords = 4;

// Without Markdown signs at the ends and around words; link targets gone, link texts kept.
std::string plain(std::string_view text)
{
    static const RE2 link(R"(\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?)");
    static const RE2 signs(R"([*_`]+)");
    std::string out(text);
    RE2::GlobalReplace(&out, link, "\\1");
    RE2::GlobalReplace(&out, signs, "");
    return std::string(trimmed(out));
}

// Words that are neither in a link nor in an HTML tag.
int wordsOutsideLinks(std::string_view text)
{
    static const RE2 link(R"(\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?|<[^>]*>)");
    static const RE2 word(R"(([A-Za-z0-9][A-Za-z0-9'-]*))");
    std::string rest(text);
    RE2::GlobalReplace(&rest, link, " ");
    re2::StringPiece left(rest);
    int count = 0;
    while (RE2::FindAndConsume(&left, word)) {
        ++count;
    }
    return count;
}

bool isPointer(std::string_view text)
{
    static const RE2 pointer(R"((?i)^\W*(\[|see |read |take a look|refer to |more info).*\]\()");
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pointer);
}

// "A deputy is …", "Deputies are …", "SME (expert), sometimes called …, is …"; where doings are asked for,
// whatever the thing does.
std::string definingPattern(const std::string& thing, bool doings)
{
    const std::string begins = R"((?i)^\W*(an? |the |our )?)" + RE2::QuoteMeta(thing) + R"(s?\b)";
    const std::string is = R"(\W*(\([^)]*\))?(,[^,]*,)? (is|are|means?|refers?|stands?)\b)";
    return doings ? begins : begins + is;
}

bool isFirstStep(const retrieval::Passage& passage, std::size_t unit)
{
    const corpus::Unit& chosen = passage.units[unit];
    if (chosen.kind != corpus::UnitKind::Step || !chosen.ordered) {
        return false;
    }
    const auto first = std::ranges::find_if(passage.units, [&](const corpus::Unit& other) {
        return other.kind == corpus::UnitKind::Step && other.group == chosen.group;
    });
    return first->span == chosen.span;
}

} // namespace

std::optional<std::string> definedThing(std::string_view question)
{
    static const RE2 is(
        R"((?i)^\W*(?:what(?:'s| is| are)|who is) (?:meant by )?(?:an? |the )?(?:role of )?(?:an? |the )?([\w' -]{2,40}?)\W*$)");
    static const RE2 does(
        R"((?i)^\W*what (?:does|do) (?:an? |the )?([\w' -]{2,40}?) (?:do|mean|stand for)\b)");
    static const RE2 several(R"( (of|for|in|on|to|when|if|with|per|at|from) )");
    const std::string text(question);
    std::string thing;
    if (!RE2::PartialMatch(text, does, &thing) &&
        (!RE2::PartialMatch(text, is, &thing) || RE2::PartialMatch(thing, several))) {
        return std::nullopt;
    }
    return asciiLower(thing);
}

Phrasing::Phrasing(std::string_view question) : m_thing(definedThing(question))
{
    static const RE2 does(R"((?i)\b(does|do|role)\b)");
    static const RE2 first(R"((?i)\bfirst (step|thing)\b)");
    const re2::StringPiece text(question.data(), question.size());
    m_firstStep = RE2::PartialMatch(text, first);
    if (m_thing) {
        m_defines.emplace(definingPattern(*m_thing, RE2::PartialMatch(text, does)));
    }
}

double Phrasing::odds(const retrieval::Passage& passage, std::size_t unit, std::string_view text) const
{
    const corpus::UnitKind kind = passage.units[unit].kind;
    if (kind == corpus::UnitKind::Code) {
        return 0;
    }
    const std::string said = plain(text);
    double odds = 0;
    if (kind != corpus::UnitKind::TableRow) {
        odds += said.ends_with('?') ? kQuestion : 0;
        if (wordsOutsideLinks(text) < kFewestWords) {
            odds += kFragment;
        } else if (isPointer(text)) {
            odds += kPointer;
        }
    }
    if (m_thing) {
        odds += RE2::PartialMatch(said, *m_defines) && wordsOutsideLinks(text) >= kFewestWords ? kDefines : 0;
        odds += asciiLower(passage.heading).find(*m_thing) != std::string::npos ? kSpeaksOf : 0;
    }
    if (m_firstStep && isFirstStep(passage, unit)) {
        odds += kFirstStep;
    }
    return odds;
}

} // namespace plumbline::assistant
