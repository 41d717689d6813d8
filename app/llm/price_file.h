// resources/prices.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::llm {

extern const std::string_view kPriceFile;

} // namespace plumbline::llm
