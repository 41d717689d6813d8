// A model that answers from recorded exchanges: for tests, and for repeating a run for nothing.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/chat_model.h"
#include "app/llm/exchange_record.h"

namespace plumbline::llm {

class ReplayChatModel final : public ChatModel {
public:
    // JSON Lines as RecordingChatModel writes them; empty lines do not count. `name` is the model whose
    // exchanges are asked for. BadInput with file:line.
    static Result<ReplayChatModel> parse(std::string name, std::string_view lines, std::string_view fileName);

    std::string name() const override { return m_name; }

    // The recorded reply, with replayed = true. The same request recorded several times gives its replies in
    // order, and the last one from then on. NotFound: not recorded; the message says what the nearest
    // recorded request has otherwise. Thread-safe.
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                           const DeltaFn& onText) const override;

private:
    struct Recorded {
        std::string request;
        std::vector<ChatReply> replies;
    };
    struct Turns {
        std::mutex mutex;
        std::map<std::string, std::size_t> next; // by digest
    };

    std::string whatDiffers(const ChatRequest& request) const;

    std::string m_name;
    std::map<std::string, Recorded> m_recorded; // by digest
    std::unique_ptr<Turns> m_turns = std::make_unique<Turns>();
};

// Hands each call on and appends the exchange to a file (mode 0600: it holds the texts of questions and
// answers). Errors are not recorded. A reply that cannot be written keeps its answer, with a note.
class RecordingChatModel final : public ChatModel {
public:
    RecordingChatModel(std::shared_ptr<const ChatModel> model, std::filesystem::path file)
        : m_model(std::move(model)), m_file(std::move(file))
    {
    }

    std::string name() const override { return m_model->name(); }
    int contextTokens() const override { return m_model->contextTokens(); }
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                           const DeltaFn& onText) const override;

private:
    std::shared_ptr<const ChatModel> m_model;
    std::filesystem::path m_file;
    mutable std::mutex m_mutex;
};

} // namespace plumbline::llm
