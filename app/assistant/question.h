// A question as the answerer sees it: its weighted terms, what kind of answer it waits for, and what to search for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/retrieval/text_model.h"

namespace plumbline::assistant {

enum class Expected { Anything, Quantity, Person, Steps };

struct QuestionTerm {
    std::string text;    // as indexed
    double weight = 0;   // rarity in the generation
    bool known = false;  // some chunk has it
    bool exact = false;  // an identifier or a number: only the very thing will do
    std::vector<float> meaning; // in the latent space; empty when unknown
};

struct Question {
    std::string text;
    std::vector<QuestionTerm> terms; // content terms, each once
    std::vector<std::string> synonyms;
    double weight = 0; // of all terms
    Expected expected = Expected::Anything;
    std::vector<float> meaning;
};

Question analyse(std::string_view text, const retrieval::TextModel& words);

// What to search for when `text` follows `earlier` (oldest first): a question that leans on the one before ("and for SEV2?", "who approves it?")
// is joined to it; a full question stands alone.
std::string standalone(std::string_view text, const std::vector<std::string>& earlier);

} // namespace plumbline::assistant
