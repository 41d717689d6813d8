#include "app/evals/assertion_kinds.h"

#include <algorithm>
#include <array>

namespace plumbline::evals {

namespace {

using enum KindSupport;

constexpr std::string_view kJudge = "asks a language model for its opinion";
constexpr std::string_view kEmbedding = "compares embeddings of a model";
constexpr std::string_view kSql = "reads the grammars of a dozen SQL dialects, which are not here";

constexpr auto kFacts = std::to_array<KindFact>({
    {"equals", Exact, ""},
    {"contains", Exact, ""},
    {"icontains", Exact, ""},
    {"contains-any", Exact, ""},
    {"contains-all", Exact, ""},
    {"icontains-any", Exact, ""},
    {"icontains-all", Exact, ""},
    {"starts-with", Exact, ""},
    {"regex", Approximate, "patterns of ECMAScript 5.1, over code points; a newer one is not executable"},
    {"levenshtein", Exact, ""},
    {"word-count", Exact, ""},
    {"is-refusal", Exact, ""},
    {"is-json", Approximate, "JSON Schema draft 7 and 2020-12; keywords that Ajv refuses are taken"},
    {"contains-json", Approximate, "JSON Schema draft 7 and 2020-12; keywords that Ajv refuses are taken"},
    {"is-xml", Exact, ""},
    {"contains-xml", Exact, ""},
    {"is-html", Approximate, "the tree of a browser is followed as far as it decides where text stands"},
    {"contains-html", Exact, ""},
    {"bleu", Exact, ""},
    {"gleu", Exact, ""},
    {"rouge-n", Exact, ""},
    {"tool-call-f1", Exact, ""},
    {"is-valid-openai-tools-call", Exact, ""},
    {"is-valid-openai-function-call", Exact, ""},
    {"is-valid-function-call", Exact, ""},
    {"cost", Approximate, "by the prices of this workspace"},
    {"latency", Exact, ""},
    {"perplexity", Exact, ""},
    {"perplexity-score", Exact, ""},
    {"finish-reason", Exact, ""},
    {"guardrails", Exact, ""},
    {"skill-used", Exact, ""},
    {"trace-error-spans", Exact, ""},
    {"trace-span-count", Exact, ""},
    {"trace-span-duration", Exact, ""},
    {"trajectory:tool-used", Exact, ""},
    {"trajectory:tool-sequence", Exact, ""},
    {"trajectory:step-count", Exact, ""},
    {"trajectory:tool-args-match", Exact, ""},
    {"javascript", Approximate, "runs as ECMAScript 5.1 where scripts are allowed, without Node.js"},
    {"assert-set", Exact, ""},
    {"is-sql", NotExecutable, kSql},
    {"contains-sql", NotExecutable, kSql},
    {"meteor", NotExecutable, "looks up synonyms in WordNet, which is not here"},
    {"python", NotExecutable, "runs a program in Python"},
    {"ruby", NotExecutable, "runs a program in Ruby"},
    {"webhook", NotExecutable, "asks a server"},
    {"similar", NotExecutable, kEmbedding},
    {"similar:cosine", NotExecutable, kEmbedding},
    {"similar:dot", NotExecutable, kEmbedding},
    {"similar:euclidean", NotExecutable, kEmbedding},
    {"classifier", NotExecutable, "asks a classifier"},
    {"moderation", NotExecutable, "asks a moderation service"},
    {"pi", NotExecutable, "asks a scoring service"},
    {"llm-rubric", NotExecutable, kJudge},
    {"agent-rubric", NotExecutable, kJudge},
    {"search-rubric", NotExecutable, kJudge},
    {"g-eval", NotExecutable, kJudge},
    {"factuality", NotExecutable, kJudge},
    {"model-graded-factuality", NotExecutable, kJudge},
    {"model-graded-closedqa", NotExecutable, kJudge},
    {"answer-relevance", NotExecutable, kJudge},
    {"context-faithfulness", NotExecutable, kJudge},
    {"context-recall", NotExecutable, kJudge},
    {"context-relevance", NotExecutable, kJudge},
    {"conversation-relevance", NotExecutable, kJudge},
    {"trajectory:goal-success", NotExecutable, kJudge},
    {"select-best", NotExecutable, kJudge},
    {"max-score", NotExecutable, "compares the outputs of several prompts"},
    {"human", NotExecutable, "waits for a person"},
    {"cites-approved-only", Own, ""},
    {"grounded", Own, ""},
    {"answers-fact", Own, ""},
    {"refuses", Own, ""},
    {"no-personal-data", Own, ""},
    {"schema", Own, ""},
    {"citation-precision", Own, ""},
    {"citation-recall", Own, ""},
    {"retrieved", Own, ""},
});

constexpr KindFact kRedTeam = {"promptfoo:redteam", NotExecutable, kJudge};

} // namespace

const KindFact* kindFact(std::string_view type)
{
    if (type.starts_with("promptfoo:redteam:"))
        return &kRedTeam;
    const auto found = std::ranges::find(kFacts, type, &KindFact::type);
    return found == kFacts.end() ? nullptr : &*found;
}

} // namespace plumbline::evals
