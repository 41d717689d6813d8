#include "app/llm/server_error.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/secret_source.h"
#include "app/base/text.h"
#include "app/llm/json_fields.h"

namespace plumbline::llm {

namespace {

constexpr std::size_t kMostCodePoints = 300;
constexpr std::size_t kTellingLetters = 6;

std::string oneShortLine(std::string_view text)
{
    std::string line = withoutControls(toValidUtf8(text), ' ');
    line = foldedWhitespace(line);
    const CodePoints points(line);
    if (points.size() <= kMostCodePoints)
        return std::string(trimmed(line));
    return std::string(points.slice({0, kMostCodePoints})) + "…";
}

std::string rawMessage(const nlohmann::json& value)
{
    const nlohmann::json& error = fieldOf(value, "error");
    if (error.is_string())
        return error.get<std::string>();
    if (const std::string message = textOf(error, "message"); !message.empty())
        return message;
    if (const std::string message = textOf(value, "message"); !message.empty())
        return message;
    const nlohmann::json& detail = fieldOf(value, "detail");
    if (detail.is_string())
        return detail.get<std::string>();
    return detail.is_array() && !detail.empty() ? textOf(detail.front(), "msg") : "";
}

std::string messageOf(const net::HttpReply& reply)
{
    const auto json = nlohmann::json::parse(reply.body, nullptr, false);
    if (!json.is_discarded())
        return serverMessage(json);
    const std::string_view text = trimmed(reply.body);
    return text.starts_with('<') ? "an HTML page" : oneShortLine(text.substr(0, 4 * kMostCodePoints));
}

bool isKeyLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '*' || c == '.' || c == '+' || c == '/' || c == '=' || c == '~';
}

bool looksLikeKey(std::string_view word, std::string_view key)
{
    if (word.size() > kTellingLetters && (word.starts_with("sk-") || word.starts_with("sk_")))
        return true;
    for (std::size_t at = 0; at + kTellingLetters <= key.size(); ++at) {
        if (word.find(key.substr(at, kTellingLetters)) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string withoutWhole(std::string text, std::string_view key)
{
    if (key.empty())
        return text;
    for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at))
        text.replace(at, key.size(), "[key]");
    return text;
}

std::string keyRemedy(const Endpoint& endpoint)
{
    if (endpoint.secret.empty())
        return "; it wants a key: name one in workspace.yaml, models." + endpoint.name + ".secret";
    return "; store the right key under the name " + endpoint.secret +
           " (console: Settings; command: " + secretVariable(endpoint.secret) + " or a key file)";
}

struct Verdict {
    ErrorCode code;
    std::string says;
};

Verdict verdictOn(const Endpoint& endpoint, int status)
{
    switch (status) {
    case 400:
    case 422:
        return {ErrorCode::BadInput, "the server refuses the request"};
    case 401:
    case 403:
        return {ErrorCode::Denied, endpoint.secret.empty() ? "the server refuses a request without a key"
                                                           : "the server refuses the key " + endpoint.secret};
    case 404:
        return {ErrorCode::NotFound, "the server does not know the model " + endpoint.model +
                                         ", or the url is not that of its API"};
    case 405:
    case 501:
        return {ErrorCode::Unsupported, "the server does not do this"};
    case 408:
        return {ErrorCode::Network, "the server waited too long for the request"};
    case 413:
        return {ErrorCode::TooLarge, "the request is too large for the server"};
    case 429:
        return {ErrorCode::Network, "the server has too many requests, or the account's quota is used up"};
    case 503:
        return {ErrorCode::Network, "the server is overloaded or still loading its model"};
    default:
        return {ErrorCode::Network,
                status >= 500 ? "the server failed; see its log" : "the server gave an unexpected answer"};
    }
}

} // namespace

std::string serverMessage(const nlohmann::json& value)
{
    return oneShortLine(rawMessage(value));
}

std::string withoutKey(std::string_view text, const Secret& key)
{
    const std::string whole = withoutWhole(std::string(text), key.reveal());
    std::string result;
    std::size_t at = 0;
    while (at < whole.size()) {
        const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = std::find_if_not(begin, whole.end(), isKeyLetter);
        if (begin == end) {
            result += whole[at++];
            continue;
        }
        const std::string_view word(begin, end);
        result += looksLikeKey(word, key.reveal()) ? std::string_view("[key]") : word;
        at += word.size();
    }
    return result;
}

Error serverError(const Endpoint& endpoint, const net::HttpReply& reply, const Secret& key)
{
    const int status = reply.head.status;
    Verdict verdict = verdictOn(endpoint, status);
    std::string message = verdict.says + " (" + std::to_string(status);
    if (const std::string said = withoutKey(messageOf(reply), key); !said.empty())
        message += ": " + said;
    message += ")";
    if (verdict.code == ErrorCode::Denied)
        message += keyRemedy(endpoint);
    return {verdict.code, std::move(message), "models." + endpoint.name};
}

Error atEndpoint(const Endpoint& endpoint, Error error, const Secret& key)
{
    error.message = withoutKey(error.message, key);
    if (error.where.empty())
        error.where = "models." + endpoint.name;
    return error;
}

} // namespace plumbline::llm
