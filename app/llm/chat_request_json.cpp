#include "app/llm/chat_request_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

using Json = nlohmann::ordered_json;

bool listsEveryProperty(const Json& schema)
{
    const auto properties = schema.find("properties");
    const auto required = schema.find("required");
    const bool empty = properties == schema.end() || !properties->is_object() || properties->empty();
    if (required == schema.end() || !required->is_array())
        return empty;
    return empty || std::ranges::all_of(properties->items(), [&](const auto& item) {
               return std::ranges::find(*required, Json(item.key())) != required->end();
           });
}

// What OpenAI calls strict: every object closed, every property required. Others are refused as strict.
bool isStrictSchema(const Json& schema)
{
    if (schema.is_array())
        return std::ranges::all_of(schema, isStrictSchema);
    if (!schema.is_object())
        return true;
    const auto type = schema.find("type");
    if (type != schema.end() && *type == "object") {
        const auto more = schema.find("additionalProperties");
        if (more == schema.end() || *more != false || !listsEveryProperty(schema))
            return false;
    }
    return std::ranges::all_of(schema, isStrictSchema);
}

Result<Json> responseFormat(const std::string& text)
{
    Json schema = Json::parse(text, nullptr, false);
    if (schema.is_discarded())
        return failure(ErrorCode::BadInput, "the response schema is not JSON");
    Json named = {{"name", "answer"}};
    if (isStrictSchema(schema))
        named["strict"] = true;
    named["schema"] = std::move(schema);
    return Json{{"type", "json_schema"}, {"json_schema", std::move(named)}};
}

void addParameters(Json& body, const ModelParameters& parameters, const ChatDialect& dialect)
{
    if (parameters.temperature)
        body["temperature"] = *parameters.temperature;
    if (parameters.topP)
        body["top_p"] = *parameters.topP;
    if (parameters.maxOutputTokens)
        body[dialect.completionTokens ? "max_completion_tokens" : "max_tokens"] = *parameters.maxOutputTokens;
    if (parameters.seed)
        body["seed"] = *parameters.seed;
    if (!parameters.stop.empty())
        body["stop"] = parameters.stop;
    if (parameters.logprobs && dialect.logprobs)
        body["logprobs"] = true;
}

} // namespace

Result<std::string> chatRequestBody(const std::string& model, const ChatRequest& request,
                                    const ChatDialect& dialect)
{
    Json body = {{"model", model}, {"messages", Json::array()}};
    for (const Message& message : request.messages)
        body["messages"].push_back({{"role", toString(message.role)}, {"content", message.content}});
    addParameters(body, request.parameters, dialect);
    if (!request.responseSchema.empty() && dialect.responseFormat) {
        auto format = responseFormat(request.responseSchema);
        if (!format)
            return tl::unexpected(format.error());
        body["response_format"] = std::move(*format);
    }
    if (dialect.stream) {
        body["stream"] = true;
        if (dialect.usageInStream)
            body["stream_options"] = {{"include_usage", true}};
    }
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool giveUpRefusedField(std::string_view message, const ChatRequest& request, ChatDialect& dialect,
                        std::vector<std::string>& notes)
{
    const auto names = [said = asciiLower(message)](std::string_view word) {
        return said.find(word) != std::string::npos;
    };
    if (dialect.stream && dialect.usageInStream && (names("stream_options") || names("include_usage"))) {
        dialect.usageInStream = false;
        notes.push_back("the server does not take stream_options: usage was not asked for");
        return true;
    }
    if (!dialect.completionTokens && request.parameters.maxOutputTokens && names("max_completion_tokens")) {
        dialect.completionTokens = true;
        return true;
    }
    if (dialect.responseFormat && !request.responseSchema.empty() &&
        (names("response_format") || names("json_schema") || names("json schema"))) {
        dialect.responseFormat = false;
        notes.push_back("the server does not take a JSON Schema: the answer's form was not enforced by it");
        return true;
    }
    if (dialect.logprobs && request.parameters.logprobs && names("logprobs")) {
        dialect.logprobs = false;
        notes.push_back("the server does not give log probabilities");
        return true;
    }
    return false;
}

} // namespace plumbline::llm
