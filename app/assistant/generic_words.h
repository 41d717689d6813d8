// Words that say how something is asked, not what it is about: "deadline", "allowed", "how fast", "this
// morning".
#pragma once

#include <string_view>

namespace plumbline::assistant {

// `word` as it stands in the question, any case. True for everyday words in their usual forms, and for
// amounts ("£300k", "2025"). A question whose other words the documents lack is not answered by them; one
// that merely puts it otherwise may be.
bool isGeneric(std::string_view word);

} // namespace plumbline::assistant
