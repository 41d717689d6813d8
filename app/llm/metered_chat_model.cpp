#include "app/llm/metered_chat_model.h"

#include <algorithm>
#include <utility>

#include "app/llm/token_bound.h"

namespace plumbline::llm {

namespace {

Money mostOf(const ChatRequest& request, const Price& price)
{
    Price dearest = price; // as if nothing were cached, or caching cost more
    dearest.input = std::max(price.input, price.cachedInput);
    dearest.output = std::max(price.output, price.reasoning);
    const Usage most{
        mostInputTokens(request), {}, {request.parameters.maxOutputTokens.value_or(0)}, {}, true};
    return cost(most, dearest);
}

// Nothing reaches the bill when the server refused, or was never reached.
bool mayBeBilled(const Error& error, bool anyText)
{
    return anyText || error.mayHaveActed;
}

} // namespace

MeteredChatModel::MeteredChatModel(std::shared_ptr<const ChatModel> model, Meter meter, CallContext context)
    : m_model(std::move(model)), m_meter(std::move(meter)), m_context(std::move(context))
{
}

std::optional<Price> MeteredChatModel::priceOf(const std::string& model, Timestamp at) const
{
    if (m_meter.endpoint.price) {
        return m_meter.endpoint.price;
    }
    if (m_meter.prices == nullptr) {
        return std::nullopt;
    }
    // A server may name the snapshot it used, which can have a price of its own.
    auto price = m_meter.prices->priceOf(model, today(at));
    return price || model == m_meter.endpoint.model
               ? price
               : m_meter.prices->priceOf(m_meter.endpoint.model, today(at));
}

CallRecord MeteredChatModel::recordOf(const Result<ChatReply>& reply, const Reservation& held,
                                      Timestamp started, bool anyText) const
{
    CallRecord call;
    call.at = started;
    call.workflow = m_context.workflow;
    call.run = m_context.run;
    call.prompt = m_context.prompt;
    call.endpoint = m_meter.endpoint.name;
    call.model = m_meter.endpoint.model;
    call.simulated = m_meter.endpoint.kind == EndpointKind::Simulated;
    if (!reply) {
        call.outcome = plumbline::toString(reply.error().code);
        call.latencyMs = static_cast<double>((m_meter.clock() - started).count());
        const bool billed = mayBeBilled(reply.error(), anyText);
        call.held = billed ? held.amount : Money{};
        if (!billed && reply.error().code != ErrorCode::Network) {
            call.cost = Money{};
        }
        return call;
    }
    call.model = reply->model.empty() ? call.model : reply->model;
    call.usage = reply->usage;
    call.cost = reply->cost;
    call.held = call.cost ? Money{} : held.amount;
    call.simulated = call.simulated || reply->simulated;
    call.replayed = reply->replayed;
    call.latencyMs = reply->totalMs;
    call.firstTokenMs = reply->firstTokenMs;
    call.attempts = reply->attempts;
    return call;
}

Result<ChatReply> MeteredChatModel::chat(const ChatRequest& request, std::stop_token stop,
                                         const DeltaFn& onText) const
{
    const Timestamp started = m_meter.clock();
    const auto price = priceOf(m_meter.endpoint.model, started);
    ChatRequest limited = request;
    const bool bounded =
        m_meter.ledger.budgets().any() && price && *price != Price{} && !request.parameters.maxOutputTokens;
    if (bounded) {
        limited.parameters.maxOutputTokens = kMostOutputUnderBudget;
    }
    Spending spending;
    spending.run = m_context.run;
    spending.model = m_meter.endpoint.model;
    spending.simulated = m_meter.endpoint.kind == EndpointKind::Simulated;
    spending.lifetime += m_meter.endpoint.totalTimeout * (m_meter.endpoint.retries + 1);
    if (price) {
        spending.most = mostOf(limited, *price);
    }
    auto held = m_meter.ledger.reserve(spending, started);
    if (!held) {
        return tl::unexpected(held.error());
    }
    bool anyText = false;
    const DeltaFn watched = [&](std::string_view piece) {
        anyText = true;
        onText(piece);
    };
    auto reply = m_model->chat(limited, std::move(stop), onText ? watched : DeltaFn());
    if (reply) {
        const auto actual = priceOf(reply->model.empty() ? m_meter.endpoint.model : reply->model, started);
        reply->cost = reply->replayed ? std::optional(Money{})
                      : actual        ? std::optional(cost(reply->usage, *actual))
                                      : std::nullopt;
        if (bounded && reply->finishReason == "length") {
            reply->notes.push_back("cut at " + std::to_string(kMostOutputUnderBudget) +
                                   " tokens, the most a call may write while a budget is set and the prompt "
                                   "names no max_output_tokens");
        }
    }
    const auto settled = m_meter.ledger.settle(*held, recordOf(reply, *held, started, anyText));
    if (reply && !settled) {
        reply->notes.push_back("the call could not be recorded: " + settled.error().describe());
    }
    return reply;
}

} // namespace plumbline::llm
