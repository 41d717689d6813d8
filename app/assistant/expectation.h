// What kind of thing a question waits for, and whether a sentence holds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::assistant {

enum class Expected { Anything, Duration, Money, Percentage, Telephone, Count, Person, Steps };

Expected expectationOf(std::string_view question);

// The parts of a question that each wait for something: "who approves it", "how long may it last". One part:
// the question itself.
std::vector<std::string> partsOf(std::string_view question);

// True when `text` holds such a thing; Anything and Steps are held by every text.
bool holdsExpected(Expected expected, std::string_view text);

// The noun counted in "how many <…> noun" or "number of <…> noun", lower case; nothing when none is asked
// for.
std::optional<std::string> countedNoun(std::string_view question);

// True when a number stands shortly before the noun in `text` (any of its usual forms; periods of time and
// people count as one kind each).
bool countsNoun(std::string_view text, std::string_view noun);

} // namespace plumbline::assistant
