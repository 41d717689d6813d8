// resources/skeleton/policy-answer-v1.md, built into the program: the prompt that `plumbline init` writes.
#pragma once

#include <string_view>

namespace plumbline::workspace {

extern const std::string_view kFirstPrompt;

} // namespace plumbline::workspace
