// What a model wrote, as sentences with the numbers of the sources each of them names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::assistant {

struct CitedSentence {
    std::string text; // without citation marks and list marks
    corpus::UnitKind kind = corpus::UnitKind::Sentence;
    std::vector<int> numbers; // as the model wrote them, each once; not held against any list
};

// Takes "[1]", "[1][2]", "[1, 2]" and the like out of the text; marks behind a full stop belong to the
// sentence before them. A line of a list is a Step, a line that begins with '|' a TableRow. Links and images
// lose their targets: a model's link is never shown.
std::vector<CitedSentence> citedSentences(std::string_view text);

// The same from {"sentences": [{"text", "citations": [1]}]}, or from {"answer": "text with [1]"}. Nothing
// when it is neither.
std::optional<std::vector<CitedSentence>> citedJson(std::string_view json);

// The model says, in the words that prompts ask for, that the passages do not answer: NOT_FOUND.
bool saysNotFound(std::string_view text);

} // namespace plumbline::assistant
