#include "app/net/failures.h"

#include <openssl/x509_vfy.h>

namespace plumbline::net {

namespace {

std::string seconds(std::chrono::milliseconds limit)
{
    const auto count = limit.count();
    if (count % 1000 == 0)
        return std::to_string(count / 1000) + " s";
    return std::to_string(count) + " ms";
}

std::string megabytes(std::uint64_t bytes)
{
    constexpr std::uint64_t kMegabyte = 1U << 20U;
    if (bytes % kMegabyte == 0)
        return std::to_string(bytes / kMegabyte) + " MB";
    return std::to_string(bytes) + " bytes";
}

HttpFailure network(Fault fault, std::string message)
{
    return httpFailure(fault, ErrorCode::Network, std::move(message));
}

HttpFailure certificateFailure(const std::string& place, const TransferFacts& facts)
{
    const std::string remedy =
        facts.request->caFile.empty()
            ? "; set ca_file to the PEM file of the authority that issued it, if you trust it"
            : "; the authority in ca_file did not issue it";
    switch (facts.verifyResult) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED: // curl compares the names itself, before it takes OpenSSL's word
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return network(Fault::Tls, "the certificate of " + place +
                                       " is made out to another name; correct the host in the url, or have "
                                       "the certificate issued for it");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return network(Fault::Tls, "the certificate of " + place + " is self-signed" + remedy);
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return network(Fault::Tls, "the certificate of " + place +
                                       " has expired; have it renewed, or check this machine's clock");
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return network(Fault::Tls,
                       "the certificate of " + place + " is not valid yet; check this machine's clock");
    default:
        return network(Fault::Tls, "the certificate of " + place + " is not to be trusted (" +
                                       X509_verify_cert_error_string(facts.verifyResult) + ")" + remedy);
    }
}

HttpFailure brokenFailure(const std::string& place, const TransferFacts& facts)
{
    if (!facts.answered)
        return network(Fault::Broken, place + " closed the connection without an answer; see its log");
    return network(Fault::Broken, place + " broke off its answer after " + std::to_string(facts.received) +
                                      " bytes; see its log");
}

} // namespace

HttpFailure httpFailure(Fault fault, ErrorCode code, std::string message)
{
    HttpFailure result;
    result.fault = fault;
    result.code = code;
    result.message = std::move(message);
    result.mayHaveActed = fault == Fault::FirstByteTime || fault == Fault::IdleTime ||
                          fault == Fault::TotalTime || fault == Fault::Broken || fault == Fault::TooLarge;
    return result;
}

HttpFailure failureOf(CURLcode code, const TransferFacts& facts)
{
    const std::string place = facts.url->place();
    if (facts.proxyStatus >= 300)
        return network(Fault::Refused, "the proxy on the way to " + place + " answers " +
                                           std::to_string(facts.proxyStatus) + "; see its rules and log-in");
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return network(Fault::UnknownHost, "no address is known for the host " + facts.url->host +
                                               "; correct the url, or check this machine's network and DNS");
    case CURLE_COULDNT_RESOLVE_PROXY:
        return network(Fault::UnknownHost,
                       "no address is known for the proxy on the way to " + place + "; correct the proxy");
    case CURLE_COULDNT_CONNECT:
        return network(Fault::Refused,
                       place +
                           " refuses the connection; start the server, or correct host and port in the url");
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateFailure(place, facts);
    case CURLE_SSL_CACERT_BADFILE:
        return httpFailure(Fault::BadRequest, ErrorCode::BadInput,
                           "ca_file " + facts.request->caFile + " cannot be read as PEM certificates");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CIPHER:
        return network(Fault::Tls, "no TLS connection with " + place +
                                       " came about; does it speak TLS on this port, 1.2 or newer?");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return network(Fault::Protocol,
                       place + " does not answer in HTTP; correct the port, or http:// for https://");
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return brokenFailure(place, facts);
    case CURLE_FILESIZE_EXCEEDED:
        return limitFailure(Fault::TooLarge, facts, true);
    case CURLE_OUT_OF_MEMORY:
        return httpFailure(Fault::Internal, ErrorCode::Internal, "out of memory");
    default:
        return network(Fault::Broken, place + ": " + curl_easy_strerror(code));
    }
}

HttpFailure limitFailure(Fault fault, const TransferFacts& facts, bool resolved)
{
    const std::string place = facts.url->place();
    const HttpLimits& limits = facts.request->limits;
    switch (fault) {
    case Fault::ConnectTime:
        return network(fault, (resolved ? place + " did not take the connection within "
                                        : "no address was found for " + place + " within ") +
                                  seconds(limits.connect) + " (connect limit); is it up and reachable?");
    case Fault::FirstByteTime:
        return network(fault, place + " took the request and sent nothing for " + seconds(limits.firstByte) +
                                  " (first-token limit); raise the limit if it is only slow");
    case Fault::IdleTime:
        return network(fault, place + " fell silent for " + seconds(limits.idle) +
                                  " in the middle of its answer (inactivity limit); see its log");
    case Fault::TotalTime:
        return network(fault, place + " was not done within " + seconds(limits.total) +
                                  " (total limit); raise the limit, or ask for a shorter answer");
    default:
        return httpFailure(Fault::TooLarge, ErrorCode::TooLarge,
                           "the answer of " + place + " is over the limit of " + megabytes(limits.body) +
                               " and was not read; is the url that of a model?");
    }
}

HttpFailure headFailure(const TransferFacts& facts)
{
    return httpFailure(Fault::TooLarge, ErrorCode::TooLarge,
                       "the headers of " + facts.url->place() + " are over the limit of " +
                           std::to_string(facts.request->limits.head) + " bytes");
}

HttpFailure redirectFailure(const TransferFacts& facts, std::string_view location, int followed)
{
    const std::string place = facts.url->place();
    const auto target = resolveUrl(*facts.url, location);
    if (!target || location.empty())
        return network(Fault::Redirect, place + " redirects to no proper url; correct the url");
    if (!target->sameOrigin(*facts.url))
        return network(Fault::Redirect, place + " redirects to " + target->scheme + "://" + target->place() +
                                            ", which was not followed: keys and text go to no other host; "
                                            "set the url to it if that is right");
    if (followed > 0)
        return network(Fault::Redirect, place + " redirects in a circle; correct the url");
    return network(Fault::Redirect,
                   place + " redirects the request to another path as a GET; correct the path in the url");
}

HttpFailure cancelledFailure()
{
    return httpFailure(Fault::Cancelled, ErrorCode::Cancelled, "cancelled");
}

} // namespace plumbline::net
