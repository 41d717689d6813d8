// How well an assertion of promptfoo can be held here.
#pragma once

#include "app/evals/promptfoo_import.h"

namespace plumbline::evals {

// Of one assertion of a prompt without a trace, the parts of an assert-set each for itself. `blocked`: why
// nothing of its test can be held; empty = it can.
std::vector<ImportedAssertion> fitOf(const nlohmann::ordered_json& assertion, const std::string& where,
                                     const std::string& blocked);

} // namespace plumbline::evals
