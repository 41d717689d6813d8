// One question with its answer, as the page keeps it, and the services that the page asks.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/assistant/answer.h"
#include "app/assistant/feedback.h"
#include "app/base/date.h"
#include "app/base/result.h"

namespace plumbline::ui::assistant {

// What was asked, what came back, and where the matched terms stand in each source's passage.
struct Turn {
    plumbline::assistant::TurnRequest request;
    plumbline::assistant::Answer answer;
    Timestamp at;
    std::vector<std::vector<Span>> sourceTerms;  // by source, code points into its passage
    std::vector<std::vector<Span>> nearestTerms; // by nearest passage of a refusal
    std::string judged;                          // "helpful" or "wrong" once a person said so
};

// A prompt version that can be asked with, by label where there is one: a label that moves is followed.
struct PromptChoice {
    std::string reference; // "policy-answer@production", "policy-answer@v4"
    std::string words;     // as shown
};

struct ModelChoice {
    std::string name;
    bool simulated = false;
};

// All blocking and callable from any thread.
struct Services {
    // A model's text is handed on as it comes, before any of it is checked; the embedded answerer gives none.
    std::function<Result<plumbline::assistant::Answer>(const plumbline::assistant::TurnRequest&,
                                                       std::stop_token, const llm::DeltaFn& onText)>
        ask;
    std::function<Result<std::vector<PromptChoice>>(std::stop_token)> prompts; // those that answer questions
    std::function<Result<plumbline::prompts::PromptVersion>(const std::string& reference)> prompt;
    std::function<Result<void>(const Turn&, plumbline::assistant::Judgement, const std::string& note)> judge;
    std::function<Timestamp()> now;
    std::vector<retrieval::Profile> profiles; // the default first; never empty
    std::vector<ModelChoice> models;          // the default first; never empty
    std::string defaultPrompt;                // reference; empty = the embedded answerer's own form
    std::vector<std::string> suggested;
};

// "IR-001@3.1"
std::string documentKey(const retrieval::Passage& passage);

// Fills sourceTerms and nearestTerms. Belongs into the job: it cuts every passage into its terms.
void markTerms(Turn& turn);

} // namespace plumbline::ui::assistant
