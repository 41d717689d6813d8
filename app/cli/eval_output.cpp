#include "app/cli/eval_output.h"

#include <cstdio>
#include <iostream>

#include "app/cli/terminal_text.h"
#include "app/evals/run_json.h"

namespace plumbline::cli {

namespace {

using nlohmann::ordered_json;

ordered_json costJson(const std::optional<Money>& cost)
{
    return cost ? ordered_json(static_cast<double>(cost->microUsd) / 1e6) : ordered_json();
}

std::string percent(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) {
        return "-";
    }
    std::string text(16, '\0');
    const double share = 100 * static_cast<double>(part) / static_cast<double>(whole);
    const int size = std::snprintf(text.data(), text.size(), "%.1f %%", share);
    return text.substr(0, static_cast<std::size_t>(size));
}

std::string score(double value)
{
    std::string text(16, '\0');
    const int size = std::snprintf(text.data(), text.size(), "%.2f", value);
    return text.substr(0, static_cast<std::size_t>(size));
}

// A light row: what a script needs of a case without its texts.
ordered_json rowJson(const evals::CaseResult& result)
{
    ordered_json row = {{"case", result.caseId},
                        {"variant", result.variant},
                        {"repeat", result.repeat},
                        {"state", toString(result.state)},
                        {"passed", result.passed},
                        {"score", result.score},
                        {"figures", result.figures},
                        {"latency_ms", result.latency.total},
                        {"cost_usd", costJson(result.cost)},
                        {"cached", result.cached}};
    if (!result.refusalKind.empty()) {
        row["refusal"] = result.refusalKind;
    }
    return row;
}

void printAssertion(const evals::AssertionResult& result, const std::string& indent)
{
    const char* mark = result.outcome == evals::Outcome::Passed   ? "pass"
                       : result.outcome == evals::Outcome::Failed ? "FAIL"
                                                                  : "not executed";
    std::cout << indent << mark << "  " << terminalSafe(result.name) << "  " << score(result.score);
    if (result.outcome != evals::Outcome::Passed && !result.reason.empty()) {
        std::cout << "  " << terminalSafe(result.reason);
    }
    std::cout << '\n';
    for (const evals::AssertionResult& part : result.parts) {
        printAssertion(part, indent + "  ");
    }
}

} // namespace

std::vector<VariantCount> countVariants(const evals::Run& run, const std::vector<evals::CaseResult>& results)
{
    std::vector<VariantCount> counts(run.settings.variants.size());
    for (const evals::CaseResult& one : results) {
        VariantCount& count = counts.at(static_cast<std::size_t>(one.variant));
        ++count.results;
        count.passed += one.passed ? 1 : 0;
        count.answered += one.state == evals::CaseState::Answered ? 1 : 0;
        count.refused += one.state == evals::CaseState::Refused ? 1 : 0;
        count.broken += one.state == evals::CaseState::Broken ? 1 : 0;
        count.cached += one.cached ? 1 : 0;
        count.cost += one.cost.value_or(Money{});
        count.unknownCost += one.cost || one.state == evals::CaseState::Broken ? 0 : 1;
    }
    return counts;
}

ordered_json runJson(const evals::Run& run)
{
    ordered_json value = {
        {"run", run.id},
        {"state", toString(run.state)},
        {"error", run.error.empty() ? ordered_json() : ordered_json(run.error)},
        {"actor", run.actor},
        {"started", plumbline::toString(run.started)},
        {"ended", run.ended ? ordered_json(plumbline::toString(*run.ended)) : ordered_json()},
        {"done", run.done},
        {"planned", run.planned}};
    value["settings"] = toJson(run.settings);
    return value;
}

ordered_json summaryJson(const evals::Run& run, const std::vector<evals::CaseResult>& results,
                         bool withResults)
{
    ordered_json value = runJson(run);
    ordered_json variants = ordered_json::array();
    const auto counts = countVariants(run, results);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const VariantCount& count = counts[i];
        ordered_json one = toJson(run.settings.variants[i]);
        one.update(ordered_json{{"results", count.results},
                                {"passed", count.passed},
                                {"answered", count.answered},
                                {"refused", count.refused},
                                {"broken", count.broken},
                                {"cached", count.cached},
                                {"cost_usd", costJson(count.cost)},
                                {"cost_unknown", count.unknownCost}});
        variants.push_back(std::move(one));
    }
    value["variants"] = std::move(variants);
    if (withResults) {
        value["results"] = ordered_json::array();
        for (const evals::CaseResult& one : results) {
            value["results"].push_back(rowJson(one));
        }
    }
    return value;
}

ordered_json resultJson(const evals::CaseResult& result)
{
    ordered_json value = evals::toJson(result);
    if (!result.answerJson.empty()) {
        value["answer"] = ordered_json::parse(result.answerJson, nullptr, false);
    }
    value.erase("cost");
    value["cost_usd"] = costJson(result.cost);
    return value;
}

void printRunLine(const evals::Run& run, bool brokenOff)
{
    const std::string state =
        brokenOff ? "broken off; `plumbline eval resume " + run.id + "`" : std::string(toString(run.state));
    std::cout << run.id << "  " << terminalSafe(run.settings.suiteName) << "  " << run.done << '/'
              << run.planned << "  " << state << "  ";
    for (std::size_t i = 0; i < run.settings.variants.size(); ++i) {
        std::cout << (i == 0 ? "" : ", ") << terminalSafe(run.settings.variants[i].id());
    }
    std::cout << '\n';
}

void printSummary(const evals::Run& run, const std::vector<evals::CaseResult>& results, bool brokenOff)
{
    printRunLine(run, brokenOff);
    const auto counts = countVariants(run, results);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const VariantCount& count = counts[i];
        std::cout << "\n"
                  << i + 1 << "  " << terminalSafe(run.settings.variants[i].id()) << "\n   passed "
                  << count.passed << " of " << count.results << " (" << percent(count.passed, count.results)
                  << "); answered " << count.answered << ", refused " << count.refused << ", broken "
                  << count.broken << "; cost " << toString(count.cost);
        if (count.unknownCost > 0) {
            std::cout << " and " << count.unknownCost << " unknown";
        }
        if (count.cached > 0) {
            std::cout << "; " << count.cached << " cached";
        }
        std::cout << '\n';
    }
    if (!run.error.empty()) {
        std::cout << '\n' << terminalSafe(run.error) << '\n';
    }
    if (run.state != evals::RunState::Finished && run.state != evals::RunState::Running) {
        std::cout << "\n`plumbline eval resume " << run.id << "` goes on\n";
    }
}

void printCase(const evals::Run& run, const evals::Case& one, const std::vector<evals::CaseResult>& results)
{
    std::cout << terminalSafe(one.id) << "  " << terminalSafe(one.question) << "\n" << one.where << '\n';
    for (const evals::CaseResult& result : results) {
        std::cout << "\n"
                  << terminalSafe(run.settings.variants[static_cast<std::size_t>(result.variant)].id());
        if (run.settings.repeats > 1) {
            std::cout << ", repeat " << result.repeat + 1;
        }
        std::cout << ": " << (result.passed ? "passed" : "FAILED") << ", " << score(result.score)
                  << (result.cached ? ", cached" : "") << '\n';
        if (result.state == evals::CaseState::Refused) {
            std::cout << "   refused: " << result.refusalKind << '\n';
        }
        const std::string& text = result.state == evals::CaseState::Broken ? result.error : result.output;
        if (!text.empty()) {
            std::cout << "   " << terminalSafe(text) << '\n';
        }
        for (const evals::AssertionResult& assertion : result.assertions) {
            printAssertion(assertion, "   ");
        }
    }
}

void printEstimate(const evals::RunEstimate& estimate)
{
    std::cout << estimate.results << " results, " << estimate.calls << " calls of models, about "
              << estimate.input.count << " tokens in and " << estimate.output.count
              << " out: " << (estimate.cost ? toString(*estimate.cost) : "cost unknown: a price is missing")
              << '\n';
}

} // namespace plumbline::cli
