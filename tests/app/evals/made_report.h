// A report drawn by hand: two versions of a prompt over a few cases, with texts that try to be markup.
#pragma once

#include "app/evals/report.h"
#include "tests/app/evals/made_runs.h"

namespace plumbline::evals {

inline const char* const kNasty =
    "</failure>]]> <script>alert(1)</script> | `x` @team \"q\" 'q' \x01 & \xFF\n# two";

inline CaseResult failedResult(int index, int variant, const std::string& check, const std::string& reason)
{
    CaseResult result = resultOf(index, false, variant);
    result.output = "Acknowledge within 50 minutes. Call the deputy.";
    AssertionResult assertion;
    assertion.name = check;
    assertion.reason = reason;
    assertion.where = "suites/made.yaml:" + std::to_string(index + 2);
    assertion.places = {{{}, {}, 0, 30, "Acknowledge within 50 minutes."},
                        {"IR-001", "3.1", 1982, 2065, "must acknowledge a SEV1 incident within 5 minutes"}};
    result.assertions = {assertion};
    return result;
}

// Variant 0 (v3) passes all of 40 cases. Variant 1 (v4): c0 is not grounded, c1 is refused, c2 broke, c3
// could not be checked, c4 is nasty, c5 to c12 fail a plain check; c12 is set aside.
inline ReportRequest madeRequest()
{
    ReportRequest request;
    request.program = "plumbline 0.1.0";
    request.suite = suiteOf(40);
    for (int index = 0; index < 40; ++index) {
        request.results.push_back(resultOf(index, true, 0));
    }
    request.results.push_back(failedResult(0, 1, "grounded", "its sources say 5 minutes"));
    CaseResult refused = resultOf(1, false, 1);
    refused.state = CaseState::Refused;
    refused.refusalKind = "nothing_close_enough";
    refused.output.clear();
    refused.answerJson =
        R"({"refusal":{"kind":"nothing_close_enough","reason":"Nothing comes close.","nearest":[
        {"document":"IR-002","version":"2.2","start":10,"end":30,"passage":"Nobody works longer."}]},"sentences":[]})";
    AssertionResult refuses;
    refuses.name = "not-refuses";
    refuses.reason = "it refused";
    refused.assertions = {refuses};
    request.results.push_back(refused);
    CaseResult broken = resultOf(2, false, 1);
    broken.state = CaseState::Broken;
    broken.error = "the server closed the connection";
    broken.output.clear();
    request.results.push_back(broken);
    CaseResult unchecked = failedResult(3, 1, "python", "needs Python");
    unchecked.assertions[0].outcome = Outcome::NotExecutable;
    request.results.push_back(unchecked);
    CaseResult nasty = failedResult(4, 1, "contains", kNasty);
    nasty.output = kNasty;
    nasty.assertions[0].places[0].text = kNasty;
    nasty.assertions[0].places[1].text = kNasty;
    request.results.push_back(nasty);
    request.suite.cases[4].question = kNasty;
    for (int index = 5; index < 13; ++index) {
        request.results.push_back(failedResult(index, 1, "answers-fact", "lacks \"5 minutes\""));
    }
    for (int index = 13; index < 40; ++index) {
        request.results.push_back(resultOf(index, true, 1));
    }
    request.run.id = "r-20261126-041313-ab12";
    request.run.actor = "Prompt author";
    request.run.state = RunState::Finished;
    request.run.started = *parseTimestamp("2026-11-26T04:13:13.000Z");
    Variant before;
    before.prompt = "policy-answer@v3";
    before.promptPath = "prompts/policy-answer/v3.md";
    before.model = "embedded";
    Variant after = before;
    after.prompt = "policy-answer@v4";
    after.promptPath = "prompts/policy-answer/v4.md";
    request.run.settings.variants = {before, after};
    request.baselineVariants = {0};
    request.promptTexts = {"---\ntitle: a\nanswer: {answer_from: 0.5, unsupported: withhold}\n---\n# "
                           "System\n\n- Answer only from the passages.\n",
                           "---\ntitle: b\nanswer: {answer_from: 0.9, unsupported: mark}\n---\n# System\n\n- "
                           "Answer only from the passages.\n"};
    request.gates = GateContext{"ci", GateAction::Block, GateAction::Warn, {}};
    Gate gate;
    gate.metric = "pass_rate";
    gate.margin = .02;
    gate.where = "gates.yaml:4:9";
    request.gates->gates = {gate};
    request.day = *parseDate("2026-11-26");
    request.quarantine = {
        {"c12", "Prompt team", *parseDate("2026-12-31"), "flaky", "suites/quarantine.yaml:2"}};
    return request;
}

} // namespace plumbline::evals
