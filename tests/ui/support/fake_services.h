// A small bank on paper: services that the pages can be given without an engine behind them, quick and always
// the same.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ui/assistant/turn.h"
#include "ui/corpus/services.h"
#include "ui/shell/main_window.h"

namespace plumbline::tests {

// What the fakes do and what was asked of them. Shared by all services of one test; any thread.
struct Script {
    std::atomic<bool> fail = false; // every read gives an Io error
    std::atomic<bool> nothingIndexed = false;
    std::atomic<bool> hang = false;         // asks and searches wait until they are stopped
    std::atomic<bool> brokenPrompt = false; // one prompt file cannot be read
    std::atomic<bool> failCases = false;    // what is inside of an evaluation run cannot be read
    std::atomic<int> asks = 0;
    std::mutex mutex; // guards what follows
    std::vector<plumbline::assistant::TurnRequest> requests;
    std::vector<std::string> approved;
    std::vector<std::string> released;
    std::vector<std::string> judged; // "helpful: note"
    std::vector<retrieval::SearchRequest> searches;
    std::vector<ui::prompts::RunRequest> runs;
    std::vector<std::string> moved;          // "production 4 because"
    std::map<std::string, std::string> keys; // by name
    std::vector<std::string> kept;           // "suites/golden.jsonl: question"
    std::vector<std::string> evalRuns; // "suites/golden.jsonl policy-answer@v4 embedded x1", "resume ID"
    std::vector<std::string> verdicts; // "A-001 policy-answer@v4 / embedded 0 agree: note"
    std::vector<std::string> reports;  // runs written as HTML
};

Timestamp fixedNow(); // 2026-11-24 03:12 UTC

// Rows of the little bank: some in force, one of each other state.
std::vector<plumbline::corpus::DocumentRow> bankRows();
// `count` rows in folders of `perFolder`.
std::vector<plumbline::corpus::DocumentRow> manyRows(std::size_t count, std::size_t perFolder);

plumbline::corpus::DocumentView bankDocument();
plumbline::assistant::Answer bankAnswer(const plumbline::assistant::TurnRequest& request);
plumbline::assistant::Answer bankRefusal(plumbline::assistant::RefusalKind kind);

// Questions that begin with "refuse" are refused; with "conflict", answered with sources that disagree.
ui::assistant::Services fakeAssistant(const std::shared_ptr<Script>& script);
ui::corpus::Services fakeCorpus(const std::shared_ptr<Script>& script,
                                std::vector<plumbline::corpus::DocumentRow> rows = bankRows());
ui::shell::Session fakeSession(const std::shared_ptr<Script>& script);

} // namespace plumbline::tests
