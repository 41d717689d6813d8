// Chat completions of the fault server.
#include <algorithm>
#include <sstream>

#include "tests/support/fault_server/model_answers.h"

namespace plumbline::tests {

namespace {

using Json = nlohmann::ordered_json;

int wordsIn(const std::string& text)
{
    std::istringstream in(text);
    int count = 0;
    for (std::string word; in >> word;)
        ++count;
    return count;
}

std::string contentOf(const nlohmann::json& message)
{
    const auto content = message.find("content");
    if (content == message.end())
        return {};
    if (content->is_string())
        return content->get<std::string>();
    std::string text;
    for (const auto& part : *content)
        text += part.value("text", "");
    return text;
}

// A small instance of the schemas that tests use.
Json instanceOf(const nlohmann::json& schema, const std::string& text)
{
    if (schema.contains("enum"))
        return schema["enum"].front();
    const std::string type = schema.value("type", "string");
    if (type == "object") {
        Json object = Json::object();
        const auto properties = schema.value("properties", nlohmann::json::object());
        for (const auto& [key, value] : properties.items())
            object[key] = instanceOf(value, text);
        return object;
    }
    if (type == "array")
        return Json::array({instanceOf(schema.value("items", nlohmann::json::object()), text)});
    if (type == "integer")
        return wordsIn(text);
    if (type == "number")
        return 0.5;
    if (type == "boolean")
        return true;
    return text;
}

// Pieces of a text: a word with the blank before it.
std::vector<std::string> piecesOf(const std::string& text)
{
    std::vector<std::string> pieces;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at + 1), text.size());
        pieces.push_back(text.substr(at, end - at));
        at = end;
    }
    return pieces;
}

Json usageOf(const nlohmann::json& request, int answerWords)
{
    int prompt = 0;
    for (const auto& message : request.value("messages", nlohmann::json::array()))
        prompt += wordsIn(contentOf(message));
    return {{"prompt_tokens", prompt},
            {"completion_tokens", answerWords},
            {"total_tokens", prompt + answerWords},
            {"prompt_tokens_details", {{"cached_tokens", prompt / 2}}},
            {"completion_tokens_details", {{"reasoning_tokens", 0}}}};
}

Json toolCalls(bool streamed)
{
    const auto call = [&](int index, const char* id, const char* arguments) {
        Json each = {
            {"id", id}, {"type", "function"}, {"function", {{"name", "look_up"}, {"arguments", arguments}}}};
        if (streamed)
            each["index"] = index;
        return each;
    };
    return Json::array({call(0, "call_a", R"({"query":"one"})"), call(1, "call_b", R"({"query":"two"})")});
}

Json logprobsOf(const std::vector<std::string>& pieces)
{
    Json content = Json::array();
    double logprob = -0.125;
    for (const std::string& piece : pieces) {
        content.push_back({{"token", piece}, {"logprob", logprob}, {"top_logprobs", Json::array()}});
        logprob *= 2;
    }
    return {{"content", content}};
}

Json frame(const nlohmann::json& request, const char* object)
{
    return {{"id", "chatcmpl-1"},
            {"object", object},
            {"created", 1'700'000'000},
            {"model", request.value("model", "") + "-served"}};
}

std::string eventOf(const Json& value)
{
    return "data: " + value.dump() + "\n\n";
}

// Makes the chunks of one stream.
class Chunks {
public:
    Chunks(const nlohmann::json& request, const std::string& variant) : m_request(request), m_variant(variant)
    {
    }

    void add(const Json& delta, const Json& finish = nullptr, const Json& logprobs = nullptr)
    {
        Json chunk = frame(m_request, "chat.completion.chunk");
        Json choice = {{"index", 0}, {"delta", delta}, {"finish_reason", finish}};
        if (!logprobs.is_null())
            choice["logprobs"] = logprobs;
        chunk["choices"] = Json::array({choice});
        if (m_variant == "two-choices") {
            choice["index"] = 1;
            if (choice["delta"].contains("content"))
                choice["delta"]["content"] = "the other one";
            chunk["choices"].push_back(choice);
        }
        if (m_variant == "unknown-fields")
            chunk["x_vendor"] = {{"deep", {1, 2, {{"er", nullptr}}}}};
        m_events.push_back(eventOf(chunk));
    }

    void addUsage(int words)
    {
        Json chunk = frame(m_request, "chat.completion.chunk");
        chunk["choices"] = Json::array();
        chunk["usage"] = usageOf(m_request, words);
        m_events.push_back(eventOf(chunk));
    }

    std::vector<std::string> take()
    {
        m_events.push_back("data: [DONE]\n\n");
        return std::move(m_events);
    }

private:
    const nlohmann::json& m_request;
    const std::string& m_variant;
    std::vector<std::string> m_events;
};

bool wantsUsage(const nlohmann::json& request)
{
    const auto options = request.find("stream_options");
    return options != request.end() && options->value("include_usage", false);
}

} // namespace

std::string saidTo(const nlohmann::json& request)
{
    const auto messages = request.value("messages", nlohmann::json::array());
    const std::string last = messages.empty() ? "" : contentOf(messages.back());
    const auto format = request.find("response_format");
    if (format == request.end() || format->value("type", "") != "json_schema")
        return "Echo: " + last;
    return instanceOf((*format)["json_schema"].value("schema", nlohmann::json::object()), last).dump();
}

std::vector<std::string> chatEvents(const nlohmann::json& request, const std::string& variant)
{
    Chunks chunks(request, variant);
    chunks.add({{"role", "assistant"}, {"content", variant == "null-content" ? Json(nullptr) : Json("")}});
    const auto pieces = piecesOf(saidTo(request));
    if (variant == "tool-calls") {
        Json calls = toolCalls(true);
        for (Json& call : calls) { // the arguments in two pieces
            const std::string arguments = call["function"]["arguments"];
            call["function"]["arguments"] = arguments.substr(0, 5);
            chunks.add({{"tool_calls", Json::array({call})}});
            const Json rest = {{"index", call["index"]}, {"function", {{"arguments", arguments.substr(5)}}}};
            chunks.add({{"tool_calls", Json::array({rest})}});
        }
        chunks.add(Json::object(), "tool_calls");
    } else if (variant == "refusal") {
        chunks.add({{"refusal", "I cannot"}});
        chunks.add({{"refusal", " help with that."}});
        chunks.add(Json::object(), "stop");
    } else if (variant == "null-content") {
        chunks.add({{"content", nullptr}}, "stop");
    } else {
        double logprob = -0.125;
        for (const std::string& piece : pieces) {
            Json logprobs;
            if (request.value("logprobs", false))
                logprobs = {{"content", Json::array({{{"token", piece}, {"logprob", logprob}}})}};
            logprob *= 2;
            chunks.add({{"content", piece}}, nullptr, logprobs);
        }
        chunks.add(Json::object(), "stop");
    }
    if (wantsUsage(request) && variant != "usage-missing") {
        if (variant == "usage-twice")
            chunks.addUsage(1);
        chunks.addUsage(static_cast<int>(pieces.size()));
    }
    return chunks.take();
}

nlohmann::json wholeChat(const nlohmann::json& request, const std::string& variant)
{
    const std::string text = saidTo(request);
    Json message = {{"role", "assistant"}, {"content", text}};
    std::string finish = "stop";
    if (variant == "null-content" || variant == "refusal" || variant == "tool-calls")
        message["content"] = nullptr;
    if (variant == "refusal")
        message["refusal"] = "I cannot help with that.";
    if (variant == "tool-calls") {
        message["tool_calls"] = toolCalls(false);
        finish = "tool_calls";
    }
    Json choice = {{"index", 0}, {"message", message}, {"finish_reason", finish}};
    if (request.value("logprobs", false))
        choice["logprobs"] = logprobsOf(piecesOf(text));
    Json whole = frame(request, "chat.completion");
    whole["choices"] = Json::array({choice});
    if (variant == "two-choices") {
        choice["index"] = 1;
        choice["message"]["content"] = "the other one";
        whole["choices"].push_back(choice);
    }
    if (variant == "unknown-fields")
        whole["x_vendor"] = {{"deep", {1, 2, {{"er", nullptr}}}}};
    if (variant != "usage-missing")
        whole["usage"] = usageOf(request, static_cast<int>(piecesOf(text).size()));
    return whole;
}

} // namespace plumbline::tests
