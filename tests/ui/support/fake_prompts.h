// Prompts of the little bank, with services that answer at once, or as slowly as a test wants.
#pragma once

#include <memory>

#include "tests/ui/support/fake_services.h"
#include "ui/prompts/services.h"

namespace plumbline::tests {

// Five prompts, the first with four versions: v1 and v2 of before, v3 in production, v4 the candidate.
ui::prompts::Catalogue bankPrompts();
// Version `version` of "policy-answer"; other prompts are made in its likeness.
prompts::PromptVersion bankPrompt(const std::string& name, int version);

// A model's course of an answer: what it streams, piece by piece.
std::vector<std::string> bankPieces();

// Streams the pieces, waits while Script::hang, and gives what a model's turn gives: a reply of 1,204 tokens
// in and 87 out, one sentence withheld. "simulated…" is marked, "local…" has no price and an estimate,
// "broken" fails.
Result<assistant::Answer> bankModelAnswer(const Script& script, const assistant::TurnRequest& request,
                                          const std::stop_token& stop, const llm::DeltaFn& onText);

// "slow" in a model's name streams a piece every few milliseconds and waits for Script::hang to end; "broken"
// fails as an endpoint does.
ui::prompts::Services fakePrompts(const std::shared_ptr<Script>& script);

} // namespace plumbline::tests
