#include "app/evals/figures.h"

#include <algorithm>
#include <optional>
#include <set>

#include "app/evals/citation_figures.h"
#include "app/evals/retrieval_figures.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kNdcgDepth = 10;

AssertionResult plainCheck(const char* type, const CheckInput& input)
{
    Assertion assertion;
    assertion.type = type;
    return check(assertion, input);
}

void takeCitations(Figures& figures, const CheckInput& input)
{
    if (!input.ground || input.answer->sentences.empty()) {
        return;
    }
    if (const auto citations = citationFigures(*input.answer, input.ground)) {
        figures["citation_precision"] = citations->precision;
        figures["citation_recall"] = citations->recall;
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
        if (outcome != Outcome::NotExecutable) {
            known = true;
            kept = kept && outcome == Outcome::Passed;
            figures[std::string("policy:") + type] = outcome == Outcome::Passed ? 1 : 0;
        }
    }
    for (const AssertionResult& result : results) {
        const bool named = result.metric.starts_with("policy:");
        if ((named || result.metric == "policy") && result.outcome != Outcome::NotExecutable) {
            const bool passed = result.outcome == Outcome::Passed;
            known = true;
            kept = kept && passed;
            if (named) {
                double& rule = figures.try_emplace(result.metric, 1).first->second;
                rule = passed ? rule : 0;
            }
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
    const std::vector<bool> relevance = relevanceOf(ranked, expected);
    figures["hit@1"] = hitAt(relevance, 1);
    figures["hit@5"] = hitAt(relevance, 5);
    figures["mrr"] = reciprocalRank(relevance);
    figures["ndcg@10"] = ndcgAt(relevance, kNdcgDepth, expected.documents.size());
    return figures;
}

Figures figuresOf(const CheckInput& input, const std::vector<AssertionResult>& results)
{
    Figures figures;
    if (input.answer != nullptr) {
        figures = retrievalFigures(input.testCase.expected, input.answer->search.passages);
        if (!input.answer->refused()) {
            takeGrounding(figures, input);
            takeCitations(figures, input);
        }
    }
    takePolicy(figures, input, results);
    takeFormat(figures, input, results);
    return figures;
}

} // namespace plumbline::evals
