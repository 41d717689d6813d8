#include "app/evals/failure_tally.h"

#include <algorithm>

namespace plumbline::evals {

namespace {

template <typename Sum>
bool worse(const Sum& left, const Sum& right)
{
    if (left.failed != right.failed)
        return left.failed > right.failed;
    return left.asked < right.asked; // as many failures of fewer
}

template <typename Sum>
void keepWorst(std::vector<Sum>& sums, std::size_t limit)
{
    std::stable_sort(sums.begin(), sums.end(), worse<Sum>); // from maps: names are in order already
    if (sums.size() > limit)
        sums.resize(limit);
}

} // namespace

std::string failureReason(const CaseResult& result)
{
    if (result.state == CaseState::Broken)
        return result.error;
    for (const AssertionResult& assertion : result.assertions) {
        if (assertion.outcome != Outcome::Passed)
            return assertion.reason.empty() ? assertion.name : assertion.name + ": " + assertion.reason;
    }
    return {};
}

void FailureTally::add(const Run& run, const CaseResult& result)
{
    const auto& variants = run.settings.variants;
    if (result.variant < 0 || static_cast<std::size_t>(result.variant) >= variants.size())
        return;
    const Variant& variant = variants[static_cast<std::size_t>(result.variant)];
    CaseCount& ofCase = m_cases[{run.settings.suiteName, result.caseId}];
    PromptCount& ofPrompt = m_prompts[{variant.prompt, variant.model}];
    ++m_results;
    ++ofCase.sum.asked;
    ++ofPrompt.sum.asked;
    if (result.passed)
        return;
    const std::int64_t broken = result.state == CaseState::Broken ? 1 : 0;
    ++ofCase.sum.failed;
    ++ofPrompt.sum.failed;
    ofCase.sum.broken += broken;
    ofPrompt.sum.broken += broken;
    ofCase.variants.insert(variant.id());
    ofPrompt.cases.insert(run.settings.suiteName + '\n' + result.caseId);
    if (ofCase.sum.lastRun.empty() || run.started > ofCase.sum.lastAt) {
        ofCase.sum.lastRun = run.id;
        ofCase.sum.lastAt = run.started;
        ofCase.sum.lastVariant = result.variant;
        ofCase.sum.lastRepeat = result.repeat;
        ofCase.sum.reason = failureReason(result);
    }
    if (ofPrompt.sum.lastRun.empty() || run.started > ofPrompt.sum.lastAt) {
        ofPrompt.sum.lastRun = run.id;
        ofPrompt.sum.lastAt = run.started;
    }
}

Failures FailureTally::top(std::size_t limit) const
{
    Failures failures;
    failures.results = m_results;
    for (const auto& [key, count] : m_cases) {
        if (count.sum.failed == 0)
            continue;
        FailingCase one = count.sum;
        one.suite = key.first;
        one.caseId = key.second;
        one.variants.assign(count.variants.begin(), count.variants.end());
        failures.cases.push_back(std::move(one));
    }
    for (const auto& [key, count] : m_prompts) {
        if (count.sum.failed == 0)
            continue;
        FailingPrompt one = count.sum;
        one.prompt = key.first;
        one.model = key.second;
        one.cases = static_cast<std::int64_t>(count.cases.size());
        failures.prompts.push_back(std::move(one));
    }
    keepWorst(failures.cases, limit);
    keepWorst(failures.prompts, limit);
    return failures;
}

} // namespace plumbline::evals
