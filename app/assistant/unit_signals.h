// Measures the sentences of the passages found against a question.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "app/assistant/question.h"
#include "app/assistant/signals.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

// The terms of one passage, by where they stand.
struct PassageTerms {
    TermSet title;
    TermSet heading;
    TermSet all;
    std::vector<TermSet> units;
    std::vector<TermSet> headers;                // of each unit; empty without one
    std::vector<std::vector<std::string>> order; // each unit's terms in reading order
};

// Keeps references to all three: they outlive it.
class UnitSignals {
public:
    // Looks at the first `passages` of `found`.
    UnitSignals(const Question& question, const std::vector<retrieval::Passage>& found, std::size_t passages,
                const retrieval::TextModel& words);

    // Of one unit of one of these passages; `text` is its own.
    Signals measure(std::size_t passage, std::size_t unit, const std::string& text) const;

private:
    void measureShares(Signals& signals, std::size_t passage, std::size_t unit) const;
    void measurePlaces(Signals& signals, std::size_t passage, std::size_t unit) const;
    void measureOrder(Signals& signals, std::size_t passage) const;
    void measureFit(Signals& signals, const std::string& text) const;
    void measureNeighbours(Signals& signals, std::size_t passage, std::size_t unit) const;
    TermPlace placeOf(const QuestionTerm& term, std::size_t passage, std::size_t unit) const;

    const Question& m_question;
    const std::vector<retrieval::Passage>& m_found;
    const retrieval::TextModel& m_words;
    std::vector<PassageTerms> m_passages;
    std::map<std::string, TermSet> m_documents; // all terms of the passages of each
    TermSet m_asked;                            // the question's terms and what means the same
};

} // namespace plumbline::assistant
