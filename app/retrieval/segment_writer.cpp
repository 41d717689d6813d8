#include <algorithm>
#include <system_error>

#include "app/base/file.h"
#include "app/retrieval/latent_space_state.h"
#include "app/retrieval/segment_checks.h"
#include "app/retrieval/segment_state.h"
#include "app/retrieval/vector_file.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kStopEvery = 1024; // chunks between looks at the stop token

} // namespace

SegmentWriter::SegmentWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SegmentWriter::~SegmentWriter() = default;

Result<std::unique_ptr<SegmentWriter>> SegmentWriter::create(const std::filesystem::path& folder)
{
    std::error_code failed;
    if (!std::filesystem::create_directory(folder, failed)) {
        const int reason = failed ? failed.value() : EEXIST;
        return tl::unexpected(fileError(reason, "create", folder.string()));
    }
    auto lexical = LexicalWriter::create(folder / kLexicalFolder);
    if (!lexical)
        return tl::unexpected(lexical.error());
    auto state = std::make_unique<State>();
    state->folder = folder;
    state->lexical = std::move(*lexical);
    return std::unique_ptr<SegmentWriter>(new SegmentWriter(std::move(state)));
}

Result<void> SegmentWriter::add(const ChunkText& chunk)
{
    State& state = *m_state;
    state.tokens.clear();
    state.numbers.clear();
    for (const std::string_view text : {chunk.title, chunk.heading, chunk.body})
        state.analyser.analyse(text, state.tokens);
    for (const Token& token : state.tokens) {
        if (!token.stopWord)
            state.numbers.push_back(token.term);
    }
    std::ranges::sort(state.numbers);
    std::vector<TermCount> terms;
    for (const std::uint32_t number : state.numbers) {
        if (terms.empty() || terms.back().term != number)
            terms.push_back({number, 0});
        ++terms.back().count;
    }
    state.counts.insert(state.counts.end(), terms.begin(), terms.end());
    state.ends.push_back(state.counts.size());
    return state.lexical->add(terms, &state.analyser,
                              [](const void* analyser, std::uint32_t term) -> const std::string& {
                                  return static_cast<const TextAnalyser*>(analyser)->text(term);
                              });
}

std::size_t SegmentWriter::size() const
{
    return m_state->chunks();
}

Result<void> SegmentWriter::finish(const LatentSpace& space, std::stop_token stop)
{
    State& state = *m_state;
    if (auto done = state.lexical->finish(); !done)
        return done;
    const LatentSpace::State& known = *space.m_state;
    const std::vector<std::uint32_t> rows = known.rowsOf(state.analyser);
    std::vector<float> vectors(state.chunks() * known.dimensions);
    std::vector<WeightedTerm> terms;
    for (std::size_t i = 0; i < state.chunks(); ++i) {
        if (i % kStopEvery == 0 && stop.stop_requested())
            return failure(ErrorCode::Cancelled, "indexing was stopped");
        terms.clear();
        for (const TermCount& term : state.chunk(i)) {
            if (rows[term.term] != kUnknownTerm)
                terms.push_back({rows[term.term], static_cast<float>(term.count)});
        }
        known.fold(terms, std::span(vectors).subspan(i * known.dimensions, known.dimensions));
    }
    if (auto written = writeVectors(state.folder / kVectorFile, vectors, known.dimensions, known.identity);
        !written)
        return written;
    if (auto written = writeChecks(state.folder); !written)
        return written;
    return syncDirectory(state.folder);
}

} // namespace plumbline::retrieval
