#include "app/guard/ingest_screen.h"

#include <algorithm>
#include <array>
#include <memory>

#include <re2/re2.h>

#include "app/guard/card_numbers.h"

namespace plumbline::guard {

namespace {

// What speaks to an assistant and not to a reader. Each alone may stand in an honest policy; the weights say how much.
struct Signal {
    const char* pattern;
    int weight;
};

constexpr int kHiddenSuspicion = 2;  // hidden text needs less
constexpr int kVisibleSuspicion = 4;

constexpr std::array<Signal, 9> kSignals = {{
    {R"((?i)\b(ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(previous|prior|above|earlier|all|any|your|the)\b[^.\n]{0,30}\b(instructions?|rules?|guidelines?|prompts?|polic(y|ies)|directions)\b)", 3},
    {R"((?i)\byou are (now|no longer)\b)", 2},
    {R"((?i)\b(new|updated|real|secret|hidden) (system )?(instructions?|prompt)\b)", 2},
    {R"((?i)\b(system|assistant|developer)\s*(prompt|message)?\s*:\s)", 1},
    {R"((?i)\b(AI|artificial intelligence|language model|assistant|chatbot|LLM)s?\b)", 1},
    {R"((?i)\b(tell|answer|reply|respond|inform|assure|say to|convince)\b[^.\n]{0,40}\b(user|users|customer|customers|reader|anyone|everyone|them)\b)", 2},
    {R"((?i)\bdo not (mention|reveal|tell|disclose|cite|say)\b[^.\n]{0,40}\b(this|these|instructions?|note|comment|message)\b)", 3},
    {R"((?i)\b(send|post|forward|upload|exfiltrate|e-?mail)\b[^.\n]{0,60}\b(password|secret|credential|token|api key|conversation|data)s?\b[^.\n]{0,40}\b(to|at)\b)", 1},
    {R"((?i)\b(answer|respond|reply|say)\b[^.\n]{0,20}\b(only|always|exactly|instead)\b)", 1},
}};

// The patterns, compiled once; RE2 objects may be shared between threads.
const std::vector<std::unique_ptr<RE2>>& patterns()
{
    static const std::vector<std::unique_ptr<RE2>> compiled = [] {
        std::vector<std::unique_ptr<RE2>> all;
        for (const Signal& signal : kSignals) {
            all.push_back(std::make_unique<RE2>(signal.pattern, RE2::Quiet));
        }
        return all;
    }();
    return compiled;
}

int suspicion(std::string_view text)
{
    int sum = 0;
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *patterns()[i])) {
            sum += kSignals[i].weight;
        }
    }
    return sum;
}

// A cheap look first: most paragraphs hold none of the words that any heavy signal needs.
bool mayCommand(std::string_view paragraph)
{
    static const RE2 words(R"((?i)\b(ignore|disregard|forget|override|bypass|you are (now|no longer)|do not (mention|reveal|tell|disclose|cite|say)))",
                           RE2::Quiet);
    return RE2::PartialMatch(re2::StringPiece(paragraph.data(), paragraph.size()), words);
}

void screenVisible(std::string_view text, std::vector<Finding>& findings)
{
    const CodePoints points(text);
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t blank = std::min(text.find("\n\n", start), text.size());
        const std::string_view paragraph = text.substr(start, blank - start);
        if (mayCommand(paragraph) && suspicion(paragraph) >= kVisibleSuspicion) {
            findings.push_back({"instruction_to_assistant", {points.fromByte(start), points.fromByte(blank)},
                                "a paragraph gives orders to an assistant instead of informing a reader"});
        }
        start = blank + 2;
    }
}

} // namespace

std::vector<Finding> screenDocument(std::string_view text, const std::vector<HiddenPassage>& hidden)
{
    std::vector<Finding> findings;
    for (const HiddenPassage& passage : hidden) {
        if (suspicion(passage.text) >= kHiddenSuspicion) {
            findings.push_back({"hidden_text", passage.span, "text that a reader does not see (" + passage.reason + ") gives orders to an assistant"});
        }
        for ([[maybe_unused]] const Span& card : cardNumbers(passage.text)) {
            findings.push_back({"card_number", passage.span, "a payment card number in text that a reader does not see"});
        }
    }
    screenVisible(text, findings);
    for (const Span& card : cardNumbers(text)) {
        findings.push_back({"card_number", card, "a payment card number; only the first six and last four digits may stand here"});
    }
    std::ranges::stable_sort(findings, {}, [](const Finding& finding) { return finding.span.start; });
    return findings;
}

} // namespace plumbline::guard
