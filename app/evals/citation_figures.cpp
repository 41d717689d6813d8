#include "app/evals/citation_figures.h"

#include <algorithm>

namespace plumbline::evals {

namespace {

using Texts = std::vector<std::string>;

const assistant::Source* sourceOf(const assistant::Answer& answer, int number)
{
    const auto found = std::ranges::find(answer.sources, number, &assistant::Source::number);
    return found == answer.sources.end() ? nullptr : &*found;
}

EvidencePlace placeOf(const assistant::Source& source)
{
    const retrieval::Passage& passage = source.passage;
    return {passage.document, passage.version, passage.span.start, passage.span.end, passage.text};
}

class Counter {
public:
    Counter(const assistant::Answer& answer, const GroundFn& ground) : m_answer(answer), m_ground(ground) {}

    Result<CitationFigures> count()
    {
        for (const assistant::AnswerSentence& sentence : m_answer.sentences)
            if (auto added = add(sentence); !added)
                return tl::unexpected(added.error());
        CitationFigures figures = std::move(m_figures);
        if (m_sentences > 0)
            figures.recall = m_carried / m_sentences;
        if (m_citations > 0)
            figures.precision = m_needed / m_citations;
        else if (m_sentences > 0)
            figures.precision = 0;
        return figures;
    }

private:
    Result<bool> carries(const std::string& sentence, const Texts& sources) const
    {
        if (sources.empty())
            return false;
        const auto verdict = m_ground(sentence, sources);
        if (!verdict)
            return tl::unexpected(verdict.error());
        return verdict->supported;
    }

    Result<void> add(const assistant::AnswerSentence& sentence)
    {
        Texts texts;
        std::vector<const assistant::Source*> sources;
        for (const int number : sentence.citations) {
            sources.push_back(sourceOf(m_answer, number));
            texts.push_back(sources.back() == nullptr ? std::string() : sources.back()->passage.text);
        }
        const auto whole = carries(sentence.text, texts);
        if (!whole)
            return tl::unexpected(whole.error());
        ++m_sentences;
        m_carried += *whole ? 1 : 0;
        if (!*whole)
            m_figures.uncarried.push_back({{}, {}, 0, 0, sentence.text});
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto needed = isNeeded(sentence.text, texts, i, *whole);
            if (!needed)
                return tl::unexpected(needed.error());
            ++m_citations;
            m_needed += *needed ? 1 : 0;
            if (!*needed && sources[i] != nullptr)
                m_figures.unneeded.push_back(placeOf(*sources[i]));
        }
        return {};
    }

    // It carries the sentence alone, or the others do not without it.
    Result<bool> isNeeded(const std::string& sentence, const Texts& texts, std::size_t index,
                          bool whole) const
    {
        if (!whole)
            return false;
        const auto alone = carries(sentence, {texts[index]});
        if (!alone || *alone)
            return alone;
        Texts others = texts;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(index));
        const auto without = carries(sentence, others);
        return without ? Result<bool>(!*without) : without;
    }

    const assistant::Answer& m_answer;
    const GroundFn& m_ground;
    CitationFigures m_figures;
    double m_sentences = 0;
    double m_carried = 0;
    double m_citations = 0;
    double m_needed = 0;
};

} // namespace

Result<CitationFigures> citationFigures(const assistant::Answer& answer, const GroundFn& ground)
{
    return Counter(answer, ground).count();
}

} // namespace plumbline::evals
