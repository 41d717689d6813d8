#include "app/llm/exchange_record.h"

#include <nlohmann/json.hpp>

#include "app/base/digest.h"

namespace plumbline::llm {

namespace {

using nlohmann::ordered_json;

std::string_view wordOf(Role role)
{
    switch (role) {
    case Role::System:
        return "system";
    case Role::Assistant:
        return "assistant";
    case Role::Tool:
        return "tool";
    default:
        return "user";
    }
}

// Texts of a server may hold anything; what is no UTF-8 is replaced, not refused.
std::string written(const ordered_json& value)
{
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string digestOf(std::string_view model, const std::string& request)
{
    return sha256Hex(std::string(model) + "\n" + request);
}

ordered_json parametersJson(const ModelParameters& parameters)
{
    ordered_json value = ordered_json::object();
    const auto put = [&](const char* key, const auto& field) {
        if (field) {
            value[key] = *field;
        }
    };
    put("temperature", parameters.temperature);
    put("top_p", parameters.topP);
    put("max_output_tokens", parameters.maxOutputTokens);
    put("seed", parameters.seed);
    if (!parameters.stop.empty()) {
        value["stop"] = parameters.stop;
    }
    if (parameters.logprobs) {
        value["logprobs"] = true;
    }
    return value;
}

ordered_json usageJson(const Usage& usage)
{
    return {{"input", usage.input.count},
            {"cached", usage.cached.count},
            {"output", usage.output.count},
            {"reasoning", usage.reasoning.count},
            {"estimated", usage.estimated}};
}

ordered_json replyJson(const ChatReply& reply)
{
    ordered_json value = {{"text", reply.text},
                          {"refusal", reply.refusal},
                          {"finish_reason", reply.finishReason},
                          {"model", reply.model},
                          {"usage", usageJson(reply.usage)}};
    for (const ToolCall& call : reply.toolCalls) {
        value["tool_calls"].push_back({{"id", call.id}, {"name", call.name}, {"arguments", call.arguments}});
    }
    for (const TokenLogprob& one : reply.logprobs) {
        value["logprobs"].push_back({{"token", one.token}, {"logprob", one.logprob}});
    }
    if (!reply.notes.empty()) {
        value["notes"] = reply.notes;
    }
    value["attempts"] = reply.attempts;
    value["first_token_ms"] = reply.firstTokenMs;
    value["total_ms"] = reply.totalMs;
    if (reply.simulated) {
        value["simulated"] = true;
    }
    return value;
}

// Throws nlohmann's exceptions for a wrong type; parseExchange catches them.
ChatReply replyOf(const ordered_json& value)
{
    ChatReply reply;
    reply.text = value.at("text").get<std::string>();
    reply.refusal = value.value("refusal", std::string());
    reply.finishReason = value.value("finish_reason", std::string());
    reply.model = value.value("model", std::string());
    const ordered_json& usage = value.at("usage");
    const auto tokens = [&](const char* key) { return Tokens{usage.value(key, std::int64_t{0})}; };
    reply.usage = {tokens("input"), tokens("cached"), tokens("output"), tokens("reasoning"),
                   usage.value("estimated", false)};
    for (const auto& call : value.value("tool_calls", ordered_json::array())) {
        reply.toolCalls.push_back({call.at("id").get<std::string>(), call.at("name").get<std::string>(),
                                   call.at("arguments").get<std::string>()});
    }
    for (const auto& one : value.value("logprobs", ordered_json::array())) {
        reply.logprobs.push_back({one.at("token").get<std::string>(), one.at("logprob").get<double>()});
    }
    reply.notes = value.value("notes", std::vector<std::string>());
    reply.attempts = value.value("attempts", 1);
    reply.firstTokenMs = value.value("first_token_ms", 0.0);
    reply.totalMs = value.value("total_ms", 0.0);
    reply.simulated = value.value("simulated", false);
    return reply;
}

} // namespace

ordered_json requestJson(const ChatRequest& request)
{
    ordered_json messages = ordered_json::array();
    for (const Message& message : request.messages) {
        messages.push_back({{"role", wordOf(message.role)}, {"content", message.content}});
    }
    ordered_json value = {{"messages", messages}, {"parameters", parametersJson(request.parameters)}};
    if (!request.responseSchema.empty()) {
        value["schema"] = request.responseSchema;
    }
    return value;
}

std::string requestDigest(std::string_view model, const ChatRequest& request)
{
    return digestOf(model, written(requestJson(request)));
}

std::string exchangeLine(std::string_view model, const ChatRequest& request, const ChatReply& reply)
{
    return written({{"digest", requestDigest(model, request)},
                    {"model", std::string(model)},
                    {"request", requestJson(request)},
                    {"reply", replyJson(reply)}});
}

Result<Exchange> parseExchange(std::string_view line)
{
    const auto value = ordered_json::parse(line, nullptr, false);
    if (!value.is_object()) {
        return failure(ErrorCode::BadInput, "is no JSON object; expected {digest, model, request, reply}");
    }
    try {
        Exchange exchange;
        exchange.digest = value.at("digest").get<std::string>();
        exchange.model = value.at("model").get<std::string>();
        exchange.request = written(value.at("request"));
        exchange.reply = replyOf(value.at("reply"));
        if (exchange.digest != digestOf(exchange.model, exchange.request)) {
            return failure(ErrorCode::BadInput,
                           "the digest is not that of the request; the line was changed by hand");
        }
        return exchange;
    } catch (const nlohmann::json::exception& error) {
        return failure(ErrorCode::BadInput, std::string("is no recorded exchange: ") + error.what());
    }
}

} // namespace plumbline::llm
