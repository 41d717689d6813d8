// A model whose replies are kept as they come, and are not asked for a second time.
#pragma once

#include <memory>
#include <string>

#include "app/base/date.h"
#include "app/evals/run_journal.h"
#include "app/llm/chat_model.h"

namespace plumbline::evals {

// What the calls of one case came from.
struct CallOrigin {
    int asked = 0;     // now
    int resumed = 0;   // kept by this run before it was broken off
    int cached = 0;    // kept by another run
    double keptMs = 0; // what the kept ones took when they were asked
};

// The key holds what decides a reply and is not in the request: endpoint, repeat, program.
class KeptChatModel final : public llm::ChatModel {
public:
    // `journal` and `origin` outlive the model. `run` is the journal's.
    KeptChatModel(std::shared_ptr<const llm::ChatModel> model, std::string key, std::string run,
                  RunJournal& journal, CallOrigin& origin, ClockFn clock);

    std::string name() const override { return m_model->name(); }
    int contextTokens() const override { return m_model->contextTokens(); }

    // As the inner model's, and the store's errors. A reply is committed before it is given. Kept replies
    // are given as they came, cost and times included.
    Result<llm::ChatReply> chat(const llm::ChatRequest& request, std::stop_token stop,
                                const llm::DeltaFn& onText) const override;

private:
    std::shared_ptr<const llm::ChatModel> m_model;
    std::string m_key;
    std::string m_run;
    RunJournal& m_journal;
    CallOrigin& m_origin;
    ClockFn m_clock;
};

} // namespace plumbline::evals
