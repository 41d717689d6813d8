// A chat model that says what a test wrote down, and remembers what it was asked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/assistant/model_turn.h"
#include "app/llm/chat_model.h"
#include "app/prompts/prompt.h"

namespace plumbline::tests {

class ScriptedModel final : public llm::ChatModel {
public:
    std::string name() const override { return "scripted"; }
    int contextTokens() const override { return context; }
    Result<llm::ChatReply> chat(const llm::ChatRequest& request, std::stop_token stop,
                                const llm::DeltaFn& onText) const override;

    Result<llm::ChatReply> reply = llm::ChatReply();
    int context = 0;
    mutable std::vector<llm::ChatRequest> asked;
};

// Gives `model` under whatever name; keeps the last use in `seen` when that is given.
assistant::ModelSource sourceOf(std::shared_ptr<ScriptedModel> model, assistant::ModelUse* seen = nullptr);

// A prompt with a question and passages, as a file would give it.
prompts::PromptVersion answerPrompt();

} // namespace plumbline::tests
