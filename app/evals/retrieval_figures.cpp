#include "app/evals/retrieval_figures.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace plumbline::evals {

std::vector<bool> relevanceOf(const std::vector<retrieval::Passage>& passages, const Expectation& expected)
{
    std::set<std::pair<std::string, std::string>> seen;
    std::vector<bool> relevance;
    for (const retrieval::Passage& passage : passages) {
        if (!seen.emplace(passage.document, passage.version).second)
            continue;
        const auto found = std::ranges::find(expected.documents, passage.document);
        const bool asked = found != expected.documents.end();
        const bool anyVersion = expected.version.empty() || found != expected.documents.begin();
        relevance.push_back(asked && (anyVersion || passage.version == expected.version));
    }
    return relevance;
}

double hitAt(const std::vector<bool>& relevance, std::size_t k)
{
    const auto end = relevance.begin() + static_cast<std::ptrdiff_t>(std::min(k, relevance.size()));
    return std::find(relevance.begin(), end, true) == end ? 0 : 1;
}

double reciprocalRank(const std::vector<bool>& relevance)
{
    const auto first = std::find(relevance.begin(), relevance.end(), true);
    return first == relevance.end() ? 0 : 1 / static_cast<double>(first - relevance.begin() + 1);
}

double ndcgAt(const std::vector<bool>& relevance, std::size_t k, std::size_t relevant)
{
    const auto discount = [](std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); };
    double gain = 0;
    for (std::size_t i = 0; i < std::min(k, relevance.size()); ++i)
        gain += relevance[i] ? discount(i) : 0;
    double ideal = 0;
    for (std::size_t i = 0; i < std::min(k, relevant); ++i)
        ideal += discount(i);
    return ideal == 0 ? 0 : std::min(1.0, gain / ideal);
}

} // namespace plumbline::evals
