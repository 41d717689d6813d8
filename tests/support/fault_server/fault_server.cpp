#include "tests/support/fault_server/fault_server.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/fault_server/faults.h"
#include "tests/support/fault_server/model_answers.h"

namespace plumbline::tests {

namespace {

SSL_CTX* contextOf(const FaultServerOptions& options)
{
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, options.certificateFile.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, options.privateKeyFile.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("the fault server cannot read its certificate");
    return context;
}

// "/fault/503" + "/v1/models" -> the way to answer, and "/v1/models".
struct Route {
    std::string fault;
    std::string canned;
    AnswerStyle style;
    std::string path;
};

Route routeOf(const std::string& path)
{
    Route route;
    std::string_view rest = path;
    while (rest.starts_with("/fault/") || rest.starts_with("/delay/") || rest.starts_with("/pace/") ||
           rest.starts_with("/canned/")) {
        const std::size_t nameEnd = rest.find('/', 1);
        const std::size_t valueEnd = std::min(rest.find('/', nameEnd + 1), rest.size());
        const std::string_view name = rest.substr(1, nameEnd - 1);
        const std::string value(rest.substr(nameEnd + 1, valueEnd - nameEnd - 1));
        if (name == "fault")
            route.fault = value;
        else if (name == "canned")
            route.canned = value;
        else if (name == "delay")
            route.style.delay = std::chrono::milliseconds(std::atoi(value.c_str()));
        else
            route.style.pace = std::chrono::milliseconds(std::atoi(value.c_str()));
        rest.remove_prefix(valueEnd);
    }
    route.path = rest;
    return route;
}

void answerCanned(Connection& connection, const CannedAnswer& canned)
{
    if (canned.type != "text/event-stream") {
        connection.reply(canned.status, canned.type, canned.body);
        return;
    }
    constexpr std::size_t kPiece = 7;
    connection.beginChunks(canned.type);
    for (std::string_view rest = canned.body; !rest.empty();
         rest.remove_prefix(std::min(kPiece, rest.size())))
        connection.chunk(rest.substr(0, kPiece));
    if (canned.hangsUp)
        connection.close();
    else
        connection.endChunks();
}

} // namespace

FaultServer::FaultServer(FaultServerOptions options) : m_options(std::move(options))
{
    if (!m_options.certificateFile.empty())
        m_tls = contextOf(m_options);
    listen();
    m_acceptor = std::thread([this] { acceptAll(); });
}

FaultServer::~FaultServer()
{
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    {
        const std::lock_guard lock(m_mutex);
        for (const Session& session : m_sessions) {
            if (!session.ended)
                ::shutdown(session.descriptor, SHUT_RDWR);
        }
    }
    for (Session& session : m_sessions)
        session.thread.join();
    ::close(m_listener);
    SSL_CTX_free(m_tls);
}

std::string FaultServer::url(const std::string& prefix, const std::string& host) const
{
    return (m_tls != nullptr ? "https://" : "http://") + host + ":" + std::to_string(m_port) + prefix + "/v1";
}

std::vector<ReceivedRequest> FaultServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int FaultServer::connectionsOpen() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(
        std::ranges::count_if(m_sessions, [](const Session& session) { return !session.ended; }));
}

void FaultServer::listen()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 1024) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0)
        throw std::runtime_error("the fault server cannot listen on loopback");
    m_port = ntohs(address.sin_port);
}

void FaultServer::acceptAll()
{
    sigset_t brokenPipe; // OpenSSL writes to a closed connection without MSG_NOSIGNAL
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr); // the sessions inherit it
    while (!m_stopping) {
        const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            continue;
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const std::lock_guard lock(m_mutex);
        forgetEnded();
        Session& session = m_sessions.emplace_back();
        session.descriptor = descriptor;
        session.thread = std::thread([this, &session] { serve(session); });
    }
}

void FaultServer::forgetEnded()
{
    m_sessions.remove_if([](Session& session) {
        if (!session.ended)
            return false;
        session.thread.join();
        return true;
    });
}

void FaultServer::serve(Session& session)
{
    auto connection = std::make_unique<Connection>(session.descriptor, m_tls);
    if (connection->open()) {
        while (!m_stopping && !connection->isClosed()) {
            const auto request = connection->receive();
            if (!request)
                break;
            if (m_options.records) {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(*request);
            }
            answer(*connection, *request);
        }
    }
    const std::lock_guard lock(m_mutex); // so that nobody shuts down a descriptor that is another's by then
    connection.reset();
    session.ended = true;
}

bool FaultServer::stillFails(const std::string& fault)
{
    const std::size_t star = fault.find('*');
    if (star == std::string::npos)
        return !fault.empty();
    const std::lock_guard lock(m_mutex);
    return m_failures[fault]++ < std::atoi(fault.c_str() + star + 1);
}

void FaultServer::answer(Connection& connection, const ReceivedRequest& request)
{
    Route route = routeOf(request.path);
    if (route.style.delay.count() > 0 && !connection.pause(route.style.delay))
        return;
    const auto given = request.headers.find("authorization");
    const std::string authorization = given == request.headers.end() ? "" : given->second;
    if (!m_options.key.empty() && authorization != "Bearer " + m_options.key) {
        answerError(connection, 401, "Incorrect API key provided: " + authorization);
        return;
    }
    if (const auto canned = m_options.canned.find(route.canned); canned != m_options.canned.end()) {
        answerCanned(connection, canned->second);
        return;
    }
    if (stillFails(route.fault)) {
        const std::string name = route.fault.substr(0, route.fault.find('*'));
        if (answerWrongly(connection, name, {request, route.path, authorization, m_options.redirectTo}))
            return;
        route.style.variant = name;
    }
    answerProperly(connection, request, route.path, route.style);
}

} // namespace plumbline::tests
