// The thread of an HttpClient: one curl multi handle with all its transfers.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <curl/curl.h>

#include "app/net/http_client.h"
#include "app/net/transfer.h"

namespace plumbline::net {

class TransferLoop {
public:
    TransferLoop();
    ~TransferLoop();
    TransferLoop(const TransferLoop&) = delete;
    TransferLoop& operator=(const TransferLoop&) = delete;

    TransferId submit(HttpRequest request, TransferEvents events);
    void cancel(TransferId id);

private:
    void run();
    bool takeOrders(); // false: the client goes
    void begin(std::unique_ptr<Transfer> transfer);
    void collectFinished();
    void endExpired(Clock::time_point now);
    int millisecondsToWait(Clock::time_point now) const;
    void end(TransferId id, const HttpFailure& why);
    std::unique_ptr<Transfer> takeOut(TransferId id);

    CURLM* m_multi = nullptr;

    std::mutex m_mutex; // for what follows, up to the next comment
    std::thread m_thread;
    std::vector<std::unique_ptr<Transfer>> m_submitted;
    std::vector<TransferId> m_cancelled;
    TransferId m_lastId = 0;
    bool m_stopping = false;

    // Touched by the thread alone.
    std::map<TransferId, std::unique_ptr<Transfer>> m_active;
};

} // namespace plumbline::net
