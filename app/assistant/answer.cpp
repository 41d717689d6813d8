#include "app/assistant/answer.h"

#include <nlohmann/json.hpp>

namespace plumbline::assistant {

std::string_view toString(RefusalKind kind)
{
    switch (kind) {
    case RefusalKind::None:
        return "";
    case RefusalKind::OffTopic:
        return "off_topic";
    case RefusalKind::NothingCloseEnough:
        return "nothing_close_enough";
    case RefusalKind::OnlyUnusable:
        return "only_unusable";
    case RefusalKind::Conflicting:
        return "conflicting";
    case RefusalKind::EmptyQuestion:
        return "empty_question";
    case RefusalKind::EmptyCorpus:
        return "empty_corpus";
    case RefusalKind::ModelDeclined:
        return "model_declined";
    case RefusalKind::NotSupported:
        return "not_supported";
    }
    return "";
}

std::string TurnRequest::promptId() const
{
    return prompt.version == 0 ? std::string(kExtractive) : prompt.id();
}

namespace {

std::string prose(const std::vector<AnswerSentence>& sentences)
{
    std::string joined;
    for (const AnswerSentence& sentence : sentences) {
        // Rows and steps keep their lines; sentences run on.
        const bool ownLine = sentence.kind != corpus::UnitKind::Sentence;
        if (!joined.empty()) {
            joined += ownLine || joined.back() == '|' ? "\n" : " ";
        }
        joined += sentence.text;
    }
    return joined;
}

std::string list(const std::vector<AnswerSentence>& sentences)
{
    std::string joined;
    for (const AnswerSentence& sentence : sentences) {
        const bool row = sentence.kind == corpus::UnitKind::TableRow;
        joined += (joined.empty() ? "" : "\n") + std::string(row ? "" : "- ") + sentence.text;
    }
    return joined;
}

std::string json(const std::vector<AnswerSentence>& sentences)
{
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const AnswerSentence& sentence : sentences) {
        all.push_back({{"text", sentence.text}, {"citations", sentence.citations}});
    }
    const nlohmann::ordered_json value = {{"answer", prose(sentences)}, {"sentences", std::move(all)}};
    return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace

std::string Answer::text() const
{
    if (sentences.empty()) {
        return {};
    }
    switch (layout) {
    case prompts::Layout::List:
        return list(sentences);
    case prompts::Layout::Json:
        return json(sentences);
    case prompts::Layout::Prose:
        break;
    }
    return prose(sentences);
}

llm::Usage Answer::usage() const
{
    return generation ? generation->reply.usage : llm::Usage();
}

std::optional<Money> Answer::cost() const
{
    return generation ? generation->reply.cost : Money();
}

} // namespace plumbline::assistant
