// One exchange: a curl easy handle with its request, its limits and what has come so far. Lives on the
// client's thread once it was handed over.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "app/net/http_client.h"
#include "app/net/url.h"

namespace plumbline::net {

using Clock = std::chrono::steady_clock;

// For the end of a body whose reader has enough.
constexpr std::chrono::milliseconds kGrace{250};

class Transfer {
public:
    Transfer(TransferId id, HttpRequest request, TransferEvents events);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    TransferId id() const { return m_id; }
    CURL* handle() const { return m_easy; }

    // Makes the handle ready. BadRequest: nothing was sent.
    std::optional<HttpFailure> prepare();
    // When the next limit strikes.
    Clock::time_point deadline() const;
    // What the limit that has struck means; none when the reader has enough, and the transfer is a success.
    std::optional<HttpFailure> expired(Clock::time_point now) const;
    // After the handle has finished: true when it points at a new place of the same origin and must run
    // again.
    bool followsRedirect(CURLcode code);
    HttpResult result(CURLcode code);
    HttpResult resultSoFar();
    void finish(HttpResult result);

private:
    enum class Phase { Connecting, Waiting, Receiving, Enough };

    static std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* self);
    static int onReady(void* self, char*, char*, int, int);

    std::optional<HttpFailure> makeHeaders();
    void setRequest();
    void setConnection();
    bool takeBody(std::string_view bytes);
    bool takeHeader(std::string_view line);
    void enter(Phase phase);
    HttpFailure stopped(Fault fault) const;
    bool isRedirect() const;

    TransferId m_id;
    HttpRequest m_request;
    TransferEvents m_events;
    Url m_url;
    CURL* m_easy = nullptr;
    curl_slist* m_headers = nullptr;

    Phase m_phase = Phase::Connecting;
    Clock::time_point m_start;
    Clock::time_point m_phaseStart;
    HttpReply m_reply;
    std::uint64_t m_received = 0;
    std::uint64_t m_headBytes = 0;
    int m_redirects = 0;
    std::optional<HttpFailure> m_stopped; // why a callback ended the transfer
};

} // namespace plumbline::net
