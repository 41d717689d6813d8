#include "app/assistant/answer.h"

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
    }
    return "";
}

std::string Answer::text() const
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

} // namespace plumbline::assistant
