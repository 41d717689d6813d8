// What answers the cases: a prompt version on a model behind the assistant, or a plain prompt.
#pragma once

#include <optional>
#include <string>

#include "app/assistant/answer.h"
#include "app/base/result.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"
#include "app/llm/chat_model.h"

namespace plumbline::evals {

// Gives a plain prompt back as it would have been sent.
inline constexpr std::string_view kEcho = "echo";

struct Target {
    Variant variant;                  // how it is named and kept
    std::optional<PlainPrompt> plain; // sent as it is; unset: the assistant is asked
    prompts::PromptVersion prompt;    // of the assistant
    retrieval::Profile profile;
    // Server, model and parameters of the endpoint as one text: part of the key of a stored reply.
    std::string modelIdentity;
    bool simulated = false; // its reply depends on what the embedded answerer says
    // For estimates: micro-USD a million tokens; unset = not known.
    std::optional<Money> inputPerMillion;
    std::optional<Money> outputPerMillion;

    // Whether an endpoint is asked, whose replies are kept.
    bool asksModel() const { return variant.model != assistant::kEmbedded && variant.model != kEcho; }
};

// The turn of a case. From the second repeat on a model gets a seed of its own, the same for every variant:
// the prompt's (else `seed`) plus the repeat.
assistant::TurnRequest turnOf(const Target& target, const Case& one, Date asOf, int repeat,
                              std::uint64_t seed);

// A plain prompt as messages: {{name}} replaced by the case's variables, {{ question }} too. A JSON list of
// {role, content} gives those messages, all else one of the user. A name that the case lacks becomes nothing,
// as with promptfoo; filters and keys as of renderTemplate(), and what that does not read stays. BadInput: a
// list that has no such messages.
struct PlainMessages {
    std::string text; // as one text: what `echo` gives back
    std::vector<llm::Message> messages;
};
Result<PlainMessages> renderPlain(const PlainPrompt& prompt, const Case& one);

} // namespace plumbline::evals
