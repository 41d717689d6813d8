// "Why is this document not higher?"
#include <algorithm>

#include "app/retrieval/searcher_state.h"

namespace plumbline::retrieval {

Result<WhyNot> Searcher::State::why(const SearchRequest& request, std::string_view document,
                                    const std::stop_token& stop)
{
    auto work = begin(request, stop);
    if (!work) {
        return tl::unexpected(work.error());
    }
    const Gate& gate = loaded->gate(request.asOf);
    const auto& all = loaded->documents();
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool named =
            all[i].id == document || all[i].path == document || all[i].id + "@" + all[i].version == document;
        if (named && (!found || gate.verdicts[i] == corpus::Verdict::Usable)) {
            found = i;
        }
    }
    if (!found) {
        return failure(ErrorCode::NotFound,
                       "no document '" + std::string(document) +
                           "' is indexed; `plumbline corpus list` shows what is, and what was skipped");
    }
    return whyRanked(*work, *found);
}

Result<WhyNot> Searcher::State::whyRanked(Work& work, std::size_t position)
{
    const SearchRequest& request = work.request;
    const DocumentFacts& facts = loaded->documents()[position];
    const corpus::Verdict verdict = loaded->gate(request.asOf).verdicts[position];
    WhyNot why;
    why.document = facts.id + "@" + facts.version;
    auto scored = loaded->index().score(work.query(), request.profile, loaded->ordinalsOf(position));
    auto ranked = rank(work, Side::Usable);
    if (!scored || !ranked) {
        return tl::unexpected(!scored ? scored.error() : ranked.error());
    }
    const auto best = std::ranges::max_element(*scored, {}, &Candidate::fused);
    std::set<std::string> held;
    if (best != scored->end()) {
        why.scores = {best->lexical, best->vector, best->fused, best->fused};
        auto weights = loaded->index().explain(request.query, request.profile, best->ordinal);
        for (const TermWeight& weight : weights ? *weights : std::vector<TermWeight>{}) {
            held.insert(weight.term);
        }
    }
    std::set<std::string> asked;
    for (const Term& term : loaded->index().terms(request.query)) {
        if (!term.stopWord && asked.insert(term.text).second && !held.contains(term.text)) {
            why.missingTerms.push_back(term.text);
        }
    }
    const auto place = std::ranges::find_if(
        *ranked, [&](const Passage& passage) { return passage.documentKey == facts.key; });
    if (place != ranked->end()) {
        why.rank = static_cast<int>(place - ranked->begin()) + 1;
    }
    const std::string terms = std::to_string(asked.size() - why.missingTerms.size()) + " of " +
                              std::to_string(asked.size()) + " query terms";
    if (verdict != corpus::Verdict::Usable) {
        why.verdict = "kept out before ranking: " + std::string(toString(verdict)) + " at " +
                      plumbline::toString(request.asOf) + "; its best passage holds " + terms;
    } else if (isGone(facts)) {
        why.verdict = "kept out: its file is gone";
    } else if (why.rank == 0) {
        why.verdict = "not among the " + std::to_string(ranked->size()) +
                      " candidates; its best passage holds " + terms;
    } else {
        why.verdict = "rank " + std::to_string(why.rank) + " of " + std::to_string(ranked->size()) +
                      " candidates; its best passage holds " + terms;
    }
    return why;
}

} // namespace plumbline::retrieval
