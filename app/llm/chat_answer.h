// What a server answers to a chat request, gathered from one JSON value or from the chunks of a stream.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "app/base/result.h"
#include "app/llm/chat_model.h"
#include "app/llm/half_characters.h"

namespace plumbline::llm {

// Tolerant of what is unknown, missing or null; what is odd becomes a note. Its errors are Network, and their
// message continues a sentence that begins with the server's name.
class ChatAnswer {
public:
    // A whole "chat.completion". Its text goes to `onText` as well.
    Result<void> takeWhole(std::string_view json, const DeltaFn& onText);

    // The data of one event: a "chat.completion.chunk", or "[DONE]".
    Result<void> takeEvent(std::string_view data, const DeltaFn& onText);

    bool done() const { return m_done; }   // "[DONE]" has come, or the answer was whole
    bool begun() const { return m_begun; } // some text went to onText
    bool hasUsage() const { return m_usageBlocks > 0; }

    // What was gathered; `usage` is empty when the server sent none.
    ChatReply take();

private:
    Result<void> takeFailure(const nlohmann::json& value);
    bool takeChoices(const nlohmann::json& choices, std::string_view part, const DeltaFn& onText);
    void takeMessage(const nlohmann::json& message, const DeltaFn& onText);
    void takeContent(const nlohmann::json& content, const DeltaFn& onText);
    void takeToolCalls(const nlohmann::json& calls);
    void takeLogprobs(const nlohmann::json& logprobs);
    void takeUsage(const nlohmann::json& usage);
    void show(const std::string& text, const DeltaFn& onText);
    void end(const DeltaFn& onText);
    std::string wholeText(const nlohmann::json& object, std::string_view key) const;
    void note(std::string text);

    ChatReply m_reply;
    HalfCharacters m_halves;
    bool m_hasHalves = false; // in the JSON at hand
    int m_usageBlocks = 0;
    bool m_begun = false;
    bool m_done = false;
};

} // namespace plumbline::llm
