// A question as the answerer sees it: its weighted terms, what kind of answer it waits for, and what to
// search for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "app/assistant/expectation.h"
#include "app/assistant/question_form.h"
#include "app/assistant/signals.h"
#include "app/retrieval/text_model.h"

namespace plumbline::assistant {

using TermSet = std::unordered_set<std::string>;

struct QuestionTerm {
    std::string text;                             // as indexed
    double weight = 0;                            // rarity in the generation
    bool known = false;                           // some chunk has it
    bool generic = false;                         // says how it is asked, not what it is about
    bool exact = false;                           // an identifier or a number
    bool part = false;                            // of an identifier that is a term of its own
    Follows follows = Follows::Nothing;           // what stands before it
    bool noun = false;                            // the noun asked for: form.noun
    std::vector<std::vector<std::string>> others; // terms of what means the same
};

struct Question {
    std::string text;
    std::vector<QuestionTerm> terms; // content terms, each once
    double weight = 0;               // of all terms
    double subjectWeight = 0;        // of those that are not generic
    Expected expected = Expected::Anything;
    std::vector<std::string> parts;     // see partsOf()
    std::optional<std::string> counted; // "how many <noun>"
    QuestionForm form;
    std::vector<float> meaning; // in the latent space
};

Question analyse(std::string_view text, const retrieval::TextModel& words);

// True when the terms hold the asked one, or all terms of something that means the same.
bool holds(const TermSet& terms, const QuestionTerm& asked);

// What to search for when `text` follows `earlier` (oldest first): a question that leans on the one before
// ("and for SEV2?", "who approves it?") is joined to it; a full question stands alone.
std::string standalone(std::string_view text, const std::vector<std::string>& earlier);

} // namespace plumbline::assistant
