// Keeps the result of a playground as a row of a suite file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ui/prompts/services.h"

namespace plumbline::ui::shell {

// "suites/kept.jsonl" first, which is made when the first case is kept; then the workspace's other *.jsonl.
std::vector<std::string> suitesOf(const std::filesystem::path& home);

// Appends {"id", "kind", "question", "as_of", "prompt", "model", "simulated", "document", "version", "start",
// "end", "quote", "facts"}: an answer with the place of its first sentence, a refusal as "refused". The file
// is replaced as a whole. BadInput: a name outside suites/. Errors of the file: Denied, DiskFull, Io.
Result<prompts::KeptCase> keepCase(const std::filesystem::path& home, const prompts::CaseRequest& request);

} // namespace plumbline::ui::shell
