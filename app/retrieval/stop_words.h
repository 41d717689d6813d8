// Words so frequent in English that they say nothing about a passage. They are not indexed.
#pragma once

#include <string_view>

namespace plumbline::retrieval {

bool isStopWord(std::string_view word); // folded, without apostrophes: "dont"

} // namespace plumbline::retrieval
