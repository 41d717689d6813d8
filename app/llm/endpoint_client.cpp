#include "app/llm/endpoint_client.h"

#include "app/llm/server_error.h"
#include "app/net/url.h"

namespace plumbline::llm {

namespace {

std::string joined(std::string_view base, std::string_view path)
{
    while (base.ends_with('/'))
        base.remove_suffix(1);
    return std::string(base) + std::string(path);
}

net::HttpFailure cancelled()
{
    net::HttpFailure result;
    result.code = ErrorCode::Cancelled;
    result.message = "cancelled";
    result.fault = net::Fault::Cancelled;
    return result;
}

net::HttpFailure cutOff(const std::string& place)
{
    net::HttpFailure result;
    result.code = ErrorCode::Network;
    result.message = place + " ended its stream before it said [DONE]: the answer is not whole; see its log";
    result.fault = net::Fault::Broken;
    return result;
}

} // namespace

EndpointClient::EndpointClient(std::shared_ptr<const net::HttpClient> http, Endpoint endpoint, Secret key,
                               net::RetryClock clock)
    : m_http(std::move(http)), m_endpoint(std::move(endpoint)), m_key(std::move(key)),
      m_clock(std::move(clock)), m_gate(std::make_unique<net::ConcurrencyGate>(m_endpoint.concurrency))
{
}

net::HttpRequest EndpointClient::request(std::string_view method, std::string_view path) const
{
    net::HttpRequest request;
    request.method = method;
    request.url = joined(m_endpoint.url, path);
    request.headers = {{"Accept", "application/json, text/event-stream"}};
    if (method == "POST")
        request.headers.push_back({"Content-Type", "application/json"});
    request.bearer = m_key;
    request.limits.connect = m_endpoint.connectTimeout;
    request.limits.firstByte = m_endpoint.firstTokenTimeout;
    request.limits.idle = m_endpoint.idleTimeout;
    request.limits.total = m_endpoint.totalTimeout;
    request.proxy = m_endpoint.proxy;
    request.caFile = m_endpoint.caFile;
    return request;
}

net::Attempt EndpointClient::attempt(const net::HttpRequest& request, std::stop_token stop,
                                     const Reader& reader) const
{
    auto place = m_gate->enter(stop);
    if (!place)
        return {tl::unexpected(cancelled()), false};
    if (reader.begin)
        reader.begin();
    net::Attempt done{m_http->send(request, stop, reader.onData)};
    if (done.result && done.result->head.status == 429)
        place->tooMany();
    else if (done.result && done.result->head.status < 300)
        place->succeeded();
    if (done.result && done.result->head.status < 300 && reader.whole && !reader.whole()) {
        const auto url = net::parseUrl(request.url);
        done.result = tl::unexpected(cutOff(url ? url->place() : m_endpoint.name));
    }
    done.mayRepeat = !reader.mayRepeat || reader.mayRepeat();
    return done;
}

net::RetryOutcome EndpointClient::post(std::string_view path, const std::string& json, std::stop_token stop,
                                       const Reader& reader) const
{
    net::HttpRequest message = request("POST", path);
    message.body = json;
    if (!reader.onData) // the first byte of a whole answer comes when all of it is made
        message.limits.firstByte = std::chrono::milliseconds(0);
    net::RetryPolicy policy;
    policy.retries = m_endpoint.retries;
    return net::withRetries(policy, m_clock, stop, [&] { return attempt(message, stop, reader); });
}

net::HttpResult EndpointClient::getOnce(std::string_view path, std::stop_token stop) const
{
    return m_http->send(request("GET", path), stop);
}

Error EndpointClient::errorOf(const net::HttpResult& result) const
{
    if (!result)
        return atEndpoint(m_endpoint, result.error(), m_key);
    return serverError(m_endpoint, *result, m_key);
}

Error EndpointClient::nonsense(const Error& error) const
{
    const auto url = net::parseUrl(m_endpoint.url);
    Error named = error;
    named.mayHaveActed = true; // it answered, if nonsense
    named.message = (url ? url->place() : "the server") + " " + error.message;
    return atEndpoint(m_endpoint, std::move(named), m_key);
}

} // namespace plumbline::llm
