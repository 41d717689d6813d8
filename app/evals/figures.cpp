#include "app/evals/figures.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace plumbline::evals {

namespace {

constexpr std::size_t kNdcgDepth = 10;

AssertionResult plainCheck(const char* type, const CheckInput& input)
{
    Assertion assertion;
    assertion.type = type;
    return check(assertion, input);
}

void take(Figures& figures, const char* name, const char* type, const CheckInput& input)
{
    const AssertionResult result = plainCheck(type, input);
    if (result.outcome != Outcome::NotExecutable) {
        figures[name] = std::clamp(result.score, 0.0, 1.0);
    }
}

void takeGrounding(Figures& figures, const CheckInput& input)
{
    const AssertionResult result = plainCheck("grounded", input);
    if (result.outcome != Outcome::NotExecutable) {
        figures["grounded"] = std::clamp(result.score, 0.0, 1.0);
        figures["hallucinated"] = result.outcome == Outcome::Failed ? 1 : 0;
    }
}

// By rule: approved sources alone, no personal data, and whatever of the suite counts for "policy".
void takePolicy(Figures& figures, const CheckInput& input, const std::vector<AssertionResult>& results)
{
    bool known = false;
    bool kept = true;
    for (const char* type : {"cites-approved-only", "no-personal-data"}) {
        const Outcome outcome = plainCheck(type, input).outcome;
        known = known || outcome != Outcome::NotExecutable;
        kept = kept && outcome != Outcome::Failed;
    }
    for (const AssertionResult& result : results) {
        if (result.metric == "policy" && result.outcome != Outcome::NotExecutable) {
            known = true;
            kept = kept && result.outcome == Outcome::Passed;
        }
    }
    if (known) {
        figures["policy_compliant"] = kept ? 1 : 0;
    }
}

void takeFormat(Figures& figures, const CheckInput& input, const std::vector<AssertionResult>& results)
{
    static const std::set<std::string, std::less<>> kFormat = {"is-json", "is-xml", "is-sql", "schema",
                                                               "is-valid-openai-tools-call"};
    bool known = input.answer != nullptr;
    bool kept = true;
    if (input.answer != nullptr) {
        kept = std::ranges::none_of(input.answer->findings, [](const assistant::Finding& finding) {
            return finding.rule == "format_violation" || finding.rule == "cut_off";
        });
    }
    for (const AssertionResult& result : results) {
        if (kFormat.contains(result.name) && result.outcome != Outcome::NotExecutable) {
            known = true;
            kept = kept && result.outcome == Outcome::Passed;
        }
    }
    if (known) {
        figures["format_ok"] = kept ? 1 : 0;
    }
}

} // namespace

Figures retrievalFigures(const Expectation& expected, const std::vector<retrieval::Passage>& ranked)
{
    Figures figures;
    if (expected.documents.empty()) {
        return figures;
    }
    std::set<std::string> seen; // documents, so that a second passage of one is no second hit
    std::size_t rank = 0;
    std::size_t first = 0;
    double gain = 0;
    for (const retrieval::Passage& passage : ranked) {
        if (!seen.insert(passage.document + "@" + passage.version).second) {
            continue;
        }
        ++rank;
        const auto right = std::ranges::find(expected.documents, passage.document);
        if (right == expected.documents.end() ||
            (right == expected.documents.begin() && !expected.version.empty() &&
             passage.version != expected.version)) {
            continue;
        }
        first = first == 0 ? rank : first;
        gain += rank <= kNdcgDepth ? 1 / std::log2(static_cast<double>(rank) + 1) : 0;
    }
    double ideal = 0;
    for (std::size_t i = 1; i <= std::min(expected.documents.size(), kNdcgDepth); ++i) {
        ideal += 1 / std::log2(static_cast<double>(i) + 1);
    }
    figures["hit@1"] = first == 1 ? 1 : 0;
    figures["hit@5"] = first >= 1 && first <= 5 ? 1 : 0;
    figures["mrr"] = first == 0 ? 0 : 1 / static_cast<double>(first);
    figures["ndcg@10"] = std::min(1.0, gain / ideal);
    return figures;
}

Figures figuresOf(const CheckInput& input, const std::vector<AssertionResult>& results)
{
    Figures figures;
    if (input.answer != nullptr) {
        figures = retrievalFigures(input.testCase.expected, input.answer->search.passages);
        if (!input.answer->refused()) {
            takeGrounding(figures, input);
            take(figures, "citation_precision", "citation-precision", input);
            take(figures, "citation_recall", "citation-recall", input);
        }
    }
    takePolicy(figures, input, results);
    takeFormat(figures, input, results);
    return figures;
}

} // namespace plumbline::evals
