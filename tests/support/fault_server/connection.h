// One accepted connection, plain or TLS: bytes in, bytes out, and the means to be a bad server.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/types.h>

namespace plumbline::tests {

struct ReceivedRequest {
    std::string method;
    std::string path;                           // with its query
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;
    std::string head; // as it came, with the blank line
};

class Connection {
public:
    // Owns the descriptor. `context` is null for plain HTTP.
    Connection(int descriptor, SSL_CTX* context);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // False: the TLS handshake failed.
    bool open();
    // None: the peer has gone, or sends what is no HTTP request.
    std::optional<ReceivedRequest> receive();

    // False once the peer has gone.
    bool send(std::string_view bytes);
    // A whole answer with its length.
    bool reply(int status, std::string_view type, std::string_view body, std::string_view moreHeaders = {});
    bool beginChunks(std::string_view type);
    bool chunk(std::string_view bytes);
    bool endChunks() { return send("0\r\n\r\n"); }

    // Waits; false as soon as the peer closes or the server stops.
    bool pause(std::chrono::milliseconds time);
    void waitForPeer(); // until it closes or the server stops
    void close();       // no more answers on it
    bool isClosed() const { return m_closed; }

private:
    bool receiveMore();

    int m_descriptor;
    SSL_CTX* m_context;
    SSL* m_tls = nullptr;
    std::string m_buffer;
    bool m_closed = false;
};

} // namespace plumbline::tests
