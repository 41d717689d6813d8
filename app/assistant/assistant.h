// The one pipeline: command, pages, evaluations and replays all call ask().
#pragma once

#include <stop_token>
#include <string>

#include "app/assistant/answer.h"
#include "app/assistant/model_turn.h"
#include "app/base/result.h"
#include "app/retrieval/searcher.h"

namespace plumbline::assistant {

struct Question;

// What goes with a turn and does not decide its answer.
struct TurnHooks {
    llm::DeltaFn onText; // a model's text as it comes, not yet checked; the embedded answerer gives none
    std::string workflow = "ask"; // what a model's call is booked under
    std::string run;
};

class Assistant {
public:
    // Keeps a reference: the searcher outlives the assistant. Without models there is the embedded answerer
    // alone.
    explicit Assistant(const retrieval::Searcher& searcher, ModelSource models = {});

    // Answers from what may be used at request.asOf, or refuses. A model is asked only when there are
    // passages that may answer, and gets nothing but those. Errors are Searcher::search's, ModelSource's and
    // ChatModel::chat's; they are never an answer's text. Any thread; blocking.
    Result<Answer> ask(const TurnRequest& request, std::stop_token stop, const TurnHooks& hooks = {}) const;

private:
    Result<Answer> answerFrom(Answer answer, const TurnRequest& request, const std::stop_token& stop) const;
    Result<Answer> askModel(Answer grounds, const TurnRequest& request, std::stop_token stop,
                            const TurnHooks& hooks) const;
    Result<Answer> explainRefusal(Answer answer, const TurnRequest& request, const Question& question,
                                  double onTopic, const std::stop_token& stop) const;

    const retrieval::Searcher& m_searcher;
    ModelSource m_models;
};

} // namespace plumbline::assistant
