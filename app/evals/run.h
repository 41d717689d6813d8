// A run: every case of a suite through every variant, as often as asked, and what came of each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/assistant/answer.h"
#include "app/base/date.h"
#include "app/evals/assertion.h"
#include "app/llm/usage.h"

namespace plumbline::evals {

// What is compared: one prompt version on one model, with all else that decides an answer.
struct Variant {
    std::string prompt;       // "policy-answer@v3", "extractive@1", or a plain prompt's label
    std::string promptDigest; // PromptVersion::digest, or of the plain prompt's text
    std::string promptPath;   // relative to the workspace; empty = no file
    std::string model;        // "embedded", a name below `models`, "echo"
    std::string profile;      // of retrieval; empty for a plain prompt
    std::string profileDigest;
    std::int64_t generation = 0; // of the index; 0 for a plain prompt
    std::string modelDigest =
        {}; // of the endpoint's kind, address and model; empty: no endpoint, or not kept

    std::string id() const { return prompt + " / " + model; }
};

enum class RunState { Running, Stopped, Finished, OverBudget, Failed };

// "running", "stopped", "finished", "over_budget", "failed".
std::string_view toString(RunState state);

struct RunSettings {
    std::string suiteName;
    std::string suitePath;
    std::string suiteDigest;
    std::vector<Variant> variants;
    int repeats = 1;
    int concurrency = 4;
    std::uint64_t seed = 1;
    Date asOf;               // of cases that name none
    bool javascript = false; // `javascript` assertions run
};

struct Run {
    std::string id; // "r-20261126-041313-ab12": sorts by time
    RunSettings settings;
    RunState state = RunState::Running;
    std::string error; // of Failed and OverBudget
    std::string actor;
    Timestamp started{};
    std::optional<Timestamp> ended;
    std::int64_t done = 0; // results stored
    std::int64_t planned = 0;
};

// How a case ended, before any assertion: the three ways to have no answer are kept apart.
enum class CaseState { Answered, Refused, Broken };

// "answered", "refused", "broken".
std::string_view toString(CaseState state);

// One case, one variant, one repeat.
struct CaseResult {
    std::string caseId;
    int variant = 0; // index into RunSettings::variants
    int repeat = 0;
    CaseState state = CaseState::Answered;
    std::string refusalKind; // assistant::toString(RefusalKind); empty unless refused
    std::string error;       // of Broken, one line
    std::string output;      // the answer's text as shown
    std::string answerJson;  // the whole answer as `ask --json` writes it; empty for a plain prompt
    bool passed = false;
    double score = 0; // weighted mean over assertions, 0..1
    std::vector<AssertionResult> assertions;
    // Figures by name, unset where they do not apply: "grounded", "hallucinated" (0 or 1),
    // "citation_precision", "citation_recall", "hit@1", "hit@5", "mrr", "ndcg@10", "policy_compliant",
    // "format_ok"; 0..1.
    std::map<std::string, double, std::less<>> figures;
    std::map<std::string, double, std::less<>> named; // promptfoo's named metrics
    assistant::Latency latency;
    llm::Usage usage;
    std::optional<Money> cost; // unset = not known
    bool cached = false;       // the answer was not asked for again
    Timestamp finished{};
};

} // namespace plumbline::evals
