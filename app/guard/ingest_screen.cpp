#include "app/guard/ingest_screen.h"

#include <algorithm>
#include <array>
#include <memory>

#include <re2/re2.h>

#include "app/guard/card_numbers.h"

namespace plumbline::guard {

namespace {

// What speaks to an assistant and not to a reader. Each alone may stand in an honest document.
enum Signal : std::size_t {
    kOverride,
    kPersona,
    kConceal,
    kAddress,
    kNewRules,
    kTell,
    kSendAway,
    kOnlyThis,
    kSignals
};

constexpr std::array<int, kSignals> kWeights = {3, 2, 2, 2, 2, 2, 2, 1};
constexpr int kVisibleSuspicion = 4;

// An order begins its sentence, or comes after "please" or "you must". "The assistant must disregard …" is a
// policy about the same words.
#define PLUMBLINE_ORDER                                                                                      \
    R"((?:^[\s>*#-]*|[.!?:;,>(\[–—]\s*|\b(?:please|now|then|you (?:must|should|will|shall|are to|have to|need to))\s+(?:now\s+)?))"

constexpr const char* kOverridePattern =
    "(?im)" PLUMBLINE_ORDER R"((?:)"
    R"((?:ignore|disregard|forget)\s+(?:\w+\s+){0,3}?(?:previous|prior|above|earlier|preceding|original|system|your)\b)"
    R"([^.]{0,30}?\b(?:instructions?|guidelines?|prompts?|rules|directions|orders|programming|training)\b)"
    R"(|(?:ignore|disregard|forget)\s[^.]{0,20}?\b(?:instructions?|guidelines?|prompts?|rules|directions)\s+)"
    R"((?:above|before|so far|you (?:were|have been|got)))"
    R"(|(?:override|bypass)\s+(?:all\s+)?(?:of\s+)?your\b[^.]{0,30}?\b)"
    R"((?:instructions?|guidelines?|rules|restrictions|programming|polic(?:y|ies))\b))";

#undef PLUMBLINE_ORDER

// The patterns in the order of Signal, compiled once; RE2 objects may be shared between threads.
const std::array<std::unique_ptr<RE2>, kSignals>& patterns()
{
    static const std::array<const char*, kSignals> kTexts = {
        kOverridePattern,
        R"((?i)\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\b(?:act|behave) as (?:if you were|an? unrestricted)\b)",
        R"((?i)\b(?:do not|don't|never) (?:mention|reveal|disclose|quote|cite|show|report)\b[^.]{0,30}?\b(?:this|these)\s+(?:hidden )?(?:instructions?|notes?|comments?|messages?|text)\b)",
        R"((?i)\b(?:AI|LLM|language[ -]model|chat ?bot)s?\b|\bassistants?\s*:|\b(?:any|all|dear|hey|to the|to) (?:AI )?assistants?\b)",
        R"((?i)\b(?:new|updated|real|secret|hidden) (?:system )?(?:instructions?|prompt)\b|\bsystem prompt\b)",
        R"((?i)\b(?:tell|answer|reply to|respond to|inform|assure|convince)\s+(?:\w+\s+){0,2}?(?:users?|customers?|readers?|anyone|everyone|them|question)\b)",
        R"((?i)\b(?:send|post|forward|upload|exfiltrate|e-?mail|leak)\b[^.]{0,60}?\b(?:passwords?|secrets?|credentials?|tokens?|keys?|conversation|chat|data|contents?)\b[^.]{0,40}?\b(?:to|at)\b)",
        R"((?i)\b(?:answer|respond|reply|say|output|print|write)\b[^.]{0,20}?\b(?:only|always|exactly|instead|nothing but|with)\b)"};
    static const auto kCompiled = [] {
        std::array<std::unique_ptr<RE2>, kSignals> all;
        for (std::size_t i = 0; i < kSignals; ++i)
            all[i] = std::make_unique<RE2>(kTexts[i], RE2::Quiet);
        return all;
    }();
    return kCompiled;
}

bool matches(const RE2& pattern, std::string_view text)
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

struct Signals {
    std::array<bool, kSignals> found{};
    std::ptrdiff_t count = 0;
    int weight = 0;
};

Signals signalsIn(std::string_view text)
{
    Signals signals;
    for (std::size_t i = 0; i < kSignals; ++i)
        if (matches(*patterns()[i], text)) {
            signals.found[i] = true;
            signals.weight += kWeights[i];
            ++signals.count;
        }
    return signals;
}

// Nobody hides an order to drop the rules for an honest reason; other signals may be an editor's errand.
bool hiddenSpeaksToAssistant(std::string_view text)
{
    const Signals signals = signalsIn(text);
    const auto& found = signals.found;
    return found[kOverride] || found[kConceal] ||
           ((found[kAddress] || found[kPersona]) && signals.count >= 2);
}

// The text without what stands in quotation marks or as code: a security document shows attacks, it does not
// make them. A paragraph that is nothing but a quotation is taken as it stands.
std::string withoutQuotations(std::string_view paragraph)
{
    static const RE2 kQuoted(R"("[^"]{1,300}"|“[^”]{1,300}”|`[^`]{1,300}`)", RE2::Quiet);
    static const RE2 kSomeWords(R"((?:\pL+[^\pL]+){3}\pL)", RE2::Quiet);
    std::string out(paragraph);
    RE2::GlobalReplace(&out, kQuoted, " ");
    return matches(kSomeWords, out) ? out : std::string(paragraph);
}

bool visibleSpeaksToAssistant(std::string_view paragraph)
{
    // A cheap look first: most paragraphs hold none of the words that an attack cannot do without.
    static const RE2 kSuspect(
        R"((?i)\b(?:ignore|disregard|forget|override|bypass|you are (?:now|no longer)|from now on|do not|don't|never)\b)",
        RE2::Quiet);
    if (!matches(kSuspect, paragraph))
        return false;
    const Signals signals = signalsIn(withoutQuotations(paragraph));
    const auto& found = signals.found;
    const bool opens = found[kOverride] || found[kPersona] || (found[kAddress] && found[kConceal]);
    return opens && signals.count >= 2 && signals.weight >= kVisibleSuspicion;
}

void screenVisible(std::string_view text, const CodePoints& points, std::vector<Finding>& findings)
{
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t blank = std::min(text.find("\n\n", start), text.size());
        const std::string_view paragraph = trimmed(text.substr(start, blank - start));
        if (visibleSpeaksToAssistant(paragraph)) {
            const auto from = static_cast<std::size_t>(paragraph.data() - text.data());
            findings.push_back({"instruction_to_assistant",
                                {points.fromByte(from), points.fromByte(from + paragraph.size())},
                                "a paragraph gives orders to an assistant instead of informing a reader"});
        }
        start = blank + 2;
    }
}

// The text with hidden passages blanked out byte by byte, so that what they hold is found once and offsets
// stay.
std::string visibleText(std::string_view text, const CodePoints& points,
                        const std::vector<HiddenPassage>& hidden)
{
    std::string visible(text);
    for (const HiddenPassage& passage : hidden)
        for (std::size_t at = points.toByte(passage.span.start); at < points.toByte(passage.span.end); ++at)
            if (visible[at] != '\n')
                visible[at] = ' ';
    return visible;
}

} // namespace

std::vector<Finding> screenDocument(std::string_view text, const std::vector<HiddenPassage>& hidden)
{
    std::vector<Finding> findings;
    for (const HiddenPassage& passage : hidden) {
        if (hiddenSpeaksToAssistant(passage.text))
            findings.push_back(
                {"hidden_text", passage.span,
                 "text that a reader does not see (" + passage.reason + ") gives orders to an assistant"});
        if (!cardNumbers(passage.text).empty())
            findings.push_back(
                {"card_number", passage.span,
                 "a payment card number in text that a reader does not see (" + passage.reason + ")"});
    }
    const CodePoints points(text);
    const std::string visible = visibleText(text, points, hidden);
    screenVisible(visible, points, findings);
    const CodePoints blanked(
        visible); // a blanked character of several bytes is several blanks: bytes are common ground
    for (const Span& card : cardNumbers(visible))
        findings.push_back(
            {"card_number",
             {points.fromByte(blanked.toByte(card.start)), points.fromByte(blanked.toByte(card.end))},
             "a payment card number; only the first six and last four digits may stand here"});
    std::ranges::stable_sort(findings, {}, [](const Finding& finding) { return finding.span.start; });
    return findings;
}

} // namespace plumbline::guard
