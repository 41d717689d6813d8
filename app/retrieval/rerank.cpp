#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "app/retrieval/ranked_index.h"

namespace plumbline::retrieval {

double cosine(const std::vector<float>& left, const std::vector<float>& right)
{
    if (left.size() != right.size())
        return 0;
    double sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        sum += static_cast<double>(left[i]) * static_cast<double>(right[i]);
    return sum;
}

namespace {

using Places = std::unordered_map<std::string, std::size_t>; // of the query's terms, in order

Places placesOf(const std::vector<Term>& query)
{
    Places places;
    for (const Term& term : query) {
        if (!term.stopWord)
            places.emplace(term.text, places.size());
    }
    return places;
}

// Terms of the query, as places, in the order in which the text has them; others as nowhere.
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::vector<std::size_t> traceOf(const Places& places, const std::vector<Term>& text)
{
    std::vector<std::size_t> trace;
    for (const Term& term : text) {
        if (term.stopWord)
            continue;
        const auto found = places.find(term.text);
        trace.push_back(found == places.end() ? kNowhere : found->second);
    }
    return trace;
}

std::size_t longestRun(const std::vector<std::size_t>& trace)
{
    std::size_t longest = 0;
    std::size_t run = 0;
    std::size_t before = kNowhere;
    for (const std::size_t place : trace) {
        if (place == kNowhere)
            run = 0;
        else
            run = before != kNowhere && place == before + 1 ? run + 1 : 1;
        before = place;
        longest = std::max(longest, run);
    }
    return longest;
}

// Terms in the smallest window that holds every matched one; 0 when fewer than two match.
std::size_t smallestWindow(const std::vector<std::size_t>& trace, std::size_t matched, std::size_t terms)
{
    if (matched < 2)
        return 0;
    std::vector<std::size_t> inside(terms, 0);
    std::size_t held = 0;
    std::size_t begin = 0;
    std::size_t smallest = trace.size();
    for (std::size_t end = 0; end < trace.size(); ++end) {
        if (trace[end] != kNowhere && inside[trace[end]]++ == 0)
            ++held;
        for (; held == matched; ++begin) {
            smallest = std::min(smallest, end + 1 - begin);
            if (trace[begin] != kNowhere && --inside[trace[begin]] == 0)
                --held;
        }
    }
    return smallest;
}

std::size_t distinct(const std::vector<std::size_t>& trace)
{
    std::unordered_set<std::size_t> seen(trace.begin(), trace.end());
    seen.erase(kNowhere);
    return seen.size();
}

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

RerankFeatures rerankFeatures(const TextModel& model, std::string_view query, const ChunkText& chunk)
{
    const std::vector<Term> asked = model.terms(query);
    const Places places = placesOf(asked);
    const std::vector<Term> body = model.terms(chunk.body);
    std::vector<Term> above = model.terms(chunk.title);
    const std::vector<Term> heading = model.terms(chunk.heading);
    above.insert(above.end(), heading.begin(), heading.end());

    RerankFeatures features;
    const std::vector<std::size_t> trace = traceOf(places, body);
    const std::size_t matched = distinct(trace);
    features.heading = share(distinct(traceOf(places, above)), places.size());
    features.phrase = share(longestRun(trace), places.size());
    if (const std::size_t window = smallestWindow(trace, matched, places.size()); window > 0)
        features.proximity = share(matched, places.size()) * share(matched, window);

    std::unordered_set<std::string> present;
    for (const std::vector<Term>* part : {&body, static_cast<const std::vector<Term>*>(&above)}) {
        for (const Term& term : *part)
            present.insert(term.text);
    }
    std::unordered_set<std::string> identifiers;
    std::size_t found = 0;
    for (const Term& term : asked) {
        if ((term.identifier || term.number) && identifiers.insert(term.text).second &&
            present.contains(term.text))
            ++found;
    }
    features.identifier = share(found, identifiers.size());
    return features;
}

double rerankScore(double fused, const RerankFeatures& features, const Profile& profile)
{
    const double weights =
        profile.headingWeight + profile.phraseWeight + profile.proximityWeight + profile.identifierWeight;
    const double sum = profile.headingWeight * features.heading + profile.phraseWeight * features.phrase +
                       profile.proximityWeight * features.proximity +
                       profile.identifierWeight * features.identifier;
    return std::clamp((fused + sum) / (1 + weights), 0.0, 1.0);
}

} // namespace plumbline::retrieval
