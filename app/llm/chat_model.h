// The port to a language model that answers messages: an OpenAI-compatible endpoint, a replay, or a
// simulation.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/usage.h"

namespace plumbline::llm {

enum class Role { System, User, Assistant, Tool };

// "system", "user", "assistant", "tool"
std::string_view toString(Role role);

struct Message {
    Role role = Role::User;
    std::string content; // UTF-8

    friend bool operator==(const Message&, const Message&) = default;
};

// Sampling parameters; what is not set is not sent.
struct ModelParameters {
    std::optional<double> temperature;  // 0..2
    std::optional<double> topP;         // 0..1
    std::optional<int> maxOutputTokens; // 1 or more
    std::optional<std::int64_t> seed;
    std::vector<std::string> stop; // at most 4
    bool logprobs = false;

    friend bool operator==(const ModelParameters&, const ModelParameters&) = default;
};

struct ChatRequest {
    std::vector<Message> messages;
    ModelParameters parameters;
    std::string responseSchema; // JSON Schema as text; empty = free text
};

struct ToolCall {
    std::string id;
    std::string name;
    std::string arguments; // JSON text as the model wrote it; not checked
};

struct TokenLogprob {
    std::string token;
    double logprob = 0; // natural logarithm, 0 or less
};

// What a model said. Never an error: those are Result's.
struct ChatReply {
    std::string text;         // UTF-8; empty when the model refused or only called tools
    std::string refusal;      // the model's own words of refusal, when the server tells them apart
    std::string finishReason; // "stop", "length", "content_filter", "tool_calls" …, as the server said it
    std::string model;        // as the server names it; may differ from what was asked for
    Usage usage;
    std::optional<Money> cost; // set by MeteredChatModel; empty = unknown, which is not 0
    std::vector<ToolCall> toolCalls;
    std::vector<TokenLogprob> logprobs; // empty when not asked for or not given
    std::vector<std::string> notes; // what was odd and tolerated, for a person: "the server sent two choices"
    int attempts = 1;
    double firstTokenMs = 0; // from sending to the first text; 0 when nothing was streamed
    double totalMs = 0;      // waiting before retries included
    bool simulated = false;  // marked wherever it is shown
    bool replayed = false;   // from a recording: costs nothing
};

// Gets each piece of text as it comes, whole code points only. Called on a thread of the model's choosing, in
// order, and never after chat() has returned.
using DeltaFn = std::function<void(std::string_view)>;

class ChatModel {
public:
    virtual ~ChatModel() = default;

    // The name of workspace.yaml's `models`, or "embedded".
    virtual std::string name() const = 0;

    // Tokens that fit into messages and answer together; 0 = not known.
    virtual int contextTokens() const { return 0; }

    // Blocking; any thread, many at a time. Streams when `onText` is given. A stop ends it within 200 ms with
    // Cancelled. Network: the endpoint cannot be reached, broke off or answered nonsense (the message names
    // the endpoint, what happened and what to do). Denied: the key or the budget. NotFound: the model.
    // BadInput: the server refuses the request. Unsupported: the server cannot do what is asked for.
    virtual Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                                   const DeltaFn& onText) const = 0;
};

} // namespace plumbline::llm
