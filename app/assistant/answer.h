// One turn of the assistant: the question with everything the answer depends on, and the answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/llm/chat_model.h"
#include "app/prompts/prompt.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

// The model that is always there: it quotes.
inline constexpr std::string_view kEmbedded = "embedded";
// The name of having no prompt: the embedded answerer's own form.
inline constexpr std::string_view kExtractive = "extractive@1";

// Everything an answer depends on; stored with it, so that it can be repeated.
struct TurnRequest {
    std::string question;
    std::vector<std::string> earlier; // questions of the same thread before this one, oldest first
    Date asOf;
    retrieval::Profile profile;
    prompts::PromptVersion prompt; // version 0: none, the embedded answerer's own form
    std::string model{kEmbedded};  // a name below `models` of workspace.yaml, or kEmbedded

    // "policy-answer@v3", or kExtractive when there is no prompt.
    std::string promptId() const;
};

// A place in a document's stored text.
struct SourceSpan {
    std::string document;
    std::string version;
    Span span;
};

// One sentence, step or table row of an answer. From the embedded answerer `text` is the joining of the
// verbatim slices of `spans`; from any other model it is the model's own and `spans` are what carries it.
struct AnswerSentence {
    std::string text;
    corpus::UnitKind kind = corpus::UnitKind::Sentence;
    std::vector<int> citations; // numbers of sources, from 1
    std::vector<SourceSpan> spans;
    bool supported = true; // false: the passages it cites do not carry it; shown only when the prompt says so
    bool conflicting = false; // contradicts another sentence of this answer
};

// A passage that the answer quotes or cites.
struct Source {
    int number = 0;
    retrieval::Passage passage;
};

enum class RefusalKind {
    None,
    OffTopic,
    NothingCloseEnough,
    OnlyUnusable,
    Conflicting,
    EmptyQuestion,
    EmptyCorpus,
    ModelDeclined, // the model would not answer, in its own words or its server's
    NotSupported   // the model answered, and the passages carry none of it
};

// "off_topic", "nothing_close_enough", "only_unusable", "conflicting", "empty_question", "empty_corpus",
// "model_declined", "not_supported"; None is "".
std::string_view toString(RefusalKind kind);

struct Refusal {
    RefusalKind kind = RefusalKind::None;
    std::string reason;                      // for a person, one or two sentences
    std::vector<retrieval::Passage> nearest; // what came nearest, best first
    std::vector<retrieval::Dropped>
        unusable; // drafts, expired or superseded documents that would have spoken
};

struct Finding {
    std::string rule;
    std::string detail;
};

struct Latency {
    double guard = 0; // all in milliseconds
    double retrieve = 0;
    double generate = 0;
    double ground = 0;
    double total = 0;
};

// The part of a turn that a model took.
struct Generation {
    std::vector<llm::Message> messages;   // as sent
    std::string promptDigest;             // over messages, parameters and schema
    llm::ChatReply reply;                 // text as it came, before any sentence was checked
    std::vector<AnswerSentence> withheld; // sentences that their sources do not carry
};

// An answer or a refusal; never an error (those are Result's). A refusal of kind Conflicting shows the
// sentences that disagree; any other has none.
struct Answer {
    std::vector<AnswerSentence> sentences;
    std::vector<Source> sources;
    std::optional<Refusal> refusal;
    std::vector<Finding> findings; // "approved_by_default: ...", "sources_disagree: ..."
    prompts::Layout layout = prompts::Layout::Prose;
    std::optional<Generation> generation; // what a model was asked and said; none from the embedded answerer
    double confidence = 0;                // calibrated probability that the documents answer this question
    std::vector<std::pair<std::string, double>> confidenceSignals; // what it was made from, by name
    std::string asked;              // the question as searched: a follow-up with what it leans on
    retrieval::SearchResult search; // the ranked list it was made from
    std::string trace;              // digest over the request, the generation and the program version
    Latency latency;

    bool refused() const { return refusal.has_value(); }
    // The sentences in the layout asked for; empty for a refusal that shows none. As JSON:
    // {"answer", "sentences": [{"text", "citations"}]}, or what the prompt's schema makes of the model.
    std::string text() const;
    llm::Usage usage() const;          // zero from the embedded answerer
    std::optional<Money> cost() const; // unset = not known; zero from the embedded answerer
};

} // namespace plumbline::assistant
