#include "app/retrieval/ranked_index.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <mutex>
#include <system_error>
#include <unordered_map>

#include "app/retrieval/fusion.h"
#include "app/retrieval/latent_space_state.h"
#include "app/retrieval/rerank.h"
#include "app/retrieval/segment_checks.h"
#include "app/retrieval/segment_state.h"
#include "app/retrieval/synonym_table.h"
#include "app/retrieval/vector_identity.h"
#include "app/retrieval/vector_set.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kMostRemembered = 200'000; // words or frequencies kept between calls
constexpr std::size_t kWorthAThread = 20'000;    // chunks: a scan of half a millisecond

std::vector<std::string> distinctTerms(const std::vector<Term>& terms)
{
    std::vector<std::string> distinct;
    for (const Term& term : terms) {
        if (!term.stopWord && std::ranges::find(distinct, term.text) == distinct.end())
            distinct.push_back(term.text);
    }
    return distinct;
}

// On a thread of its own where that is worth it and can be had; else when it is asked for.
template <typename Function>
auto beside(bool worthIt, const Function& function) -> std::future<decltype(function())>
{
    try {
        return std::async(worthIt ? std::launch::async : std::launch::deferred, function);
    } catch (const std::system_error&) {
        return std::async(std::launch::deferred, function);
    }
}

} // namespace

struct RankedIndex::State {
    // A query as both stages want it.
    struct Question {
        std::vector<QueryTerm> terms;
        ScanQuery vector;
        const VectorSet* vectors = nullptr; // to compare it with
        ScanQuery latent;                   // where that is not the latent space
    };

    mutable std::mutex mutex; // over the analyser, the lexical shards and the frequencies
    mutable std::unique_ptr<TextAnalyser> analyser = std::make_unique<TextAnalyser>();
    mutable std::unordered_map<std::string, std::size_t> frequencies;
    std::unique_ptr<LexicalShards> lexical;
    VectorSet latent;
    VectorSet endpoint; // empty when the generation has none
    std::size_t chunks = 0;
    std::shared_ptr<const LatentSpace> space;
    std::unique_ptr<SynonymTable> synonyms;

    Result<std::vector<LexicalHit>> search(const std::vector<QueryTerm>& terms, const Profile& profile,
                                           const Allowed* allowed, std::size_t count) const
    {
        const std::lock_guard lock(mutex);
        return lexical->search(terms, {profile.bm25K1, profile.bm25B}, allowed, count);
    }

    // Those below want the lock held.
    TextAnalyser& words() const
    {
        if (analyser->vocabulary() > kMostRemembered)
            analyser = std::make_unique<TextAnalyser>();
        return *analyser;
    }
    std::vector<Term> terms(std::string_view text) const { return words().terms(text); }
    std::size_t frequency(const std::string& term) const;
    std::vector<QueryTerm> queryTerms(std::string_view query, const Profile& profile) const;
    double ideal(const std::vector<QueryTerm>& terms) const;

    std::vector<float> embed(const std::vector<Term>& terms) const;
    Question question(const IndexQuery& query, const Profile& profile) const;
    Result<std::vector<Candidate>> rank(const Question& question, const Profile& profile,
                                        const std::vector<std::uint32_t>& ordinals,
                                        const std::vector<VectorHit>& known) const;
};

std::size_t RankedIndex::State::frequency(const std::string& term) const
{
    const auto found = frequencies.find(term);
    if (found != frequencies.end())
        return found->second;
    if (frequencies.size() > kMostRemembered)
        frequencies.clear();
    const std::size_t count = lexical->frequency(term).value_or(0);
    frequencies.emplace(term, count);
    return count;
}

std::vector<QueryTerm> RankedIndex::State::queryTerms(std::string_view query, const Profile& profile) const
{
    std::vector<QueryTerm> weighted;
    const std::vector<std::string> asked = distinctTerms(terms(query));
    for (const std::string& term : asked)
        weighted.push_back({term, 1});
    if (profile.synonymWeight > 0) {
        for (std::string& term : synonyms->expand(asked))
            weighted.push_back({std::move(term), profile.synonymWeight});
    }
    return weighted;
}

double RankedIndex::State::ideal(const std::vector<QueryTerm>& terms) const
{
    double sum = 0;
    for (const QueryTerm& term : terms) {
        if (term.weight == 1) // synonyms stand for what was asked, they do not add to it
            sum += inverseFrequency(chunks, frequency(term.text));
    }
    return sum;
}

std::vector<float> RankedIndex::State::embed(const std::vector<Term>& terms) const
{
    const LatentSpace::State& known = *space->m_state;
    std::vector<WeightedTerm> weighted;
    for (const Term& term : terms) {
        const std::uint32_t row = term.stopWord ? kUnknownTerm : known.rowOf(term.text);
        if (row == kUnknownTerm)
            continue;
        const auto same = std::ranges::find(weighted, row, &WeightedTerm::row);
        if (same == weighted.end())
            weighted.push_back({row, 1});
        else
            same->count += 1;
    }
    if (weighted.empty() || known.dimensions == 0)
        return {};
    std::ranges::sort(weighted, {}, &WeightedTerm::row);
    std::vector<float> vector(known.dimensions);
    known.fold(weighted, vector);
    return vector;
}

RankedIndex::State::Question RankedIndex::State::question(const IndexQuery& query,
                                                          const Profile& profile) const
{
    const std::lock_guard lock(mutex);
    Question asked{queryTerms(query.words, profile), scanQuery(embed(terms(query.words))), &latent, {}};
    if (!query.vector.empty()) {
        asked.latent = std::move(asked.vector);
        asked.vector = scanQuery(query.vector);
        asked.vectors = &endpoint;
    }
    return asked;
}

// Scores each of the (rising) ordinals by both stages; best first. `known`: cosines at hand, by rising
// ordinal.
Result<std::vector<Candidate>> RankedIndex::State::rank(const Question& question, const Profile& profile,
                                                        const std::vector<std::uint32_t>& ordinals,
                                                        const std::vector<VectorHit>& known) const
{
    const std::lock_guard lock(mutex);
    const auto scores = lexical->score(question.terms, {profile.bm25K1, profile.bm25B}, ordinals, nullptr);
    if (!scores)
        return tl::unexpected(scores.error());
    const double scale = ideal(question.terms);
    std::vector<Candidate> ranked;
    ranked.reserve(ordinals.size());
    auto at = known.begin();
    for (std::size_t i = 0; i < ordinals.size(); ++i) {
        while (at != known.end() && at->ordinal < ordinals[i])
            ++at;
        const bool isKnown = at != known.end() && at->ordinal == ordinals[i];
        const double cosine = isKnown ? at->cosine : question.vectors->cosine(question.vector, ordinals[i]);
        Candidate candidate{ordinals[i], (*scores)[i], cosine};
        candidate.fused = fuse(candidate.lexical, scale, candidate.vector, profile);
        candidate.latent = question.vectors == &latent ? cosine : latent.cosine(question.latent, ordinals[i]);
        candidate.embedded = fuse(candidate.lexical, scale, candidate.latent, profile);
        ranked.push_back(candidate);
    }
    std::ranges::sort(ranked, [](const Candidate& left, const Candidate& right) {
        return left.fused != right.fused ? left.fused > right.fused : left.ordinal < right.ordinal;
    });
    return ranked;
}

RankedIndex::RankedIndex(std::unique_ptr<State> state) : m_state(std::move(state)) {}
RankedIndex::~RankedIndex() = default;

Result<std::shared_ptr<const RankedIndex>>
RankedIndex::open(const std::vector<std::filesystem::path>& segments, const std::filesystem::path& space,
                  Synonyms synonyms, std::string_view embedder)
{
    auto state = std::make_unique<State>();
    auto loaded = LatentSpace::load(space);
    if (!loaded)
        return tl::unexpected(loaded.error());
    state->space = std::move(*loaded);
    std::vector<std::filesystem::path> folders;
    for (const auto& segment : segments) {
        if (auto whole = verifyChecks(segment); !whole)
            return tl::unexpected(whole.error());
        folders.push_back(segment / kLexicalFolder);
    }
    auto latent = VectorSet::open(segments, kVectorFile, state->space->identity());
    auto endpoint = embedder.empty()
                        ? VectorSet()
                        : VectorSet::open(segments, kEndpointVectorFile, vectorSpaceOf(embedder));
    auto lexical = LexicalShards::open(folders);
    if (!latent || !endpoint || !lexical)
        return tl::unexpected(!latent ? latent.error() : !endpoint ? endpoint.error() : lexical.error());
    state->latent = std::move(*latent);
    state->endpoint = std::move(*endpoint);
    state->lexical = std::move(*lexical);
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        counts.push_back(state->lexical->chunks(i));
        state->chunks += counts.back();
    }
    for (VectorSet* const vectors : {&state->latent, &state->endpoint}) {
        if (auto numbered = vectors->number(counts); !numbered)
            return tl::unexpected(numbered.error());
    }
    state->synonyms =
        std::make_unique<SynonymTable>(synonyms, state.get(), [](void* context, std::string_view phrase) {
            return distinctTerms(static_cast<const State*>(context)->terms(phrase));
        });
    return std::shared_ptr<const RankedIndex>(new RankedIndex(std::move(state)));
}

std::size_t RankedIndex::chunks() const
{
    return m_state->chunks;
}

std::size_t RankedIndex::chunks(std::size_t segment) const
{
    return m_state->lexical->chunks(segment);
}

std::size_t RankedIndex::endpointDimensions() const
{
    return m_state->endpoint.dimensions();
}

Result<std::vector<Candidate>> RankedIndex::candidates(const IndexQuery& query, const Profile& profile,
                                                       const Allowed* allowed, std::size_t count,
                                                       std::stop_token stop) const
{
    const State::Question question = m_state->question(query, profile);
    const bool wanted = profile.vectorWeight > 0;
    auto near = beside(wanted && m_state->chunks >= kWorthAThread, [&] {
        return wanted ? question.vectors->nearest(question.vector, allowed, count) : std::vector<VectorHit>();
    });
    auto hits = m_state->search(question.terms, profile, allowed, count);
    const std::vector<VectorHit> neighbours = near.get();
    if (!hits)
        return tl::unexpected(hits.error());
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "the search was stopped");
    std::vector<std::uint32_t> ordinals;
    for (const LexicalHit& hit : *hits)
        ordinals.push_back(hit.ordinal);
    for (const VectorHit& hit : neighbours)
        ordinals.push_back(hit.ordinal);
    std::ranges::sort(ordinals);
    ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
    return m_state->rank(question, profile, ordinals, neighbours);
}

Result<std::vector<Candidate>> RankedIndex::score(const IndexQuery& query, const Profile& profile,
                                                  const std::vector<std::uint32_t>& ordinals) const
{
    const State::Question question = m_state->question(query, profile);
    std::vector<std::uint32_t> rising = ordinals;
    std::ranges::sort(rising);
    auto ranked = m_state->rank(question, profile, rising, {});
    if (!ranked)
        return ranked;
    std::vector<Candidate> asked; // in the caller's order
    for (const std::uint32_t ordinal : ordinals)
        asked.push_back(*std::ranges::find(*ranked, ordinal, &Candidate::ordinal));
    return asked;
}

Result<std::vector<TermWeight>> RankedIndex::explain(std::string_view query, const Profile& profile,
                                                     std::uint32_t ordinal) const
{
    auto weights = explain(query, profile, std::vector<std::uint32_t>{ordinal});
    if (!weights)
        return tl::unexpected(weights.error());
    return std::move(weights->front());
}

Result<std::vector<std::vector<TermWeight>>>
RankedIndex::explain(std::string_view query, const Profile& profile,
                     const std::vector<std::uint32_t>& ordinals) const
{
    std::vector<std::uint32_t> rising = ordinals;
    std::ranges::sort(rising);
    const std::lock_guard lock(m_state->mutex);
    const std::vector<QueryTerm> terms = m_state->queryTerms(query, profile);
    std::vector<std::vector<double>> shares;
    const auto scores = m_state->lexical->score(terms, {profile.bm25K1, profile.bm25B}, rising, &shares);
    if (!scores)
        return tl::unexpected(scores.error());
    std::vector<std::vector<TermWeight>> all;
    for (const std::uint32_t ordinal : ordinals) { // in the caller's order
        const auto place =
            static_cast<std::size_t>(std::ranges::lower_bound(rising, ordinal) - rising.begin());
        std::vector<TermWeight>& weights = all.emplace_back();
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (shares[place][i] > 0)
                weights.push_back({terms[i].text, shares[place][i]});
        }
    }
    return all;
}

std::vector<RerankFeatures> RankedIndex::features(std::string_view query,
                                                  const std::vector<ChunkText>& chunks) const
{
    const std::lock_guard lock(m_state->mutex);
    return rerankFeatures(m_state->words(), query, chunks);
}

double RankedIndex::maximumLexical(std::string_view query, const Profile& profile) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->ideal(m_state->queryTerms(query, profile));
}

std::vector<Term> RankedIndex::terms(std::string_view text) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->terms(text);
}

double RankedIndex::rarity(std::string_view term) const
{
    const std::lock_guard lock(m_state->mutex);
    return inverseFrequency(m_state->chunks, m_state->frequency(std::string(term)));
}

bool RankedIndex::known(std::string_view term) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->frequency(std::string(term)) > 0;
}

std::vector<std::string> RankedIndex::synonymTerms(std::string_view text) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->synonyms->expand(distinctTerms(m_state->terms(text)));
}

std::vector<Alternative> RankedIndex::alternatives(std::string_view text) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->synonyms->alternatives(distinctTerms(m_state->terms(text)));
}

std::vector<float> RankedIndex::embed(std::string_view text) const
{
    std::unique_lock lock(m_state->mutex);
    const std::vector<Term> found = m_state->terms(text);
    lock.unlock();
    return m_state->embed(found);
}

} // namespace plumbline::retrieval
