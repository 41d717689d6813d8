#include "app/llm/endpoint_check.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kKeyLength = 24;

struct UrlHead {
    std::string scheme; // lower case; empty = none
    std::string authority;
    std::string host; // without brackets and port, lower case
};

UrlHead headOf(std::string_view url)
{
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = url.substr(colon + 3);
    const std::string_view authority = rest.substr(0, std::min(rest.find_first_of("/?#\\"), rest.size()));
    std::string_view host = authority.substr(authority.rfind('@') + 1); // npos + 1 is 0
    if (host.starts_with('[')) {
        host = host.substr(1, std::min(host.find(']'), host.size()) - 1);
    } else {
        host = host.substr(0, std::min(host.find(':'), host.size()));
    }
    return {asciiLower(url.substr(0, colon)), std::string(authority), asciiLower(host)};
}

bool isLoopbackHost(const std::string& host)
{
    if (host == "localhost" || host == "::1") {
        return true;
    }
    const auto parts = split(host, '.');
    return parts.size() == 4 && parts.front() == "127" &&
           std::ranges::all_of(parts, [](std::string_view part) {
               return !part.empty() && part.size() <= 3 &&
                      std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
           });
}

bool looksLikeKey(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> kStarts = {
        "sk-", "sk_", "pk-", "pk_", "rk-", "gsk_", "ghp_", "hf_", "xai-", "AIza", "eyJ", "key-"};
    if (std::ranges::any_of(kStarts, [&](std::string_view start) { return text.starts_with(start); })) {
        return true;
    }
    const auto digits = std::ranges::count_if(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    return text.size() >= kKeyLength && digits >= 4;
}

Result<void> refuse(std::string message, std::string where)
{
    return failure(ErrorCode::BadInput, std::move(message), std::move(where));
}

Result<void> checkUrl(const Endpoint& endpoint)
{
    const std::string& url = endpoint.url;
    if (url.empty()) {
        return refuse("lacks 'url', such as http://127.0.0.1:8080/v1", "");
    }
    const UrlHead head = headOf(url);
    const bool odd = std::ranges::any_of(
        url, [](unsigned char c) { return c <= ' ' || c == 0x7F || c == '\\' || c == '"' || c == '<'; });
    if ((head.scheme != "http" && head.scheme != "https") || head.host.empty() || odd) {
        return refuse("url must be http://HOST… or https://HOST…", "/url");
    }
    if (head.authority.find('@') != std::string::npos) {
        return refuse("url must not hold a user name or a password; name a key with 'secret'", "/url");
    }
    if (url.find_first_of("?#") != std::string::npos) {
        return refuse("url must end with the path, such as /v1: no '?' and no '#'", "/url");
    }
    if (head.scheme == "https" || isLoopbackHost(head.host)) {
        return {};
    }
    if (!endpoint.secret.empty()) {
        return refuse("a key is never sent over plain http to another machine; use https", "/url");
    }
    if (!endpoint.allowInsecure) {
        return refuse("plain http to another machine can be read and changed on the way; use https, or say "
                      "allow_insecure: true",
                      "/url");
    }
    return {};
}

Result<void> checkProxy(const std::string& proxy)
{
    if (proxy.empty()) {
        return {};
    }
    const UrlHead head = headOf(proxy);
    static constexpr std::array<std::string_view, 5> kSchemes = {"http", "https", "socks5", "socks5h",
                                                                 "socks4a"};
    if (std::ranges::find(kSchemes, head.scheme) == kSchemes.end() || head.host.empty()) {
        return refuse("proxy must be http://HOST:PORT, https://… or socks5h://…", "/proxy");
    }
    if (head.authority.find('@') != std::string::npos) {
        return refuse("proxy must not hold a user name or a password in this file; set https_proxy in the "
                      "environment instead",
                      "/proxy");
    }
    return {};
}

} // namespace

bool isSecretName(std::string_view text)
{
    const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
    return !text.empty() && text.size() <= kLongestName &&
           std::isalpha(static_cast<unsigned char>(text.front())) != 0 && std::ranges::all_of(text, fits) &&
           !looksLikeKey(text);
}

bool isLoopbackUrl(std::string_view url)
{
    return isLoopbackHost(headOf(url).host);
}

Result<void> checkEndpoint(const Endpoint& endpoint)
{
    if (!endpoint.secret.empty() && !isSecretName(endpoint.secret)) {
        return refuse(
            "secret must be the name of a key, such as 'openai', never the key itself; if a key stood "
            "here, have it replaced: this file is shared",
            "/secret");
    }
    if (endpoint.kind == EndpointKind::Simulated) {
        return {};
    }
    if (auto url = checkUrl(endpoint); !url) {
        return url;
    }
    if (auto proxy = checkProxy(endpoint.proxy); !proxy) {
        return proxy;
    }
    if (endpoint.model.empty()) {
        return refuse("lacks 'model', the name the server knows it by", "");
    }
    return {};
}

} // namespace plumbline::llm
