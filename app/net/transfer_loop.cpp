#include "app/net/transfer_loop.h"

#include <algorithm>
#include <csignal>

#include "app/net/failures.h"

namespace plumbline::net {

namespace {

constexpr long kIdleConnections = 256;
constexpr int kLongestWaitMs = 60'000;

// Signals are for the program's own threads; and a connection that breaks while TLS writes must be an error,
// not SIGPIPE.
void blockSignals()
{
    sigset_t all;
    sigfillset(&all);
    for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) { // these must reach the crash report
        sigdelset(&all, crash);
    }
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

} // namespace

TransferLoop::TransferLoop()
{
    curl_global_init(CURL_GLOBAL_DEFAULT); // counts, and is safe from any thread (curl 7.84)
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, kIdleConnections);
}

TransferLoop::~TransferLoop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    curl_multi_wakeup(m_multi);
    if (m_thread.joinable())
        m_thread.join();
    curl_multi_cleanup(m_multi);
    curl_global_cleanup();
}

TransferId TransferLoop::submit(HttpRequest request, TransferEvents events)
{
    TransferId id = 0;
    {
        const std::lock_guard lock(m_mutex);
        id = ++m_lastId;
        m_submitted.push_back(std::make_unique<Transfer>(id, std::move(request), std::move(events)));
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    curl_multi_wakeup(m_multi);
    return id;
}

void TransferLoop::cancel(TransferId id)
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled.push_back(id);
    }
    curl_multi_wakeup(m_multi);
}

void TransferLoop::run()
{
    blockSignals();
    while (takeOrders()) {
        int running = 0;
        curl_multi_perform(m_multi, &running);
        collectFinished();
        endExpired(Clock::now());
        curl_multi_poll(m_multi, nullptr, 0, millisecondsToWait(Clock::now()), nullptr);
    }
    while (!m_active.empty())
        end(m_active.begin()->first, cancelledFailure());
}

bool TransferLoop::takeOrders()
{
    std::vector<std::unique_ptr<Transfer>> submitted;
    std::vector<TransferId> cancelled;
    bool stopping = false;
    {
        const std::lock_guard lock(m_mutex);
        submitted.swap(m_submitted);
        cancelled.swap(m_cancelled);
        stopping = m_stopping;
    }
    for (std::unique_ptr<Transfer>& each : submitted)
        begin(std::move(each));
    for (const TransferId id : cancelled)
        end(id, cancelledFailure());
    return !stopping;
}

void TransferLoop::begin(std::unique_ptr<Transfer> transfer)
{
    if (const auto failed = transfer->prepare()) {
        transfer->finish(tl::unexpected(*failed));
        return;
    }
    curl_multi_add_handle(m_multi, transfer->handle());
    m_active.emplace(transfer->id(), std::move(transfer));
}

std::unique_ptr<Transfer> TransferLoop::takeOut(TransferId id)
{
    const auto found = m_active.find(id);
    if (found == m_active.end())
        return {};
    std::unique_ptr<Transfer> transfer = std::move(found->second);
    m_active.erase(found);
    curl_multi_remove_handle(m_multi, transfer->handle());
    return transfer;
}

void TransferLoop::end(TransferId id, const HttpFailure& why)
{
    if (const auto transfer = takeOut(id))
        transfer->finish(tl::unexpected(why));
}

void TransferLoop::collectFinished()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result; // the message goes with its handle
        void* self = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
        auto& finished = *static_cast<Transfer*>(self);
        if (finished.followsRedirect(code)) {
            curl_multi_remove_handle(m_multi, finished.handle());
            curl_multi_add_handle(m_multi, finished.handle());
            continue;
        }
        const auto transfer = takeOut(finished.id());
        transfer->finish(transfer->result(code));
    }
}

void TransferLoop::endExpired(Clock::time_point now)
{
    std::vector<TransferId> ids;
    for (const auto& [id, transfer] : m_active) {
        if (transfer->deadline() <= now)
            ids.push_back(id);
    }
    for (const TransferId id : ids) {
        const auto failed = m_active.at(id)->expired(now);
        const auto transfer = takeOut(id);
        transfer->finish(failed ? HttpResult(tl::unexpected(*failed)) : transfer->resultSoFar());
    }
}

int TransferLoop::millisecondsToWait(Clock::time_point now) const
{
    auto next = now + std::chrono::milliseconds(kLongestWaitMs);
    for (const auto& [id, transfer] : m_active)
        next = std::min(next, transfer->deadline());
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
    return static_cast<int>(std::clamp<std::int64_t>(wait, 0, kLongestWaitMs));
}

} // namespace plumbline::net
