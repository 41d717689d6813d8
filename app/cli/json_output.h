// The JSON shapes of the contract (resources/docs/cli.md), in one place.
#pragma once

#include <nlohmann/json.hpp>

#include "app/assistant/answer.h"
#include "app/corpus/library.h"
#include "app/retrieval/indexer.h"
#include "app/retrieval/search.h"

namespace plumbline::cli {

nlohmann::ordered_json toJson(const retrieval::StageScores& scores);
nlohmann::ordered_json toJson(const retrieval::SearchResult& result, bool explain);
nlohmann::ordered_json toJson(const retrieval::WhyNot& why);
nlohmann::ordered_json toJson(const retrieval::IndexReport& report);
nlohmann::ordered_json toJson(const corpus::DocumentRow& row);
nlohmann::ordered_json toJson(const assistant::TurnRequest& request, const assistant::Answer& answer);

} // namespace plumbline::cli
