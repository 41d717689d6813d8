#include "app/llm/openai_chat_model.h"

#include <chrono>

#include "app/base/text.h"
#include "app/llm/chat_answer.h"
#include "app/llm/chat_request_json.h"
#include "app/llm/json_fields.h"
#include "app/llm/server_error.h"
#include "app/llm/sse_parser.h"
#include "app/llm/token_estimate.h"

namespace plumbline::llm {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kPath = "/chat/completions";

double millisecondsBetween(Clock::time_point start, Clock::time_point end)
{
    return std::chrono::duration<double, std::milli>(end - start).count();
}

// One chat over its attempts.
class Conversation {
public:
    Conversation(const EndpointClient& client, const ChatRequest& request, const DeltaFn& onText)
        : m_client(client), m_request(request), m_onText(onText)
    {
        m_dialect.stream = static_cast<bool>(onText);
    }

    Result<ChatReply> run(std::stop_token stop)
    {
        while (true) {
            const auto body = chatRequestBody(m_client.endpoint().model, m_request, m_dialect);
            if (!body)
                return tl::unexpected(body.error());
            net::RetryOutcome outcome = m_client.post(kPath, *body, stop, reader());
            m_attempts += outcome.attempts;
            if (m_failed)
                return tl::unexpected(m_client.nonsense(*m_failed));
            if (outcome.result && outcome.result->head.status < 300)
                return finished(*outcome.result);
            if (!adapts(outcome.result))
                return tl::unexpected(errorOf(outcome.result));
        }
    }

private:
    EndpointClient::Reader reader()
    {
        if (!m_dialect.stream)
            return {};
        EndpointClient::Reader reader;
        reader.begin = [this] { begin(); };
        reader.onData = [this](const net::HttpHead& head, std::string_view bytes) {
            return take(head, bytes);
        };
        reader.mayRepeat = [this] { return !m_answer.begun() && !m_failed; };
        reader.whole = [this] { return m_failed || m_answer.done() || !m_plain.empty(); };
        return reader;
    }

    void begin()
    {
        m_answer = {};
        m_parser = SseParser();
        m_plain.clear();
        m_attemptStart = Clock::now();
        m_firstTextMs = 0;
    }

    // A server that cannot stream answers with plain JSON, or a proxy with a page: no event stream begins so.
    bool isPlain(const net::HttpHead& head, std::string_view bytes) const
    {
        if (!m_plain.empty())
            return true;
        if (asciiLower(head.header("content-type")).starts_with("text/event-stream"))
            return false;
        const std::string_view begin = trimmed(bytes);
        return !m_answer.begun() && (begin.starts_with('{') || begin.starts_with('<'));
    }

    net::Take take(const net::HttpHead& head, std::string_view bytes)
    {
        if (m_failed)
            return net::Take::Enough;
        if (isPlain(head, bytes)) {
            m_plain.append(bytes);
            return net::Take::More;
        }
        const DeltaFn shown = [this](std::string_view text) {
            if (m_firstTextMs <= 0)
                m_firstTextMs = millisecondsBetween(m_attemptStart, Clock::now());
            m_onText(text);
        };
        const auto fed = m_parser.feed(bytes, [&](const SseEvent& event) {
            if (m_failed)
                return;
            if (const auto taken = m_answer.takeEvent(event.data, shown); !taken)
                m_failed = taken.error();
        });
        if (!fed)
            m_failed = fed.error();
        return m_failed || m_answer.done() ? net::Take::Enough : net::Take::More;
    }

    Result<ChatReply> finished(const net::HttpReply& http)
    {
        const bool plain = !m_dialect.stream || !m_plain.empty();
        if (plain) {
            const auto taken = m_answer.takeWhole(m_dialect.stream ? m_plain : http.body, m_onText);
            if (!taken)
                return tl::unexpected(m_client.nonsense(taken.error()));
        }
        const bool counted = m_answer.hasUsage();
        ChatReply reply = m_answer.take();
        if (!counted) {
            reply.usage = estimatedUsage(m_request, reply);
            m_notes.push_back("the server sent no usage; tokens are estimated");
        }
        if (plain && m_dialect.stream)
            m_notes.push_back("the server did not stream: the text came in one piece");
        for (std::string& note : reply.notes)
            m_notes.push_back(std::move(note));
        reply.notes = std::move(m_notes);
        reply.attempts = m_attempts;
        reply.firstTokenMs = m_firstTextMs;
        reply.totalMs = millisecondsBetween(m_start, Clock::now());
        return reply;
    }

    bool adapts(const net::HttpResult& result)
    {
        if (!result || (result->head.status != 400 && result->head.status != 422))
            return false;
        const auto json = nlohmann::json::parse(result->body, nullptr, false);
        return giveUpRefusedField(json.is_discarded() ? result->body : serverMessage(json), m_request,
                                  m_dialect, m_notes);
    }

    Error errorOf(const net::HttpResult& result) const
    {
        Error error = m_client.errorOf(result);
        if (error.code == ErrorCode::BadInput && result && !m_dialect.responseFormat)
            error.code = ErrorCode::Unsupported; // asked with the schema and without it
        return error;
    }

    const EndpointClient& m_client;
    const ChatRequest& m_request;
    const DeltaFn& m_onText;
    ChatDialect m_dialect;
    ChatAnswer m_answer;
    SseParser m_parser;
    std::string m_plain; // the body of a server that does not stream
    std::optional<Error> m_failed;
    std::vector<std::string> m_notes;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_attemptStart = m_start;
    double m_firstTextMs = 0;
    int m_attempts = 0;
};

} // namespace

OpenAiChatModel::OpenAiChatModel(EndpointClient client) : m_client(std::move(client)) {}

Result<ChatReply> OpenAiChatModel::chat(const ChatRequest& request, std::stop_token stop,
                                        const DeltaFn& onText) const
{
    return Conversation(m_client, request, onText).run(stop);
}

} // namespace plumbline::llm
