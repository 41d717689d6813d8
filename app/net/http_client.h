// HTTP over libcurl, the only way out of the program. One thread serves all exchanges under way, hundreds of
// them; it starts with the first and ends with the client. TLS is always verified; there is no switch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "app/net/http_message.h"

namespace plumbline::net {

class TransferLoop;

using TransferId = std::uint64_t;

// Both are called on the client's own thread, which every other exchange shares: they must not block.
struct TransferEvents {
    BodyFn onData;                          // may be empty: then the body is kept
    std::function<void(HttpResult)> onDone; // once, last
};

class HttpClient {
public:
    HttpClient();
    // Ends what is under way with Cancelled and joins the thread. Nobody may be inside send().
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // Blocking; any thread, many at a time. `onData` is called on the calling thread, in order, and may block
    // without holding up others. A stop returns at once with Cancelled, and the connection is closed.
    // Redirects are followed within the same origin only, at most 3, and never with a changed method; any
    // other is an error, so that neither key nor text goes to a host nobody named. Any status but a redirect
    // is a reply, not a failure.
    HttpResult send(const HttpRequest& request, std::stop_token stop, const BodyFn& onData = {}) const;

    // Does not block; any thread.
    TransferId submit(HttpRequest request, TransferEvents events) const;
    // The exchange ends with Cancelled, unless it has ended already. Any thread; does not wait.
    void cancel(TransferId id) const;

private:
    std::unique_ptr<TransferLoop> m_loop;
};

} // namespace plumbline::net
