// JSON over HTTP to one endpoint: its key, its limits, its retries and how many requests it bears. What the
// clients for chat, embeddings and rerank stand on.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/base/secret.h"
#include "app/llm/endpoint.h"
#include "app/net/concurrency_gate.h"
#include "app/net/http_client.h"
#include "app/net/retry.h"

namespace plumbline::llm {

class EndpointClient {
public:
    // `http` is shared by all endpoints. `key` is put into a header when a request is sent, and nowhere else.
    EndpointClient(std::shared_ptr<const net::HttpClient> http, Endpoint endpoint, Secret key,
                   net::RetryClock clock = net::systemRetryClock());

    const Endpoint& endpoint() const { return m_endpoint; }
    const Secret& key() const { return m_key; }

    // Takes the body of a streamed answer, for each attempt anew.
    struct Reader {
        std::function<void()> begin; // before each attempt
        net::BodyFn onData;
        std::function<bool()> mayRepeat; // false: something was shown already
        // After a 2xx body has ended: whether it was whole; false counts as a broken connection.
        std::function<bool()> whole;
    };

    // POST of JSON to the endpoint's url + `path`, with retries. Blocking; any thread. A reply of any status
    // is a result.
    net::RetryOutcome post(std::string_view path, const std::string& json, std::stop_token stop,
                           const Reader& reader = {}) const;

    // One attempt, for probes.
    net::HttpResult getOnce(std::string_view path, std::stop_token stop) const;

    // `failure`, or the answer that is not 2xx, as the Error of this endpoint.
    Error errorOf(const net::HttpResult& result) const;
    // Of an error whose message continues a sentence that begins with the server's name.
    Error nonsense(const Error& error) const;

private:
    net::HttpRequest request(std::string_view method, std::string_view path) const;
    net::Attempt attempt(const net::HttpRequest& request, std::stop_token stop, const Reader& reader) const;

    std::shared_ptr<const net::HttpClient> m_http;
    Endpoint m_endpoint;
    Secret m_key;
    net::RetryClock m_clock;
    std::unique_ptr<net::ConcurrencyGate> m_gate;
};

} // namespace plumbline::llm
