#include "app/evals/reuse.h"

#include <map>

#include "app/evals/run_json.h"

namespace plumbline::evals {

namespace {

// What decides a case's result, but for the variant.
std::string contentOf(const Case& one, Date asOf)
{
    return plumbline::toString(one.asOf.value_or(asOf)) +
           toJson(one, Places::LeftOut)
               .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::map<std::string, std::string> contentsOf(const Suite& suite, Date asOf)
{
    std::map<std::string, std::string> contents;
    for (const Case& one : suite.cases) {
        contents[one.id] = contentOf(one, asOf);
    }
    return contents;
}

// The plan's number of each variant of the run; -1 = not there.
std::vector<int> sameVariants(const Run& run, const RunPlan& plan)
{
    std::vector<int> numbers;
    for (const Variant& was : run.settings.variants) {
        numbers.push_back(-1);
        for (std::size_t i = 0; i < plan.targets.size(); ++i) {
            if (toJson(was) == toJson(plan.targets[i].variant)) {
                numbers.back() = static_cast<int>(i);
            }
        }
    }
    return numbers;
}

} // namespace

Result<std::vector<CaseResult>> untouchedResults(const RunRepository& runs, const std::string& run,
                                                 const RunPlan& plan)
{
    auto before = runs.run(run);
    auto suite = runs.suite(run);
    if (!before || !suite) {
        return tl::unexpected(!before ? before.error() : suite.error());
    }
    std::vector<CaseResult> untouched;
    if (before->settings.seed != plan.seed) {
        return untouched;
    }
    const auto numbers = sameVariants(*before, plan);
    const auto was = contentsOf(*suite, before->settings.asOf);
    const auto is = contentsOf(plan.suite, plan.asOf);
    auto read = runs.eachResult(run, [&](CaseResult result) -> Result<void> {
        const int number = numbers.at(static_cast<std::size_t>(result.variant));
        const auto now = is.find(result.caseId);
        if (number >= 0 && result.repeat < plan.repeats && result.state != CaseState::Broken &&
            now != is.end() && now->second == was.at(result.caseId)) {
            result.variant = number;
            result.cached = true;
            untouched.push_back(std::move(result));
        }
        return {};
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return untouched;
}

} // namespace plumbline::evals
