#include "tests/support/fault_server/connection.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plumbline::tests {

namespace {

constexpr std::size_t kPiece = 16 * 1024;

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string_view reasonOf(int status)
{
    static const std::map<int, std::string_view> kReasons = {
        {200, "OK"},           {307, "Temporary Redirect"}, {302, "Found"},     {400, "Bad Request"},
        {401, "Unauthorized"}, {403, "Forbidden"},          {404, "Not Found"}, {408, "Request Timeout"}};
    const auto found = kReasons.find(status);
    return found == kReasons.end() ? "Other" : found->second;
}

std::optional<ReceivedRequest> parseHead(std::string_view head)
{
    ReceivedRequest request;
    request.head = head;
    const std::size_t first = head.find(' ');
    const std::size_t second = head.find(' ', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        return {};
    request.method = head.substr(0, first);
    request.path = head.substr(first + 1, second - first - 1);
    std::size_t at = head.find("\r\n") + 2;
    while (at < head.size()) {
        const std::size_t end = head.find("\r\n", at);
        const std::string_view line = head.substr(at, end - at);
        const std::size_t colon = line.find(':');
        if (line.empty() || colon == std::string_view::npos)
            break;
        const std::size_t value = line.find_first_not_of(' ', colon + 1);
        request.headers[lower(line.substr(0, colon))] =
            value == std::string_view::npos ? "" : line.substr(value);
        at = end + 2;
    }
    return request;
}

} // namespace

Connection::Connection(int descriptor, SSL_CTX* context) : m_descriptor(descriptor), m_context(context) {}

Connection::~Connection()
{
    if (m_tls != nullptr) {
        SSL_shutdown(m_tls);
        SSL_free(m_tls);
    }
    ::close(m_descriptor);
}

bool Connection::open()
{
    if (m_context == nullptr)
        return true;
    m_tls = SSL_new(m_context);
    SSL_set_fd(m_tls, m_descriptor);
    return SSL_accept(m_tls) == 1;
}

bool Connection::receiveMore()
{
    const std::size_t before = m_buffer.size();
    m_buffer.resize(before + kPiece);
    const auto got = m_tls != nullptr ? SSL_read(m_tls, m_buffer.data() + before, kPiece)
                                      : ::recv(m_descriptor, m_buffer.data() + before, kPiece, 0);
    m_buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
}

std::optional<ReceivedRequest> Connection::receive()
{
    std::size_t end = m_buffer.find("\r\n\r\n");
    while (end == std::string::npos) {
        constexpr char kTlsHandshake = 0x16;
        if (!receiveMore() || m_buffer.front() == kTlsHandshake)
            return {};
        end = m_buffer.find("\r\n\r\n");
    }
    auto request = parseHead(std::string_view(m_buffer).substr(0, end + 4));
    if (!request)
        return {};
    m_buffer.erase(0, end + 4);
    const std::string& length = request->headers["content-length"];
    std::size_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    while (m_buffer.size() < bytes) {
        if (!receiveMore())
            return {};
    }
    request->body = m_buffer.substr(0, bytes);
    m_buffer.erase(0, bytes);
    return request;
}

bool Connection::send(std::string_view bytes)
{
    while (!bytes.empty() && !m_closed) {
        const auto length = std::min<std::size_t>(bytes.size(), 1U << 20U);
        const auto sent = m_tls != nullptr ? SSL_write(m_tls, bytes.data(), static_cast<int>(length))
                                           : ::send(m_descriptor, bytes.data(), length, MSG_NOSIGNAL);
        if (sent <= 0) {
            m_closed = true;
            break;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return !m_closed;
}

bool Connection::reply(int status, std::string_view type, std::string_view body, std::string_view moreHeaders)
{
    std::string answer = "HTTP/1.1 " + std::to_string(status) + " ";
    answer += reasonOf(status);
    answer += "\r\nContent-Type: ";
    answer += type;
    answer += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    answer += moreHeaders;
    answer += "\r\n";
    answer += body;
    return send(answer);
}

bool Connection::beginChunks(std::string_view type)
{
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: ";
    head += type;
    head += "\r\nTransfer-Encoding: chunked\r\n\r\n";
    return send(head);
}

bool Connection::chunk(std::string_view bytes)
{
    char size[20] = {};
    const auto end = std::to_chars(size, size + sizeof size, bytes.size(), 16).ptr;
    std::string framed(size, end);
    framed += "\r\n";
    framed += bytes;
    framed += "\r\n";
    return send(framed);
}

bool Connection::pause(std::chrono::milliseconds time)
{
    pollfd waiting{m_descriptor, POLLRDHUP, 0};
    const int changed = ::poll(&waiting, 1, static_cast<int>(time.count()));
    m_closed = m_closed || changed != 0;
    return !m_closed;
}

void Connection::waitForPeer()
{
    pollfd waiting{m_descriptor, POLLRDHUP, 0};
    ::poll(&waiting, 1, -1);
    m_closed = true;
}

void Connection::close()
{
    m_closed = true;
    ::shutdown(m_descriptor, SHUT_WR);
}

} // namespace plumbline::tests
