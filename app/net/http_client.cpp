#include "app/net/http_client.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "app/base/text.h"
#include "app/net/failures.h"
#include "app/net/transfer_loop.h"

namespace plumbline::net {

namespace {

// What the client's thread hands to the thread that waits in send(). Both hold it: a stopped send() returns
// while the transfer is still being taken out.
struct Mailbox {
    std::mutex mutex;
    std::condition_variable_any changed;
    HttpHead head;
    std::string bytes;
    std::optional<HttpResult> result;
};

TransferEvents eventsInto(const std::shared_ptr<Mailbox>& box, bool streams)
{
    TransferEvents events;
    if (streams) {
        events.onData = [box](const HttpHead& head, std::string_view bytes) {
            const std::lock_guard lock(box->mutex);
            if (box->head.status == 0)
                box->head = head;
            box->bytes.append(bytes);
            box->changed.notify_one();
            return Take::More;
        };
    }
    events.onDone = [box](HttpResult result) {
        const std::lock_guard lock(box->mutex);
        box->result = std::move(result);
        box->changed.notify_one();
    };
    return events;
}

// The reader has all it needs: the body's end keeps the connection fit for the next request, but is not worth
// waiting for long, and how it ends no longer matters.
HttpResult endOfEnough(std::unique_lock<std::mutex>& lock, Mailbox& box, const std::function<void()>& cancel)
{
    const bool ended = box.changed.wait_for(lock, kGrace, [&] { return box.result.has_value(); });
    if (ended && *box.result)
        return std::move(*box.result);
    if (!ended)
        cancel();
    HttpReply reply;
    reply.head = box.head;
    return reply;
}

} // namespace

std::string_view HttpHead::header(std::string_view name) const
{
    const std::string wanted = asciiLower(name);
    for (const HttpHeader& each : headers) {
        if (asciiLower(each.name) == wanted)
            return each.value;
    }
    return {};
}

HttpClient::HttpClient() : m_loop(std::make_unique<TransferLoop>()) {}

HttpClient::~HttpClient() = default;

TransferId HttpClient::submit(HttpRequest request, TransferEvents events) const
{
    return m_loop->submit(std::move(request), std::move(events));
}

void HttpClient::cancel(TransferId id) const
{
    m_loop->cancel(id);
}

HttpResult HttpClient::send(const HttpRequest& request, std::stop_token stop, const BodyFn& onData) const
{
    if (stop.stop_requested())
        return tl::unexpected(cancelledFailure());
    const auto box = std::make_shared<Mailbox>();
    const TransferId id = submit(request, eventsInto(box, static_cast<bool>(onData)));
    std::unique_lock lock(box->mutex);
    const auto news = [&] { return box->result.has_value() || !box->bytes.empty(); };
    while (box->changed.wait(lock, stop, news) && !stop.stop_requested()) {
        if (box->bytes.empty())
            return std::move(*box->result);
        const std::string bytes = std::exchange(box->bytes, {});
        lock.unlock();
        const Take take = onData(box->head, bytes); // the head does not change after the first piece
        lock.lock();
        if (take == Take::Enough)
            return endOfEnough(lock, *box, [&] { cancel(id); });
    }
    cancel(id);
    HttpFailure stopped = cancelledFailure();
    stopped.mayHaveActed = true; // the request is out
    return tl::unexpected(std::move(stopped));
}

} // namespace plumbline::net
