#include "app/net/url.h"

#include <memory>

#include <curl/curl.h>

#include "app/base/text.h"

namespace plumbline::net {

namespace {

using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(CURLU* url, CURLUPart which, unsigned int flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK || text == nullptr)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

Result<Url> partsOf(CURLU* url)
{
    Url parts;
    parts.scheme = part(url, CURLUPART_SCHEME);
    if (parts.scheme != "http" && parts.scheme != "https")
        return failure(ErrorCode::BadInput, "a url must begin with http:// or https://");
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
        return failure(ErrorCode::BadInput,
                       "the url holds a user or a password; take it out and name a secret instead");
    parts.host = asciiLower(part(url, CURLUPART_HOST));
    parts.port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    curl_url_set(url, CURLUPART_FRAGMENT, nullptr, 0);
    parts.text = part(url, CURLUPART_URL);
    return parts;
}

} // namespace

std::string Url::place() const
{
    const bool usual = port == (scheme == "https" ? "443" : "80");
    return usual ? host : host + ":" + port;
}

bool Url::sameOrigin(const Url& other) const
{
    return scheme == other.scheme && host == other.host && port == other.port;
}

Result<Url> parseUrl(std::string_view text)
{
    const UrlHandle url(curl_url(), &curl_url_cleanup);
    const std::string copy(text);
    if (!url || copy.size() != std::string_view(copy.c_str()).size() ||
        curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return failure(ErrorCode::BadInput, "not a url; it should look like https://host:port/v1");
    return partsOf(url.get());
}

Result<Url> resolveUrl(const Url& base, std::string_view reference)
{
    const UrlHandle url(curl_url(), &curl_url_cleanup);
    const std::string copy(reference);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, base.text.c_str(), 0) != CURLUE_OK ||
        curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return failure(ErrorCode::BadInput, "not a url");
    return partsOf(url.get());
}

} // namespace plumbline::net
