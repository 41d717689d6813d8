// The lexicon as packed at build time by resources/lexicon/make_lexicon.cpp.
#pragma once

#include <string_view>

namespace plumbline::grounding {

extern const std::string_view kLexiconBytes;

} // namespace plumbline::grounding
