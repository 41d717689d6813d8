// What the Prompts page asks of the engine. All blocking and callable from any thread.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/assistant/answer.h"
#include "app/base/date.h"
#include "app/base/result.h"
#include "app/llm/chat_model.h"
#include "app/prompts/prompt.h"

namespace plumbline::ui::prompts {

enum class VersionState { Released, ChangedAfterRelease, Draft };

struct VersionRow {
    int version = 0;
    VersionState state = VersionState::Draft;
    std::vector<std::string> labels; // those that stand on it now
    std::string author;
    std::optional<Timestamp> at; // when it was last changed
    std::string title;
    std::string changeNote;
    std::string path; // relative to the workspace
};

struct PromptRow {
    std::string name;
    std::string task;
    std::vector<VersionRow> versions; // newest first
};

// A file that could not be read as a prompt.
struct Problem {
    std::string path;
    int line = 0; // from 1; 0 = the file as a whole
    int column = 0;
    std::string message;
};

struct Catalogue {
    bool hasFolder = true; // there is a prompts folder
    std::vector<PromptRow> prompts;
    std::vector<Problem> problems;
};

struct LabelRow {
    std::string label;
    int version = 0;
    std::string who;
    Timestamp at;
    std::string why;
};

struct LabelMove {
    std::string label;
    int from = 0; // 0 = it was new
    int to = 0;
    std::string who;
    Timestamp at;
    std::string why;
};

struct LabelBook {
    std::vector<LabelRow> labels;
    std::vector<LabelMove> moves; // newest first
};

struct HistoryEntry {
    Timestamp at;
    std::string who;
    std::string what;
    int version = 0;
    std::string id; // commit, or digest of the text
};

struct History {
    std::string from;                  // "Git", "store"
    std::vector<HistoryEntry> entries; // newest first
};

struct RunRequest {
    plumbline::prompts::PromptVersion prompt; // as it is run: a playground changes parameters and form
    std::string model;
    std::string question;
    Date asOf;
};

// What one run gave and what it took.
struct RunOutcome {
    plumbline::assistant::Answer answer;
    std::vector<llm::Message> messages; // as sent; none from the embedded answerer
    llm::Usage usage;
    std::optional<Money> cost; // empty = no price is known
    bool simulated = false;
    double firstTokenMs = 0; // 0 = nothing was streamed
    double totalMs = 0;
    std::vector<std::string> notes;
};

struct CaseRequest {
    std::string suite; // one of suites
    RunRequest run;
    RunOutcome outcome;
};

struct KeptCase {
    std::string path; // of the suite file
    std::string id;
};

struct ModelChoice {
    std::string name;
    bool simulated = false;
    bool priced = true;
};

struct Services {
    std::function<Result<Catalogue>(std::stop_token)> list;
    std::function<Result<plumbline::prompts::PromptVersion>(const std::string& name, int version)> show;
    // The messages as they would be sent now: passages are looked up for the question.
    std::function<Result<plumbline::prompts::Rendered>(const plumbline::prompts::PromptVersion&,
                                                       const std::string& question, Date, std::stop_token)>
        render;
    std::function<Result<RunOutcome>(const RunRequest&, std::stop_token, const llm::DeltaFn&)> run;
    std::function<Result<LabelBook>(const std::string& name)> labels;
    std::function<Result<void>(const std::string& name, const std::string& label, int version,
                               const std::string& why)>
        moveLabel;
    std::function<Result<History>(const std::string& name)> history;
    std::function<Result<KeptCase>(const CaseRequest&)> keepAsCase;
    std::function<Timestamp()> now;
    std::vector<ModelChoice> models; // the default first; never empty
    std::vector<std::string> suites; // files that a case can be kept in
    std::vector<std::string> suggested;
    std::string folder; // of the workspace; a file that cannot be read is opened from it
    std::string actor;  // whom a move is recorded under
};

} // namespace plumbline::ui::prompts
