// Sentences by bytes, for the chunker; chunker.h has the public form.
#pragma once

#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::corpus {

// Byte ranges of the sentences of one paragraph, without blanks at their ends.
std::vector<Span> sentenceBytes(std::string_view paragraph);

// Words as a reader counts them; of scripts without blanks two characters count as one.
std::size_t wordCount(std::string_view text);

} // namespace plumbline::corpus
