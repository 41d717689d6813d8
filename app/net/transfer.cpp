#include "app/net/transfer.h"

#include <algorithm>
#include <charconv>
#include <exception>

#include <openssl/crypto.h>

#include "app/base/text.h"
#include "app/net/failures.h"

namespace plumbline::net {

namespace {

constexpr int kMostRedirects = 3;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Of "HTTP/1.1 200 OK"; 0 when there is none.
int statusOf(std::string_view line)
{
    int status = 0;
    const std::size_t space = line.find(' ');
    if (space != std::string_view::npos)
        std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
    return status;
}

bool hasLineBreak(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

} // namespace

Transfer::Transfer(TransferId id, HttpRequest request, TransferEvents events)
    : m_id(id), m_request(std::move(request)), m_events(std::move(events)), m_start(Clock::now()),
      m_phaseStart(m_start)
{
}

Transfer::~Transfer()
{
    if (m_easy != nullptr)
        curl_easy_cleanup(m_easy);
    for (const curl_slist* each = m_headers; each != nullptr; each = each->next)
        OPENSSL_cleanse(each->data, std::string_view(each->data).size()); // one of them holds the key
    curl_slist_free_all(m_headers);
}

std::optional<HttpFailure> Transfer::prepare()
{
    auto url = parseUrl(m_request.url);
    if (!url)
        return httpFailure(Fault::BadRequest, url.error().code, url.error().message);
    m_url = std::move(*url);
    m_easy = curl_easy_init();
    if (m_easy == nullptr)
        return httpFailure(Fault::Internal, ErrorCode::Internal, "out of memory");
    if (auto failed = makeHeaders())
        return failed;
    setRequest();
    setConnection();
    return {};
}

std::optional<HttpFailure> Transfer::makeHeaders()
{
    const auto append = [this](const std::string& line) {
        m_headers = curl_slist_append(m_headers, line.c_str());
    };
    for (const HttpHeader& header : m_request.headers) {
        if (hasLineBreak(header.name) || hasLineBreak(header.value))
            return httpFailure(Fault::BadRequest, ErrorCode::BadInput,
                               "the header " + header.name + " has a line break in it");
        append(header.name + ": " + header.value);
    }
    append("Expect:"); // no round trip of its own before a large body
    if (m_request.bearer.empty())
        return {};
    if (hasLineBreak(m_request.bearer.reveal()))
        return httpFailure(Fault::BadRequest, ErrorCode::BadInput,
                           "the key has a line break in it; store it as one line");
    std::string line = "Authorization: Bearer ";
    line.reserve(line.size() + m_request.bearer.reveal().size());
    line += m_request.bearer.reveal();
    append(line);
    OPENSSL_cleanse(line.data(), line.size());
    return {};
}

void Transfer::setRequest()
{
    curl_easy_setopt(m_easy, CURLOPT_URL, m_url.text.c_str());
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headers);
    curl_easy_setopt(m_easy, CURLOPT_USERAGENT, "plumbline/" PLUMBLINE_VERSION);
    if (m_request.method == "POST") {
        curl_easy_setopt(m_easy, CURLOPT_POST, 1L);
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body.data());
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
    }
    if (m_request.limits.body > 0)
        curl_easy_setopt(m_easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(m_request.limits.body));
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &Transfer::onReady);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, this);
}

void Transfer::setConnection()
{
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m_easy, CURLOPT_NOPROGRESS, 1L);
    // Without it, taking out a transfer waits for a look-up that may take many seconds, and all others with
    // it.
    curl_easy_setopt(m_easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(m_easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(m_easy, CURLOPT_TCP_NODELAY, 1L);
    // The limits are ours (deadline()); curl's own would not tell them apart.
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, 24L * 3600 * 1000);
    if (!m_request.caFile.empty()) {
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, m_request.caFile.c_str());
        curl_easy_setopt(m_easy, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!m_request.proxy.empty())
        curl_easy_setopt(m_easy, CURLOPT_PROXY, m_request.proxy.c_str());
}

void Transfer::enter(Phase phase)
{
    m_phase = phase;
    m_phaseStart = Clock::now();
}

Clock::time_point Transfer::deadline() const
{
    const auto after = [](Clock::time_point start, std::chrono::milliseconds limit) {
        return limit.count() > 0 ? start + limit : Clock::time_point::max();
    };
    const HttpLimits& limits = m_request.limits;
    const auto total = after(m_start, limits.total);
    switch (m_phase) {
    case Phase::Connecting:
        return std::min(total, after(m_phaseStart, limits.connect));
    case Phase::Waiting:
        return std::min(total, after(m_phaseStart, limits.firstByte));
    case Phase::Receiving:
        return std::min(total, after(m_phaseStart, limits.idle));
    case Phase::Enough:
        break;
    }
    return m_phaseStart + kGrace;
}

std::optional<HttpFailure> Transfer::expired(Clock::time_point now) const
{
    if (m_phase == Phase::Enough)
        return {};
    if (m_request.limits.total.count() > 0 && now >= m_start + m_request.limits.total)
        return stopped(Fault::TotalTime);
    if (m_phase == Phase::Connecting)
        return stopped(Fault::ConnectTime);
    return stopped(m_phase == Phase::Waiting ? Fault::FirstByteTime : Fault::IdleTime);
}

HttpFailure Transfer::stopped(Fault fault) const
{
    curl_off_t lookedUp = 0;
    curl_easy_getinfo(m_easy, CURLINFO_NAMELOOKUP_TIME_T, &lookedUp);
    return limitFailure(fault, {&m_request, &m_url, 0, m_received, m_reply.head.status != 0}, lookedUp > 0);
}

int Transfer::onReady(void* self, char*, char*, int, int)
{
    static_cast<Transfer*>(self)->enter(Phase::Waiting);
    return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::onHeader(char* bytes, std::size_t size, std::size_t count, void* self)
{
    // A number other than what was given ends the transfer; m_stopped says why.
    return static_cast<Transfer*>(self)->takeHeader({bytes, size * count}) ? size * count : 0;
}

bool Transfer::takeHeader(std::string_view line)
{
    m_headBytes += line.size();
    if (m_request.limits.head > 0 && m_headBytes > m_request.limits.head) {
        m_stopped = headFailure({&m_request, &m_url, 0, 0, true});
        return false;
    }
    if (line.starts_with("HTTP/")) { // of each answer: 100, a proxy's, the final one
        m_reply.head = {statusOf(line), {}};
        return true;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        m_reply.head.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
    return true;
}

std::size_t Transfer::onBody(char* bytes, std::size_t size, std::size_t count, void* self)
{
    const std::size_t length = size * count;
    Transfer& transfer = *static_cast<Transfer*>(self);
    try {
        return transfer.takeBody({bytes, length}) ? length : CURL_WRITEFUNC_ERROR;
    } catch (const std::exception& error) { // must not pass through C
        transfer.m_stopped = httpFailure(Fault::Internal, ErrorCode::Internal, error.what());
        return CURL_WRITEFUNC_ERROR;
    }
}

bool Transfer::takeBody(std::string_view bytes)
{
    if (m_phase == Phase::Enough)
        return true;
    if (m_reply.firstByteMs <= 0)
        m_reply.firstByteMs = millisecondsSince(m_start);
    enter(Phase::Receiving);
    m_received += bytes.size();
    if (m_request.limits.body > 0 && m_received > m_request.limits.body) {
        m_stopped = stopped(Fault::TooLarge);
        return false;
    }
    const int status = m_reply.head.status;
    if (m_events.onData && status >= 200 && status < 300) {
        if (m_events.onData(m_reply.head, bytes) == Take::Enough)
            enter(Phase::Enough);
        return true;
    }
    m_reply.body.append(bytes);
    return true;
}

bool Transfer::isRedirect() const
{
    const int status = m_reply.head.status;
    return status >= 301 && status <= 308 && status != 304 && status != 305 && status != 306;
}

bool Transfer::followsRedirect(CURLcode code)
{
    if (code != CURLE_OK || !isRedirect() || m_redirects >= kMostRedirects)
        return false;
    const auto target = resolveUrl(m_url, m_reply.head.header("location"));
    const bool keepsMethod =
        m_reply.head.status == 307 || m_reply.head.status == 308 || m_request.method == "GET";
    if (!target || !target->sameOrigin(m_url) || !keepsMethod)
        return false;
    ++m_redirects;
    m_url = *target;
    curl_easy_setopt(m_easy, CURLOPT_URL, m_url.text.c_str());
    m_reply = {};
    m_received = 0;
    m_headBytes = 0;
    enter(Phase::Connecting);
    return true;
}

HttpResult Transfer::result(CURLcode code)
{
    if (m_stopped)
        return tl::unexpected(*m_stopped);
    TransferFacts facts{&m_request, &m_url, 0, m_received, m_reply.head.status != 0};
    if (code != CURLE_OK && m_phase != Phase::Enough) {
        curl_easy_getinfo(m_easy, CURLINFO_SSL_VERIFYRESULT, &facts.verifyResult);
        curl_easy_getinfo(m_easy, CURLINFO_HTTP_CONNECTCODE, &facts.proxyStatus);
        return tl::unexpected(failureOf(code, facts));
    }
    if (isRedirect()) {
        const bool circle = m_redirects >= kMostRedirects;
        return tl::unexpected(
            redirectFailure(facts, m_reply.head.header("location"), circle ? m_redirects : 0));
    }
    return resultSoFar();
}

HttpResult Transfer::resultSoFar()
{
    long version = 0;
    curl_easy_getinfo(m_easy, CURLINFO_HTTP_VERSION, &version);
    m_reply.http2 = version == CURL_HTTP_VERSION_2_0;
    m_reply.totalMs = millisecondsSince(m_start);
    return std::move(m_reply);
}

void Transfer::finish(HttpResult result)
{
    if (m_events.onDone)
        m_events.onDone(std::move(result));
}

} // namespace plumbline::net
