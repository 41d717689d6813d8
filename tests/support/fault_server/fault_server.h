// A loopback server that speaks as much of the OpenAI API as its clients need, and fails in every way that a
// test asks for. What it does wrong stands in the path, so that any client can be pointed at it:
//
//     http://127.0.0.1:PORT/v1                      answers properly
//     http://127.0.0.1:PORT/fault/503/v1            fails, always (faults.h lists the names)
//     http://127.0.0.1:PORT/fault/503*2/v1          fails twice, then answers properly
//     http://127.0.0.1:PORT/delay/50/v1             answers after 50 ms
//     http://127.0.0.1:PORT/pace/20/v1              streams an event each 20 ms
//     http://127.0.0.1:PORT/canned/NAME/v1          says what was written down under that name
//
// Its own answers are computed from the request, never constant: chat repeats the last message, vectors come
// of the letters of a text, relevance of shared words.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/fault_server/connection.h"

namespace plumbline::tests {

// What another server said. A stream is sent in pieces that cut its characters.
struct CannedAnswer {
    int status = 200;
    std::string type;
    std::string body;
    bool hangsUp = false; // at the end of a stream, without the end that chunks have
};

struct FaultServerOptions {
    std::string key;             // asked for as "Authorization: Bearer"; empty = none
    std::string certificateFile; // PEM; empty = plain HTTP
    std::string privateKeyFile;
    std::string redirectTo; // where fault "redirect-other" points, "http://host:port"
    bool records = true;    // keeps the requests
    std::map<std::string, CannedAnswer> canned = {};
};

class FaultServer {
public:
    // Listens on an ephemeral port of 127.0.0.1 when it is there. Throws std::runtime_error.
    explicit FaultServer(FaultServerOptions options = {});
    ~FaultServer();
    FaultServer(const FaultServer&) = delete;
    FaultServer& operator=(const FaultServer&) = delete;

    int port() const { return m_port; }
    // "http://127.0.0.1:PORT" + prefix + "/v1"; `host` takes the place of 127.0.0.1
    std::string url(const std::string& prefix = {}, const std::string& host = "127.0.0.1") const;

    std::vector<ReceivedRequest> requests() const; // in the order of their arrival
    int connectionsOpen() const;

private:
    struct Session {
        std::thread thread;
        int descriptor = -1;
        std::atomic<bool> ended = false;
    };

    void listen();
    void acceptAll();
    void serve(Session& session);
    void answer(Connection& connection, const ReceivedRequest& request);
    bool stillFails(const std::string& fault);
    void forgetEnded();

    FaultServerOptions m_options;
    SSL_CTX* m_tls = nullptr;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::thread m_acceptor;
    mutable std::mutex m_mutex; // for what follows
    std::list<Session> m_sessions;
    std::vector<ReceivedRequest> m_requests;
    std::map<std::string, int> m_failures; // how often a fault with a count has happened
};

} // namespace plumbline::tests
