#include "app/retrieval/searcher.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>

#include "app/corpus/document_rows.h"
#include "app/retrieval/loaded_generation.h"
#include "app/retrieval/passage_rows.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kDroppedShown = 10;
constexpr std::size_t kReranked = 30; // candidates whose text is looked at

enum class Side { Usable, KeptOut }; // of the gate

bool usesReranking(const Profile& profile)
{
    return profile.headingWeight > 0 || profile.phraseWeight > 0 || profile.proximityWeight > 0 ||
           profile.identifierWeight > 0;
}

} // namespace

struct Searcher::State {
    std::filesystem::path home;
    std::filesystem::path folder;
    Synonyms synonyms;
    std::mutex mutex;
    std::unique_ptr<LoadedGeneration> loaded;
    std::set<std::int64_t> sound; // documents whose stored text was held against its digest

    Result<void> follow(store::Database& database);
    Result<void> load(store::Database& database, std::int64_t generation);
    bool isGone(const DocumentFacts& document) const;
    Passage passageOf(const Candidate& candidate) const;
    Result<void> rerank(store::Database& database, const SearchRequest& request,
                        std::vector<Passage>& ranked) const;
    Result<std::vector<Passage>> rank(store::Database& database, const SearchRequest& request, Side side,
                                      const std::stop_token& stop);
    Result<void> addDropped(const SearchRequest& request, SearchResult& result, const std::stop_token& stop);
    Result<void> fill(store::Database& database, const SearchRequest& request,
                      std::vector<Passage>& passages);
    Result<void> take(store::Database& database, const SearchRequest& request, bool oncePerDocument,
                      std::vector<Passage>& ranked, SearchResult& result);
    Result<SearchResult> search(const SearchRequest& request, Side side, bool oncePerDocument,
                                const std::stop_token& stop);
    Result<WhyNot> why(const SearchRequest& request, std::string_view document, const std::stop_token& stop);
    Result<WhyNot> whyRanked(store::Database& database, const SearchRequest& request, std::size_t position,
                             const std::stop_token& stop);
};

// Opens the generation in service, if it is not the one already open.
Result<void> Searcher::State::follow(store::Database& database)
{
    std::int64_t generation = 0;
    std::int64_t epoch = 0;
    auto done = database.run("SELECT generation, epoch FROM service", {}, [&](const store::Row& row) {
        generation = row.integer(0);
        epoch = row.integer(1);
    });
    if (done && generation == 0) {
        return failure(ErrorCode::NotFound, "nothing is indexed yet; run `plumbline index`", home.string());
    }
    if (done && (!loaded || loaded->number() != generation)) {
        done = load(database, generation);
    }
    return done ? loaded->follow(database, epoch) : done;
}

Result<void> Searcher::State::load(store::Database& database, std::int64_t generation)
{
    loaded.reset();
    sound.clear();
    auto opened = LoadedGeneration::open(database, folder / "index", generation, synonyms);
    if (!opened) {
        // An indexer may have switched and swept between the question and the opening.
        auto now = corpus::generationInService(database);
        if (now && *now != generation) {
            return load(database, *now);
        }
        return tl::unexpected(opened.error());
    }
    loaded = std::move(*opened);
    return {};
}

// A document deleted since it was indexed speaks no more, whether or not the index knows it yet.
bool Searcher::State::isGone(const DocumentFacts& document) const
{
    std::error_code ignored;
    return !document.path.empty() && !std::filesystem::exists(home / document.path, ignored);
}

Passage Searcher::State::passageOf(const Candidate& candidate) const
{
    const DocumentFacts& document = loaded->document(candidate.ordinal);
    Passage passage;
    passage.documentKey = document.key;
    passage.chunkKey = loaded->owner(candidate.ordinal).chunk;
    passage.ordinal = candidate.ordinal;
    passage.document = document.id;
    passage.title = document.title;
    passage.version = document.version;
    passage.approval = document.approval;
    passage.path = document.path;
    passage.scores = {candidate.lexical, candidate.vector, candidate.fused, candidate.fused};
    passage.score = candidate.fused;
    return passage;
}

Result<void> Searcher::State::rerank(store::Database& database, const SearchRequest& request,
                                     std::vector<Passage>& ranked) const
{
    if (!usesReranking(request.profile)) {
        return {};
    }
    const std::size_t looked = std::min(ranked.size(), kReranked);
    std::vector<ChunkText> texts;
    for (std::size_t i = 0; i < looked; ++i) {
        if (auto done = readWords(database, ranked[i]); !done) {
            return done;
        }
        texts.push_back({ranked[i].title, ranked[i].heading, ranked[i].text});
    }
    const std::vector<RerankFeatures> features = loaded->index().features(request.query, texts);
    for (std::size_t i = 0; i < looked; ++i) {
        ranked[i].scores.rerank = rerankScore(ranked[i].scores.fused, features[i], request.profile);
        ranked[i].score = ranked[i].scores.rerank;
    }
    // Only those looked at change places: the others stay behind them.
    std::stable_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(looked),
                     [](const Passage& left, const Passage& right) { return left.score > right.score; });
    for (std::size_t i = looked; looked > 0 && i < ranked.size(); ++i) {
        ranked[i].score = std::min(ranked[i].score, ranked[i - 1].score);
    }
    return {};
}

// The ranked list of everything usable: the one list behind search, retrieve, ask and both pages.
Result<std::vector<Passage>> Searcher::State::rank(store::Database& database, const SearchRequest& request,
                                                   Side side, const std::stop_token& stop)
{
    const Gate& gate = loaded->gate(request.asOf);
    const Allowed* const filter = side == Side::KeptOut ? &gate.keptOut : gate.open ? nullptr : &gate.allowed;
    const std::size_t count = std::max(request.profile.candidates, request.top);
    auto candidates = loaded->index().candidates(request.query, request.profile, filter, count, stop);
    if (!candidates) {
        return tl::unexpected(candidates.error());
    }
    std::vector<Passage> ranked;
    ranked.reserve(candidates->size());
    for (const Candidate& candidate : *candidates) {
        ranked.push_back(passageOf(candidate));
    }
    if (auto done = rerank(database, request, ranked); !done) {
        return tl::unexpected(done.error());
    }
    return ranked;
}

Result<void> Searcher::State::addDropped(const SearchRequest& request, SearchResult& result,
                                         const std::stop_token& stop)
{
    const Gate& gate = loaded->gate(request.asOf);
    if (gate.usableChunks == loaded->chunks()) {
        return {};
    }
    auto candidates =
        loaded->index().candidates(request.query, request.profile, &gate.keptOut, kDroppedShown * 4, stop);
    if (!candidates) {
        return tl::unexpected(candidates.error());
    }
    std::set<std::size_t> seen;
    for (const Candidate& candidate : *candidates) {
        const std::size_t position = loaded->position(candidate.ordinal);
        if (seen.size() < kDroppedShown && seen.insert(position).second) {
            const DocumentFacts& document = loaded->documents()[position];
            result.dropped.push_back({document.id,
                                      document.title,
                                      document.version,
                                      gate.verdicts[position],
                                      false,
                                      candidate.fused,
                                      {}});
        }
    }
    std::ranges::stable_sort(result.dropped, std::greater<>(), &Dropped::score);
    return {};
}

Result<void> Searcher::State::fill(store::Database& database, const SearchRequest& request,
                                   std::vector<Passage>& passages)
{
    std::vector<std::uint32_t> ordinals;
    for (Passage& passage : passages) {
        if (!sound.contains(passage.documentKey)) {
            if (auto whole = verifyText(database, passage.documentKey, folder / "plumbline.db"); !whole) {
                return whole;
            }
            sound.insert(passage.documentKey);
        }
        // Re-ranking may have read the words.
        auto done = passage.text.empty() ? readWords(database, passage) : Result<void>();
        done = done ? readUnits(database, passage) : done;
        if (!done) {
            return done;
        }
        ordinals.push_back(passage.ordinal);
    }
    auto weights = loaded->index().explain(request.query, request.profile, ordinals);
    for (std::size_t i = 0; weights && i < passages.size(); ++i) {
        for (TermWeight& weight : (*weights)[i]) {
            passages[i].matches.push_back({std::move(weight.term), weight.weight});
        }
    }
    return weights ? Result<void>() : tl::unexpected(weights.error());
}

// The head of the ranked list, with the texts where asked for; documents whose files are gone are named as
// dropped.
Result<void> Searcher::State::take(store::Database& database, const SearchRequest& request,
                                   bool oncePerDocument, std::vector<Passage>& ranked, SearchResult& result)
{
    std::set<std::int64_t> documents;
    std::set<std::int64_t> gone;
    for (Passage& passage : ranked) {
        if (result.passages.size() == request.top) {
            break;
        }
        const bool first = documents.insert(passage.documentKey).second;
        if (first && isGone(loaded->document(passage.ordinal))) {
            gone.insert(passage.documentKey);
            result.dropped.push_back({passage.document,
                                      passage.title,
                                      passage.version,
                                      corpus::Verdict::Usable,
                                      true,
                                      passage.score,
                                      {}});
        }
        if (gone.contains(passage.documentKey) || (oncePerDocument && !first)) {
            continue;
        }
        passage.rank = static_cast<int>(result.passages.size()) + 1;
        result.passages.push_back(std::move(passage));
    }
    return request.texts ? fill(database, request, result.passages) : Result<void>();
}

Result<SearchResult> Searcher::State::search(const SearchRequest& request, Side side, bool oncePerDocument,
                                             const std::stop_token& stop)
{
    const std::lock_guard lock(mutex);
    auto database = store::Database::open(folder / "plumbline.db", stop);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (auto done = follow(*database); !done) {
        return tl::unexpected(done.error());
    }
    const auto begun = std::chrono::steady_clock::now();
    SearchResult result;
    result.generation = loaded->number();
    result.chunks = loaded->chunks();
    result.words = loaded->share();
    result.usableChunks = loaded->gate(request.asOf).usableChunks;
    result.expansions = loaded->index().synonymTerms(request.query);
    result.maximumLexical = loaded->index().maximumLexical(request.query, request.profile);
    auto ranked = rank(*database, request, side, stop);
    if (!ranked) {
        return tl::unexpected(ranked.error());
    }
    auto done = take(*database, request, oncePerDocument, *ranked, result);
    if (done && (request.explain || side == Side::KeptOut)) {
        done = addDropped(request, result, stop);
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    result.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    return result;
}

Searcher::Searcher(std::filesystem::path home, std::filesystem::path state, Synonyms synonyms)
    : m_state(std::make_unique<State>())
{
    m_state->home = std::move(home);
    m_state->folder = std::move(state);
    m_state->synonyms = std::move(synonyms);
}

Searcher::~Searcher() = default;

Result<SearchResult> Searcher::search(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, Side::Usable, false, stop);
}

Result<SearchResult> Searcher::searchKeptOut(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, Side::KeptOut, false, stop);
}

Result<SearchResult> Searcher::searchDocuments(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, Side::Usable, true, stop);
}

Result<WhyNot> Searcher::why(const SearchRequest& request, std::string_view document,
                             std::stop_token stop) const
{
    return m_state->why(request, document, stop);
}

Result<WhyNot> Searcher::State::why(const SearchRequest& request, std::string_view document,
                                    const std::stop_token& stop)
{
    const std::lock_guard lock(mutex);
    auto database = store::Database::open(folder / "plumbline.db", stop);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (auto done = follow(*database); !done) {
        return tl::unexpected(done.error());
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
    return whyRanked(*database, request, *found, stop);
}

Result<WhyNot> Searcher::State::whyRanked(store::Database& database, const SearchRequest& request,
                                          std::size_t position, const std::stop_token& stop)
{
    const DocumentFacts& facts = loaded->documents()[position];
    const corpus::Verdict verdict = loaded->gate(request.asOf).verdicts[position];
    WhyNot why;
    why.document = facts.id + "@" + facts.version;
    auto scored = loaded->index().score(request.query, request.profile, loaded->ordinalsOf(position));
    auto ranked = rank(database, request, Side::Usable, stop);
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
