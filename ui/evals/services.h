// What the Evaluations page asks of the engine. All blocking and callable from any thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/base/text.h"
#include "app/base/units.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"
#include "ui/evals/matrix.h"
#include "ui/evals/verdict.h"

namespace plumbline::ui::evals {

using plumbline::evals::Run;

// Over all repeats of one variant.
struct VariantTally {
    std::int64_t passed = 0;
    std::int64_t results = 0;
};

struct RunRow {
    Run run;
    std::vector<VariantTally> tallies; // one for each of run.settings.variants
    std::optional<Money> cost;         // unset = not known
    bool imported = false;             // came as a file from another machine
};

struct SuiteRow {
    std::string name;
    std::string path; // relative to the workspace
    std::size_t cases = 0;
    std::string description;
    bool plain = false;              // it brings its own prompts: none of the workspace's is asked for
    std::vector<std::string> models; // that the file asks for
    std::string problem;             // it cannot be read: why and where; else empty
};

// What a new run can be made of.
struct Choices {
    std::vector<SuiteRow> suites;
    std::vector<std::string>
        prompts; // "extractive@1", "policy-answer@v3 · production"; the id ends at a space
    std::vector<std::string> models; // the default first
};

struct RunOrder {
    std::string suite; // its path
    std::vector<std::string> prompts;
    std::vector<std::string> models;
    int repeats = 1;
    int concurrency = 4;
};

// Of a dry run: nothing was asked yet.
struct Plan {
    std::int64_t answers = 0;  // cases x prompts x models x repeats
    std::int64_t cached = 0;   // of them, known already
    std::optional<Money> cost; // estimate; unset = a model has no price
    std::optional<std::chrono::milliseconds> time;
    std::optional<double> smallestVisible; // difference of pass rates, 0..1, that this many cases can show
    std::vector<std::string> notes;
};

struct LiveFailure {
    std::string caseId;
    int variant = 0;
    bool broken = false;
    std::string reason;
};

// Of a run under way; `run.done` and `run.planned` say how far it is.
struct Live {
    Run run;
    double perSecond = 0;
    std::optional<std::chrono::milliseconds> timeLeft;
    std::optional<Money> cost; // so far
    std::int64_t cached = 0;
    std::int64_t failed = 0; // results that did not pass, broken ones among them
    std::int64_t broken = 0;
    std::vector<LiveFailure> failures; // the last ones, newest first
};
using LiveFn = std::function<void(const Live&)>;

// What a source says for or against one sentence.
struct EvidenceView {
    int source = 0; // index into AnswerView::sources
    Span span;      // code points into the source's text
};

struct ReasonView {
    std::string kind; // "number", "negation" …
    Span span;        // code points into the sentence
    std::string detail;
};

struct SentenceView {
    std::string text;
    double score = 1; // 0..1, 1 = fully carried
    bool supported = true;
    bool withheld = false; // said by the model, not shown to the reader
    std::vector<ReasonView> reasons;
    std::vector<EvidenceView> evidence; // best first; of an unsupported sentence: what comes nearest
};

struct SourceView {
    int number = 0; // as cited; 0 = not cited
    std::string document;
    std::string version;
    std::string title;
    std::string heading;
    std::string text;
    std::size_t start = 0; // where the text stands in the document's stored text, code points
};

enum class Opinion { Agree, Disagree };

// What a person thinks of the machine's verdict on one result.
struct HumanVerdict {
    Opinion opinion = Opinion::Agree;
    std::string note;
    std::string who;
    Timestamp at{};
};

// One result with all that explains it.
struct Attempt {
    plumbline::evals::CaseResult result;
    std::vector<SentenceView> sentences;
    std::vector<SourceView> sources;
    std::optional<HumanVerdict> human;
};

struct CaseRef {
    std::string caseId;
    std::vector<MatrixColumn> columns; // the answers wanted
};

struct CaseDetail {
    plumbline::evals::Case entry;               // as it was run
    std::vector<std::vector<Attempt>> attempts; // for each column its repeats, in their order
};

struct Services {
    std::function<Result<std::vector<RunRow>>(std::stop_token)> runs; // newest first
    std::function<Result<Choices>(std::stop_token)> choices;
    std::function<Result<Plan>(const RunOrder&, std::stop_token, const ProgressFn&)> plan;
    // Blocks until the run has ended or was stopped; calls back on this thread as often as it likes.
    std::function<Result<Run>(const RunOrder&, std::stop_token, const LiveFn&)> run;
    std::function<Result<Run>(const std::string& runId, std::stop_token, const LiveFn&)> resume;
    // The columns of `runId`, then those of `other` (empty: none), over the cases of the first.
    std::function<Result<std::shared_ptr<const Matrix>>(const std::string& runId, const std::string& other,
                                                        std::stop_token, const ProgressFn&)>
        matrix;
    std::function<Result<CaseDetail>(const CaseRef&, std::stop_token)> showCase;
    std::function<Result<Comparison>(const MatrixColumn& baseline, const MatrixColumn& candidate,
                                     std::stop_token, const ProgressFn&)>
        compare;
    // Why the outcome of a case differs: one line for each thing that was swapped. May ask models again.
    std::function<Result<std::vector<std::string>>(const std::string& caseId, const MatrixColumn& baseline,
                                                   const MatrixColumn& candidate, std::stop_token)>
        why; // empty: not offered
    std::function<Result<void>(const MatrixColumn&, const std::string& caseId, int repeat, Opinion,
                               const std::string& note)>
        judge;
    // `baseline`: what the run's versions are held against, one of its own or of another run.
    std::function<Result<void>(const std::string& runId, const std::optional<MatrixColumn>& baseline,
                               const std::string& path)>
        writeHtml; // empty: not offered
    std::function<Timestamp()> now;
    std::string actor; // whom a verdict is recorded under
};

} // namespace plumbline::ui::evals
