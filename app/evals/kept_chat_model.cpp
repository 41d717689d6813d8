#include "app/evals/kept_chat_model.h"

#include <utility>

#include "app/base/digest.h"
#include "app/llm/exchange_record.h"

namespace plumbline::evals {

KeptChatModel::KeptChatModel(std::shared_ptr<const llm::ChatModel> model, std::string key, std::string run,
                             RunJournal& journal, CallOrigin& origin, ClockFn clock)
    : m_model(std::move(model)), m_key(std::move(key)), m_run(std::move(run)), m_journal(journal),
      m_origin(origin), m_clock(clock)
{
}

Result<llm::ChatReply> KeptChatModel::chat(const llm::ChatRequest& request, std::stop_token stop,
                                           const llm::DeltaFn& onText) const
{
    const std::string key = sha256Hex(m_key + "\n" + llm::requestDigest(m_model->name(), request));
    auto kept = m_journal.reply(key);
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    if (*kept) {
        auto exchange = llm::parseExchange((*kept)->line);
        if (exchange) {
            (*kept)->run == m_run ? ++m_origin.resumed : ++m_origin.cached;
            m_origin.keptMs += exchange->reply.totalMs;
            exchange->reply.cost = (*kept)->cost;
            return std::move(exchange->reply);
        }
    }
    auto reply = m_model->chat(request, std::move(stop), onText);
    if (!reply) {
        return reply;
    }
    ++m_origin.asked;
    const std::string line = llm::exchangeLine(m_model->name(), request, *reply);
    if (auto stored = m_journal.keepReply(key, line, reply->cost, m_clock()); !stored) {
        return tl::unexpected(stored.error());
    }
    return reply;
}

} // namespace plumbline::evals
