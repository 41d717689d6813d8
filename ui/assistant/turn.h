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

// All blocking and callable from any thread.
struct Services {
    std::function<Result<plumbline::assistant::Answer>(const plumbline::assistant::TurnRequest&,
                                                       std::stop_token)>
        ask;
    std::function<Result<void>(const Turn&, plumbline::assistant::Judgement, const std::string& note)> judge;
    std::function<Timestamp()> now;
    std::vector<retrieval::Profile> profiles; // the default first; never empty
    std::vector<std::string> suggested;
};

// "IR-001@3.1"
std::string documentKey(const retrieval::Passage& passage);

// Fills sourceTerms and nearestTerms. Belongs into the job: it cuts every passage into its terms.
void markTerms(Turn& turn);

} // namespace plumbline::ui::assistant
