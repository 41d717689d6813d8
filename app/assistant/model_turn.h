// The part of a turn that a model takes: passages into messages, the reply into checked, cited sentences.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "app/assistant/answer.h"
#include "app/base/result.h"
#include "app/llm/chat_model.h"

namespace plumbline::assistant {

// Which model, and what its calls are booked under.
struct ModelUse {
    std::string model;
    std::string prompt;           // "policy-answer@v3"
    std::string workflow = "ask"; // "ask", "eval" …
    std::string run;              // what budgets.per_run_usd counts together; empty = no run
    std::string
        embeddedAnswer; // what the embedded answerer says, citations in brackets: a simulated model's text
};

// NotFound when the workspace has no such model (the message lists what it has); Denied without its key.
using ModelSource = std::function<Result<std::shared_ptr<const llm::ChatModel>>(const ModelUse&)>;

// What the embedded answerer made of the turn, written as a model would: "… 4 hours. [2]", "NOT_FOUND" for a
// refusal. The numbers are ranks of passages. JSON when the layout is JSON.
std::string asModelText(const Answer& embedded);

// Asks `model` with the passages of `grounds` (an answer of the embedded answerer, or its refusal) and checks
// what comes back: a citation that names no passage is left out and found, a sentence that no passage carries
// is marked or withheld as the prompt says. Errors are ChatModel::chat's and prompts::render's; BadInput
// without a prompt.
Result<Answer> answerByModel(Answer grounds, const TurnRequest& request, const llm::ChatModel& model,
                             std::stop_token stop, const llm::DeltaFn& onText);

} // namespace plumbline::assistant
