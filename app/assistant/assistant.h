// The one pipeline: command, pages, evaluations and replays all call ask().
#pragma once

#include <stop_token>

#include "app/assistant/answer.h"
#include "app/base/result.h"
#include "app/retrieval/searcher.h"

namespace plumbline::assistant {

struct Question;

class Assistant {
public:
    // Keeps a reference: the searcher outlives the assistant.
    explicit Assistant(const retrieval::Searcher& searcher);

    // Answers from what may be used at request.asOf, or refuses. Errors are Searcher::search's. Any thread;
    // blocking.
    Result<Answer> ask(const TurnRequest& request, std::stop_token stop) const;

private:
    Result<Answer> answerFrom(Answer answer, const TurnRequest& request, const std::stop_token& stop) const;
    Result<Answer> explainRefusal(Answer answer, const TurnRequest& request, const Question& question,
                                  double onTopic, const std::stop_token& stop) const;

    const retrieval::Searcher& m_searcher;
};

} // namespace plumbline::assistant
