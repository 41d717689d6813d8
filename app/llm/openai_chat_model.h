// A chat model behind an endpoint that speaks the OpenAI API: llama.cpp, Ollama, vLLM, a hosted one.
#pragma once

#include "app/llm/chat_model.h"
#include "app/llm/endpoint_client.h"

namespace plumbline::llm {

// POST {url}/chat/completions. Source: OpenAI API reference, "Chat" and "Streaming".
class OpenAiChatModel : public ChatModel {
public:
    explicit OpenAiChatModel(EndpointClient client);

    std::string name() const override { return m_client.endpoint().name; }
    int contextTokens() const override { return m_client.endpoint().contextTokens; }

    // As ChatModel; an attempt is repeated while nothing was shown (retry.h). What the server refuses by name
    // (stream_options, a JSON Schema, logprobs, max_tokens) is asked for otherwise, with a note; a schema
    // that is refused twice is Unsupported. Without a usage block, usage is estimated and marked. TooLarge:
    // an answer over 16 MB.
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                           const DeltaFn& onText) const override;

private:
    EndpointClient m_client;
};

} // namespace plumbline::llm
