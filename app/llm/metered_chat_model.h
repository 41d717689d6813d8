// A model whose every call is held against the budget, priced and recorded.
#pragma once

#include <memory>
#include <string>

#include "app/base/date.h"
#include "app/llm/budget_ledger.h"
#include "app/llm/chat_model.h"
#include "app/llm/endpoint.h"
#include "app/llm/price_table.h"

namespace plumbline::llm {

// What a call is made for.
struct CallContext {
    std::string workflow; // "ask", "eval", "triage" …
    std::string run;
    std::string prompt; // NAME@VERSION
};

// Sent with a request that names no limit of its own while a budget is set: what is held for a call is then
// the most it can cost.
inline constexpr int kMostOutputUnderBudget = 4'096;

class MeteredChatModel final : public ChatModel {
public:
    struct Meter {
        Endpoint endpoint;
        std::shared_ptr<const PriceTable> prices;
        BudgetLedger ledger;
        ClockFn clock = systemNow;
    };

    MeteredChatModel(std::shared_ptr<const ChatModel> model, Meter meter, CallContext context);

    std::string name() const override { return m_model->name(); }
    int contextTokens() const override { return m_model->contextTokens(); }

    // As the inner model's, and Denied when a budget does not allow the call, which then is not made. Sets
    // the reply's cost. A call that cannot be recorded keeps its answer, with a note.
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                           const DeltaFn& onText) const override;

private:
    std::optional<Price> priceOf(const std::string& model, Timestamp at) const;
    CallRecord recordOf(const Result<ChatReply>& reply, const Reservation& held, Timestamp started,
                        bool anyText) const;

    std::shared_ptr<const ChatModel> m_model;
    Meter m_meter;
    CallContext m_context;
};

} // namespace plumbline::llm
