#include "app/retrieval/lexical_shards.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include <xapian.h>

namespace plumbline::retrieval {

namespace {

double saturated(const Bm25& parameters, double count, double length, double averageLength)
{
    const double norm = 1 - parameters.b + parameters.b * length / averageLength;
    return count * (parameters.k1 + 1) / (count + parameters.k1 * norm);
}

// Okapi BM25 (Robertson & Zaragoza 2009) for Xapian, with an inverse frequency that never falls below zero.
class Bm25Weight final : public Xapian::Weight {
public:
    explicit Bm25Weight(const Bm25& parameters);
    Weight* clone() const override;
    std::string name() const override;
    double get_sumpart(Xapian::termcount count, Xapian::termcount length,
                       Xapian::termcount unique) const override;
    double get_maxpart() const override;
    double get_sumextra(Xapian::termcount length, Xapian::termcount unique) const override;
    double get_maxextra() const override;

private:
    void init(double factor) override;

    Bm25 m_parameters;
    double m_weight = 0;
    double m_fixed = 0;     // k1 (1 - b)
    double m_perLength = 0; // k1 b / average length
    double m_gain = 0;      // weight (k1 + 1)
};

Bm25Weight::Bm25Weight(const Bm25& parameters) : m_parameters(parameters)
{
    need_stat(COLLECTION_SIZE);
    need_stat(AVERAGE_LENGTH);
    need_stat(TERMFREQ);
    need_stat(WDF);
    need_stat(WDF_MAX);
    need_stat(DOC_LENGTH);
    need_stat(DOC_LENGTH_MIN);
}

Xapian::Weight* Bm25Weight::clone() const
{
    return new Bm25Weight(m_parameters); // Xapian owns it
}

std::string Bm25Weight::name() const
{
    return "plumbline::Bm25Weight";
}

void Bm25Weight::init(double factor)
{
    m_weight = factor * inverseFrequency(get_collection_size(), get_termfreq());
    m_fixed = m_parameters.k1 * (1 - m_parameters.b);
    m_perLength = m_parameters.k1 * m_parameters.b / std::max(1.0, get_average_length());
    m_gain = m_weight * (m_parameters.k1 + 1);
}

double Bm25Weight::get_sumpart(Xapian::termcount count, Xapian::termcount length,
                               Xapian::termcount /*unique*/) const
{
    const double found = count;
    return m_gain * found / (found + m_fixed + m_perLength * length);
}

double Bm25Weight::get_maxpart() const
{
    const double most = get_wdf_upper_bound();
    const double shortest = std::max<double>(get_doclength_lower_bound(),
                                             most); // a chunk is no shorter than its term is frequent
    return most == 0 ? 0 : m_gain * most / (most + m_fixed + m_perLength * shortest);
}

double Bm25Weight::get_sumextra(Xapian::termcount /*length*/, Xapian::termcount /*unique*/) const
{
    return 0;
}

double Bm25Weight::get_maxextra() const
{
    return 0;
}

// Where the chunks of each shard begin among the global ordinals, by the shard's identity.
using ShardStarts = std::map<std::string, std::uint32_t>;

// Keeps to the chunks that may be used, while ranking. A source of postings and not a MatchDecider: that one
// sees document numbers of a single shard without being told which.
class AllowedSource final : public Xapian::PostingSource {
public:
    AllowedSource(const Allowed& allowed, const ShardStarts& starts) : m_allowed(allowed), m_starts(starts) {}

    PostingSource* clone() const override { return new AllowedSource(m_allowed, m_starts); }
    void init(const Xapian::Database& shard) override
    {
        m_first = m_starts.at(shard.get_uuid());
        m_last = static_cast<Xapian::docid>(shard.get_doccount());
        m_at = 0;
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return m_last; } // so that the query's terms lead
    Xapian::doccount get_termfreq_max() const override { return m_last; }
    void next(double) override { advance(m_at + 1); }
    void skip_to(Xapian::docid document, double) override { advance(std::max(document, m_at)); }
    bool check(Xapian::docid document, double) override
    {
        m_at = document;
        return isAllowed(document);
    }
    bool at_end() const override { return m_at > m_last; }
    Xapian::docid get_docid() const override { return m_at; }

private:
    bool isAllowed(Xapian::docid document) const
    {
        const std::size_t ordinal = m_first + document - 1;
        return ordinal < m_allowed.size() && m_allowed[ordinal];
    }
    void advance(Xapian::docid document)
    {
        m_at = document;
        while (m_at <= m_last && !isAllowed(m_at))
            ++m_at;
    }

    const Allowed& m_allowed;
    const ShardStarts& m_starts;
    std::uint32_t m_first = 0;
    Xapian::docid m_last = 0;
    Xapian::docid m_at = 0;
};

// A guess from every so many of them: at least four of five may be used.
bool mostAre(const Allowed& allowed)
{
    const std::size_t step = std::max<std::size_t>(1, allowed.size() / 256);
    std::size_t looked = 0;
    std::size_t usable = 0;
    for (std::size_t i = 0; i < allowed.size(); i += step) {
        ++looked;
        usable += allowed[i] ? 1U : 0U;
    }
    return usable * 5 >= looked * 4;
}

Xapian::Query queryOf(const std::vector<QueryTerm>& terms)
{
    std::vector<Xapian::Query> parts;
    parts.reserve(terms.size());
    for (const QueryTerm& term : terms) {
        const Xapian::Query part(term.text);
        parts.push_back(term.weight == 1 ? part
                                         : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, part, term.weight));
    }
    return {Xapian::Query::OP_OR, parts.begin(), parts.end()};
}

} // namespace

tl::unexpected<Error> damaged(const std::filesystem::path& where, std::string_view what)
{
    return failure(ErrorCode::Corrupt,
                   "the index is damaged (" + std::string(what) + "): run `plumbline index --rebuild`",
                   where.string());
}

double inverseFrequency(std::size_t chunks, std::size_t holding)
{
    const auto all = static_cast<double>(chunks);
    const auto some = static_cast<double>(std::min(holding, chunks));
    return std::log1p((all - some + 0.5) / (some + 0.5));
}

struct LexicalShards::State {
    std::vector<std::filesystem::path> folders;
    Xapian::Database all;
    std::vector<Xapian::Database> shards;
    std::vector<std::uint32_t> firsts; // global ordinal of each shard's first chunk
    ShardStarts starts;                // the same by the shard's identity
    std::size_t chunks = 0;

    template <typename Function>
    auto guarded(const Function& function) const -> decltype(function())
    {
        try {
            return function();
        } catch (const Xapian::Error& error) {
            return damaged(folders.empty() ? std::filesystem::path() : folders.front(), error.get_msg());
        }
    }
    std::uint32_t ordinalOf(Xapian::docid document) const
    {
        const std::size_t position = document - 1;
        return firsts[position % firsts.size()] + static_cast<std::uint32_t>(position / firsts.size());
    }
    std::vector<LexicalHit> matches(const Xapian::Query& query, const Bm25& parameters,
                                    std::size_t limit) const;
    void scoreTerm(const QueryTerm& term, std::size_t index, const Bm25& parameters,
                   const std::vector<std::uint32_t>& ordinals, std::vector<double>& scores,
                   std::vector<std::vector<double>>* shares) const;
};

LexicalShards::LexicalShards(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LexicalShards::~LexicalShards() = default;

Result<std::unique_ptr<LexicalShards>> LexicalShards::open(const std::vector<std::filesystem::path>& folders)
{
    auto state = std::make_unique<State>();
    for (const auto& folder : folders) {
        try {
            Xapian::Database shard(folder.string(), Xapian::DB_BACKEND_GLASS);
            state->firsts.push_back(static_cast<std::uint32_t>(state->chunks));
            state->starts[shard.get_uuid()] = state->firsts.back();
            state->chunks += shard.get_doccount();
            state->all.add_database(shard);
            state->shards.push_back(std::move(shard));
        } catch (const Xapian::Error& error) {
            return damaged(folder, error.get_msg());
        }
    }
    state->folders = folders;
    return std::unique_ptr<LexicalShards>(new LexicalShards(std::move(state)));
}

std::size_t LexicalShards::chunks() const
{
    return m_state->chunks;
}

std::size_t LexicalShards::chunks(std::size_t shard) const
{
    return m_state->shards[shard].get_doccount();
}

Result<std::size_t> LexicalShards::frequency(std::string_view term) const
{
    return m_state->guarded(
        [&]() -> Result<std::size_t> { return m_state->all.get_termfreq(std::string(term)); });
}

Result<std::vector<LexicalHit>> LexicalShards::search(const std::vector<QueryTerm>& terms,
                                                      const Bm25& parameters, const Allowed* allowed,
                                                      std::size_t count) const
{
    if (terms.empty() || m_state->chunks == 0)
        return std::vector<LexicalHit>();
    return m_state->guarded([&]() -> Result<std::vector<LexicalHit>> {
        const std::size_t limit = std::min(count, m_state->chunks);
        const Xapian::Query asked = queryOf(terms);
        if (allowed == nullptr)
            return m_state->matches(asked, parameters, limit);
        if (mostAre(*allowed)) {
            // Without the filter the ranking is quicker. Its best, less those kept out, are the same ones.
            const std::size_t more = limit + limit / 2 + 50;
            auto hits = m_state->matches(asked, parameters, more);
            const bool all = hits.size() < more;
            std::erase_if(hits, [&](const LexicalHit& hit) {
                return hit.ordinal >= allowed->size() || !(*allowed)[hit.ordinal];
            });
            if (all || hits.size() >= limit) {
                hits.resize(std::min(hits.size(), limit));
                return hits;
            }
        }
        AllowedSource usable(*allowed, m_state->starts);
        return m_state->matches(Xapian::Query(Xapian::Query::OP_FILTER, asked, Xapian::Query(&usable)),
                                parameters, limit);
    });
}

// The best of a query, best first, ties by document number.
std::vector<LexicalHit> LexicalShards::State::matches(const Xapian::Query& query, const Bm25& parameters,
                                                      std::size_t limit) const
{
    Xapian::Enquire enquire(all);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Bm25Weight(parameters));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    std::vector<LexicalHit> hits;
    hits.reserve(found.size());
    for (auto at = found.begin(); at != found.end(); ++at)
        hits.push_back({ordinalOf(*at), at.get_weight()});
    return hits;
}

void LexicalShards::State::scoreTerm(const QueryTerm& term, std::size_t index, const Bm25& parameters,
                                     const std::vector<std::uint32_t>& ordinals, std::vector<double>& scores,
                                     std::vector<std::vector<double>>* shares) const
{
    const double weight = term.weight * inverseFrequency(chunks, all.get_termfreq(term.text));
    const double average = std::max(1.0, all.get_average_length());
    std::size_t i = 0;
    for (std::size_t shard = 0; shard < shards.size() && i < ordinals.size(); ++shard) {
        const std::size_t first = firsts[shard];
        const std::size_t last = first + shards[shard].get_doccount();
        if (ordinals[i] >= last)
            continue;
        auto posting = shards[shard].postlist_begin(term.text);
        const auto end = shards[shard].postlist_end(term.text);
        for (; i < ordinals.size() && ordinals[i] < last; ++i) {
            const auto document = static_cast<Xapian::docid>(ordinals[i] - first + 1);
            if (posting != end)
                posting.skip_to(document);
            if (posting == end || *posting != document)
                continue;
            const double share =
                weight * saturated(parameters, posting.get_wdf(), posting.get_doclength(), average);
            scores[i] += share;
            if (shares != nullptr)
                (*shares)[i][index] = share;
        }
    }
}

Result<std::vector<double>> LexicalShards::score(const std::vector<QueryTerm>& terms, const Bm25& parameters,
                                                 const std::vector<std::uint32_t>& ordinals,
                                                 std::vector<std::vector<double>>* shares) const
{
    return m_state->guarded([&]() -> Result<std::vector<double>> {
        std::vector<double> scores(ordinals.size(), 0.0);
        if (shares != nullptr)
            shares->assign(ordinals.size(), std::vector<double>(terms.size(), 0.0));
        for (std::size_t i = 0; i < terms.size(); ++i)
            m_state->scoreTerm(terms[i], i, parameters, ordinals, scores, shares);
        return scores;
    });
}

} // namespace plumbline::retrieval
