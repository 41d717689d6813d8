// One turn of the assistant: the question with everything the answer depends on, and the answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/retrieval/search.h"

namespace plumbline::assistant {

// Everything an answer depends on; stored with it, so that it can be repeated.
struct TurnRequest {
    std::string question;
    std::vector<std::string> earlier; // questions of the same thread before this one, oldest first
    Date asOf;
    retrieval::Profile profile;
    std::string prompt = "extractive@1"; // prompt name and version
    std::string model = "embedded";
};

// A place in a document's stored text.
struct SourceSpan {
    std::string document;
    std::string version;
    Span span;
};

// One quoted sentence, step or table row. `text` is the joining of the verbatim slices of `spans`.
struct AnswerSentence {
    std::string text;
    corpus::UnitKind kind = corpus::UnitKind::Sentence;
    std::vector<int> citations; // numbers of sources, from 1
    std::vector<SourceSpan> spans;
    bool supported = true;
    bool conflicting = false; // contradicts another sentence of this answer
};

// A passage that the answer quotes.
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
    EmptyCorpus
};

// "off_topic", "nothing_close_enough", "only_unusable", "conflicting", "empty_question", "empty_corpus"; None
// is "".
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

// An answer or a refusal; never an error (those are Result's). A refusal of kind Conflicting shows the
// sentences that disagree; any other has none.
struct Answer {
    std::vector<AnswerSentence> sentences;
    std::vector<Source> sources;
    std::optional<Refusal> refusal;
    std::vector<Finding> findings; // "approved_by_default: ...", "sources_disagree: ..."
    double confidence = 0;         // calibrated probability that the documents answer this question
    std::vector<std::pair<std::string, double>> confidenceSignals; // what it was made from, by name
    std::string asked;              // the question as searched: a follow-up with what it leans on
    retrieval::SearchResult search; // the ranked list it was made from
    std::string trace;              // digest over the request, the generation and the program version
    Latency latency;

    bool refused() const { return refusal.has_value(); }
    std::string text() const; // the sentences joined; empty for a refusal that shows none
};

} // namespace plumbline::assistant
