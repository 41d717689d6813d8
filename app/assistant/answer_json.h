// An answer as JSON: what `ask --json` prints and what an evaluation keeps, in one place.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "app/assistant/answer.h"

namespace plumbline::assistant {

nlohmann::ordered_json toJson(const retrieval::StageScores& scores);
nlohmann::ordered_json passageJson(const retrieval::Passage& passage);
nlohmann::ordered_json droppedJson(const std::vector<retrieval::Dropped>& dropped);

// The fields of `ask --json` (resources/docs/cli.md).
nlohmann::ordered_json toJson(const TurnRequest& request, const Answer& answer);

} // namespace plumbline::assistant
