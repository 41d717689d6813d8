// The JSON shapes of the contract (resources/docs/cli.md), in one place.
#pragma once

#include <nlohmann/json.hpp>

#include "app/assistant/answer_json.h"
#include "app/corpus/library.h"
#include "app/retrieval/indexer.h"
#include "app/retrieval/search.h"

namespace plumbline::cli {

using assistant::toJson;
nlohmann::ordered_json toJson(const retrieval::SearchResult& result, bool explain);
nlohmann::ordered_json toJson(const retrieval::WhyNot& why);
nlohmann::ordered_json toJson(const retrieval::IndexReport& report);
nlohmann::ordered_json toJson(const corpus::DocumentRow& row);

} // namespace plumbline::cli
