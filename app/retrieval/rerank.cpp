#include "app/retrieval/rerank.h"

#include <algorithm>
#include <unordered_map>

namespace plumbline::retrieval {

std::vector<Alternative> TextModel::alternatives(std::string_view /*text*/) const
{
    return {};
}

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

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// The terms of a query, each once, in order: a term's place.
struct Asked {
    std::vector<std::uint32_t> terms;
    std::vector<std::size_t> identifiers; // places

    explicit Asked(const std::vector<Token>& query)
    {
        for (const Token& token : query) {
            if (token.stopWord || placeOf(token.term) != kNowhere)
                continue;
            if (token.identifier || token.number)
                identifiers.push_back(terms.size());
            terms.push_back(token.term);
        }
    }
    std::size_t placeOf(std::uint32_t term) const // a query is short
    {
        const auto found = std::ranges::find(terms, term);
        return found == terms.end() ? kNowhere : static_cast<std::size_t>(found - terms.begin());
    }
};

// Terms of the query, as places, in the order in which the text has them; others as nowhere.
std::vector<std::size_t> traceOf(const Asked& asked, const std::vector<Token>& text)
{
    std::vector<std::size_t> trace;
    trace.reserve(text.size());
    for (const Token& token : text) {
        if (!token.stopWord)
            trace.push_back(asked.placeOf(token.term));
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

// Which terms of the query a text has.
std::vector<bool> presentIn(const std::vector<std::size_t>& trace, std::size_t terms)
{
    std::vector<bool> present(terms, false);
    for (const std::size_t place : trace) {
        if (place != kNowhere)
            present[place] = true;
    }
    return present;
}

std::size_t countOf(const std::vector<bool>& present)
{
    return static_cast<std::size_t>(std::ranges::count(present, true));
}

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

RerankFeatures featuresOf(const Asked& asked, const std::vector<Token>& above, const std::vector<Token>& body)
{
    RerankFeatures features;
    const std::size_t terms = asked.terms.size();
    const std::vector<std::size_t> trace = traceOf(asked, body);
    const std::vector<bool> inBody = presentIn(trace, terms);
    const std::vector<bool> inHeading = presentIn(traceOf(asked, above), terms);
    const std::size_t matched = countOf(inBody);
    features.heading = share(countOf(inHeading), terms);
    features.phrase = share(longestRun(trace), terms);
    if (const std::size_t window = smallestWindow(trace, matched, terms); window > 0)
        features.proximity = share(matched, terms) * share(matched, window);
    const auto found = std::ranges::count_if(
        asked.identifiers, [&](std::size_t place) { return inBody[place] || inHeading[place]; });
    features.identifier = share(static_cast<std::size_t>(found), asked.identifiers.size());
    return features;
}

} // namespace

std::vector<RerankFeatures> rerankFeatures(TextAnalyser& analyser, std::string_view query,
                                           const std::vector<ChunkText>& chunks)
{
    std::vector<Token> tokens;
    analyser.analyse(query, tokens);
    const Asked asked(tokens);
    std::vector<Token> above;
    std::vector<RerankFeatures> features;
    features.reserve(chunks.size());
    for (const ChunkText& chunk : chunks) {
        above.clear();
        tokens.clear();
        analyser.analyse(chunk.title, above);
        analyser.analyse(chunk.heading, above);
        analyser.analyse(chunk.body, tokens);
        features.push_back(featuresOf(asked, above, tokens));
    }
    return features;
}

RerankFeatures rerankFeatures(const TextModel& model, std::string_view query, const ChunkText& chunk)
{
    std::unordered_map<std::string, std::uint32_t> numbers;
    const auto tokensOf = [&](std::string_view text, std::vector<Token>& tokens) {
        for (const Term& term : model.terms(text)) {
            const auto number = numbers.emplace(term.text, static_cast<std::uint32_t>(numbers.size()));
            tokens.push_back({number.first->second, 0, 0, term.stopWord, term.identifier, term.number});
        }
    };
    std::vector<Token> asked;
    std::vector<Token> above;
    std::vector<Token> body;
    tokensOf(query, asked);
    tokensOf(chunk.title, above);
    tokensOf(chunk.heading, above);
    tokensOf(chunk.body, body);
    return featuresOf(Asked(asked), above, body);
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
