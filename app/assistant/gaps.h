// What of a question a sentence lacks, by what stands before it in the question: "of the scribe", "a scribe",
// "must the scribe", "scribe rota".
#pragma once

#include <string_view>
#include <vector>

#include "app/assistant/question.h"
#include "app/assistant/signals.h"

namespace plumbline::assistant {

// What a stop word is to the term after it.
Follows followsWord(std::string_view stopWord);

// Sets Signal::LackingAfter to Signal::PairRarest. `places`: the nearest place of each of the question's
// terms, in their order.
void measureGaps(Signals& signals, const Question& question, const std::vector<TermPlace>& places);

} // namespace plumbline::assistant
