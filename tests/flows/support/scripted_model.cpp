#include "tests/flows/support/scripted_model.h"

namespace plumbline::tests {

Result<llm::ChatReply> ScriptedModel::chat(const llm::ChatRequest& request, std::stop_token /*stop*/,
                                           const llm::DeltaFn& onText) const
{
    asked.push_back(request);
    if (reply && onText) {
        onText(reply->text);
    }
    return reply;
}

assistant::ModelSource sourceOf(std::shared_ptr<ScriptedModel> model, assistant::ModelUse* seen)
{
    return [model = std::move(model),
            seen](const assistant::ModelUse& use) -> Result<std::shared_ptr<const llm::ChatModel>> {
        if (seen != nullptr) {
            *seen = use;
        }
        return std::shared_ptr<const llm::ChatModel>(model);
    };
}

prompts::PromptVersion answerPrompt()
{
    prompts::PromptVersion prompt;
    prompt.name = "policy-answer";
    prompt.version = 1;
    prompt.digest = "d";
    prompts::Variable question;
    question.name = "question";
    question.kind = prompts::VariableKind::Question;
    prompts::Variable passages;
    passages.name = "passages";
    passages.kind = prompts::VariableKind::Passages;
    prompt.variables = {question, passages};
    prompt.system = "Answer from the passages alone and cite each sentence.";
    prompt.user = "{{passages}}\n{{question}}";
    return prompt;
}

} // namespace plumbline::tests
