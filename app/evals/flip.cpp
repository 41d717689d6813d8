#include "app/evals/flip.h"

#include <algorithm>

#include "app/evals/run_json.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

ordered_json assertionsJson(const Case& one)
{
    const ordered_json whole = toJson(one, Places::LeftOut);
    return {{"assertions", whole.at("assertions")},
            {"expected", whole.at("expected")},
            {"threshold", whole.value("threshold", ordered_json())}};
}

bool differs(FlipCause cause, const FlipSide& a, const FlipSide& b)
{
    const Variant& left = a.target.variant;
    const Variant& right = b.target.variant;
    switch (cause) {
    case FlipCause::Prompt:
        return left.prompt != right.prompt || left.promptDigest != right.promptDigest;
    case FlipCause::Model:
        return left.model != right.model || a.target.modelIdentity != b.target.modelIdentity;
    case FlipCause::Retrieval:
        return left.profileDigest != right.profileDigest;
    case FlipCause::Dataset:
        return a.testCase.question != b.testCase.question || a.testCase.vars != b.testCase.vars ||
               a.testCase.asOf.value_or(a.asOf) != b.testCase.asOf.value_or(b.asOf);
    case FlipCause::Assertion:
        return a.javascript != b.javascript || assertionsJson(a.testCase) != assertionsJson(b.testCase);
    }
    return false;
}

void swap(FlipCause cause, FlipSide& side, const FlipSide& other)
{
    Variant& variant = side.target.variant;
    switch (cause) {
    case FlipCause::Prompt:
        side.target.plain = other.target.plain;
        side.target.prompt = other.target.prompt;
        variant.prompt = other.target.variant.prompt;
        variant.promptDigest = other.target.variant.promptDigest;
        break;
    case FlipCause::Model:
        side.target.modelIdentity = other.target.modelIdentity;
        side.target.simulated = other.target.simulated;
        variant.model = other.target.variant.model;
        variant.modelDigest = other.target.variant.modelDigest;
        break;
    case FlipCause::Retrieval:
        side.target.profile = other.target.profile;
        variant.profile = other.target.variant.profile;
        variant.profileDigest = other.target.variant.profileDigest;
        break;
    case FlipCause::Dataset:
        side.testCase.question = other.testCase.question;
        side.testCase.vars = other.testCase.vars;
        side.testCase.asOf = other.testCase.asOf.value_or(other.asOf);
        break;
    case FlipCause::Assertion:
        side.testCase.assertions = other.testCase.assertions;
        side.testCase.expected = other.testCase.expected;
        side.testCase.threshold = other.testCase.threshold;
        side.javascript = other.javascript;
        break;
    }
}

} // namespace

std::string_view toString(FlipCause cause)
{
    switch (cause) {
    case FlipCause::Prompt:
        return "prompt";
    case FlipCause::Model:
        return "model";
    case FlipCause::Retrieval:
        return "retrieval";
    case FlipCause::Dataset:
        return "dataset";
    case FlipCause::Assertion:
        return "assertion";
    }
    return "prompt";
}

Result<FlipReport> whyFlipped(const RunPorts& ports, const FlipSide& first, const FlipSide& second,
                              const std::string& run, RunJournal& journal, std::stop_token stop)
{
    FlipReport report;
    const auto attempt = [&](const std::vector<FlipCause>& swapped) -> Result<void> {
        FlipSide side = first;
        for (const FlipCause cause : swapped) {
            swap(cause, side, second);
        }
        CaseTurn turn;
        turn.testCase = &side.testCase;
        turn.target = &side.target;
        turn.asOf = side.asOf;
        turn.run = run;
        turn.javascript = side.javascript;
        auto result = runCase(ports, turn, journal, stop);
        if (!result) {
            return tl::unexpected(result.error());
        }
        report.trials.push_back({swapped, std::move(*result)});
        return {};
    };
    for (const FlipCause cause : {FlipCause::Prompt, FlipCause::Model, FlipCause::Retrieval,
                                  FlipCause::Dataset, FlipCause::Assertion}) {
        if (differs(cause, first, second)) {
            report.differs.push_back(cause);
        }
    }
    std::vector<std::vector<FlipCause>> trials = {{}};
    for (const FlipCause cause : report.differs) {
        trials.push_back({cause});
    }
    if (report.differs.size() > 1) {
        trials.push_back(report.differs);
    }
    for (const auto& swapped : trials) {
        if (auto done = attempt(swapped); !done) {
            return tl::unexpected(done.error());
        }
        const CaseResult& last = report.trials.back().result;
        if (last.state == CaseState::Broken) {
            report.error = last.error;
            return report;
        }
    }
    const bool before = report.trials.front().result.passed;
    const bool after = report.trials.back().result.passed;
    report.flips = before != after;
    for (const FlipTrial& trial : report.trials) {
        if (report.flips && trial.swapped.size() == 1 && trial.result.passed == after) {
            report.causes.push_back(trial.swapped.front());
        }
    }
    return report;
}

} // namespace plumbline::evals
