// What a turn depends on, as a value to keep: the same record gives the same answer.
#pragma once

#include <cstdint>
#include <string>

#include "app/assistant/answer.h"

namespace plumbline::assistant {

// The request as one line of JSON with every field that decides the answer.
std::string recordOf(const TurnRequest& request, std::int64_t generation);

// First 16 hexadecimal digits of the record's SHA-256, with the program's version in it.
std::string traceId(const TurnRequest& request, std::int64_t generation);

// The search that every face makes of a turn.
retrieval::SearchRequest searchOf(const TurnRequest& request, const std::string& asked);

} // namespace plumbline::assistant
