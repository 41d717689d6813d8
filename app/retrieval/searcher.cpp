#include "app/retrieval/searcher.h"

#include <algorithm>
#include <chrono>

#include "app/corpus/document_rows.h"
#include "app/retrieval/passage_rows.h"
#include "app/retrieval/searcher_state.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kDroppedShown = 10;

} // namespace

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

Result<void> Searcher::State::addDropped(const Work& work, SearchResult& result)
{
    const Gate& gate = loaded->gate(work.request.asOf);
    if (gate.usableChunks == loaded->chunks()) {
        return {};
    }
    auto candidates = loaded->index().candidates(work.query(), work.request.profile, &gate.keptOut,
                                                 kDroppedShown * 4, work.stop);
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

Result<void> Searcher::State::fill(Work& work, std::vector<Passage>& passages)
{
    std::vector<std::uint32_t> ordinals;
    for (Passage& passage : passages) {
        if (!sound.contains(passage.documentKey)) {
            if (auto whole = verifyText(work.database, passage.documentKey, folder / "plumbline.db");
                !whole) {
                return whole;
            }
            sound.insert(passage.documentKey);
        }
        // Re-ranking may have read the words.
        auto done = passage.text.empty() ? readWords(work.database, passage) : Result<void>();
        done = done ? readUnits(work.database, passage) : done;
        if (!done) {
            return done;
        }
        ordinals.push_back(passage.ordinal);
    }
    auto weights = loaded->index().explain(work.request.query, work.request.profile, ordinals);
    for (std::size_t i = 0; weights && i < passages.size(); ++i) {
        for (TermWeight& weight : (*weights)[i]) {
            passages[i].matches.push_back({std::move(weight.term), weight.weight});
        }
    }
    return weights ? Result<void>() : tl::unexpected(weights.error());
}

// The head of the ranked list, with the texts where asked for; documents whose files are gone are named as
// dropped.
Result<void> Searcher::State::take(Work& work, bool oncePerDocument, std::vector<Passage>& ranked,
                                   SearchResult& result)
{
    std::set<std::int64_t> documents;
    std::set<std::int64_t> gone;
    for (Passage& passage : ranked) {
        if (result.passages.size() == work.request.top) {
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
    return work.request.texts ? fill(work, result.passages) : Result<void>();
}

// Locks, opens what is in service, and embeds the question where the profile names an embedder.
Result<Searcher::State::Work> Searcher::State::begin(const SearchRequest& request,
                                                     const std::stop_token& stop)
{
    std::unique_lock lock(mutex);
    auto database = store::Database::open(folder / "plumbline.db", stop);
    if (!database) {
        return tl::unexpected(database.error());
    }
    Work work{std::move(lock), std::move(*database), request, stop, {}, {}, {}, {}};
    auto done = follow(work.database);
    work.begun = std::chrono::steady_clock::now();
    if (done && !request.profile.embedder.empty() && request.profile.vectorWeight > 0) {
        done = embedQuestion(work);
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    return work;
}

Result<SearchResult> Searcher::State::search(const SearchRequest& request, Side side, bool oncePerDocument,
                                             const std::stop_token& stop)
{
    auto work = begin(request, stop);
    if (!work) {
        return tl::unexpected(work.error());
    }
    auto ranked = rank(*work, side);
    if (!ranked) {
        return tl::unexpected(ranked.error());
    }
    SearchResult result;
    result.generation = loaded->number();
    result.chunks = loaded->chunks();
    result.words = loaded->share();
    result.usableChunks = loaded->gate(request.asOf).usableChunks;
    result.expansions = loaded->index().synonymTerms(request.query);
    result.maximumLexical = loaded->index().maximumLexical(request.query, request.profile);
    result.profile = request.profile.name;
    result.embedder = work->vectorOf;
    result.reranker = work->reranker;
    auto done = take(*work, oncePerDocument, *ranked, result);
    if (done && (request.explain || side == Side::KeptOut)) {
        done = addDropped(*work, result);
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    result.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - work->begun).count();
    return result;
}

Searcher::Searcher(std::filesystem::path home, std::filesystem::path state, Synonyms synonyms,
                   ModelServices services)
    : m_state(std::make_unique<State>())
{
    m_state->home = std::move(home);
    m_state->folder = std::move(state);
    m_state->synonyms = std::move(synonyms);
    m_state->services = std::move(services);
}

Searcher::~Searcher() = default;

Result<SearchResult> Searcher::search(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, State::Side::Usable, false, stop);
}

Result<SearchResult> Searcher::searchKeptOut(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, State::Side::KeptOut, false, stop);
}

Result<SearchResult> Searcher::searchDocuments(const SearchRequest& request, std::stop_token stop) const
{
    return m_state->search(request, State::Side::Usable, true, stop);
}

Result<WhyNot> Searcher::why(const SearchRequest& request, std::string_view document,
                             std::stop_token stop) const
{
    return m_state->why(request, document, stop);
}

} // namespace plumbline::retrieval
