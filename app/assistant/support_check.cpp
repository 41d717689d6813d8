#include "app/assistant/support_check.h"

#include <algorithm>
#include <map>
#include <set>

namespace plumbline::assistant {

namespace {

constexpr double kCarries = 0.6; // share of the words by rarity

struct Content {
    std::map<std::string, double> weights; // content terms with their rarity
    std::set<std::string> exact;           // numbers and identifiers
    double total = 0;
};

Content contentOf(const std::string& text, const retrieval::TextModel& words)
{
    Content content;
    for (const retrieval::Term& term : words.terms(text)) {
        if (term.stopWord) {
            continue;
        }
        if (term.number || term.identifier) {
            content.exact.insert(term.text);
        }
        const double weight = words.rarity(term.text);
        if (content.weights.emplace(term.text, weight).second) {
            content.total += weight;
        }
    }
    return content;
}

std::set<std::string> termsOf(const std::string& text, const retrieval::TextModel& words)
{
    std::set<std::string> terms;
    for (retrieval::Term& term : words.terms(text)) {
        terms.insert(std::move(term.text));
    }
    return terms;
}

double shareIn(const Content& content, const std::set<std::string>& terms)
{
    double held = 0;
    for (const auto& [term, weight] : content.weights) {
        held += terms.contains(term) ? weight : 0;
    }
    return content.total > 0 ? held / content.total : 0;
}

// What one passage says of the sentence.
struct Reading {
    double share = 0;
    std::string missing; // a number or identifier that the passage does not hold
};

Reading read(const Content& content, const retrieval::Passage& passage, const retrieval::TextModel& words)
{
    std::string all = passage.title + "\n" + passage.heading + "\n" + passage.text;
    for (const retrieval::Slice& slice : passage.outside) {
        all += "\n" + slice.text;
    }
    const std::set<std::string> terms = termsOf(all, words);
    Reading reading{shareIn(content, terms), {}};
    const auto lost =
        std::ranges::find_if(content.exact, [&](const std::string& term) { return !terms.contains(term); });
    if (lost != content.exact.end()) {
        reading.missing = *lost;
    }
    return reading;
}

// The unit of the passage that shares most with the sentence.
std::vector<SourceSpan> nearestUnit(const Content& content, const retrieval::Passage& passage,
                                    const retrieval::TextModel& words)
{
    double best = 0;
    const corpus::Unit* nearest = nullptr;
    for (const corpus::Unit& unit : passage.units) {
        const double share = shareIn(content, termsOf(textAt(passage, unit.span), words));
        if (share > best) {
            best = share;
            nearest = &unit;
        }
    }
    if (nearest == nullptr) {
        return {};
    }
    return {{passage.document, passage.version, nearest->span}};
}

} // namespace

Support supportOf(const std::string& sentence, const std::vector<int>& cited,
                  const std::vector<retrieval::Passage>& passages, const retrieval::TextModel& words)
{
    const Content content = contentOf(sentence, words);
    Support support;
    std::vector<std::pair<int, double>> carrying; // number, share
    std::string missing;
    double best = 0;
    const auto look = [&](int number) {
        const Reading reading = read(content, passages[static_cast<std::size_t>(number - 1)], words);
        if (reading.share > best) {
            best = reading.share;
            missing = reading.missing;
        }
        if (reading.missing.empty() && reading.share >= kCarries) {
            carrying.emplace_back(number, reading.share);
        }
    };
    const int last = static_cast<int>(passages.size());
    for (const int number : cited) {
        if (number >= 1 && number <= last) {
            look(number);
        }
    }
    for (int number = 1; number <= last && carrying.empty(); ++number) {
        look(number);
    }
    support.score = best;
    if (carrying.empty()) {
        support.reason = !missing.empty() && best >= kCarries
                             ? "'" + missing + "' stands in none of its sources"
                             : "its sources do not say this";
        return support;
    }
    std::ranges::stable_sort(carrying, std::greater<>(), &std::pair<int, double>::second);
    support.supported = true;
    support.score = carrying.front().second;
    for (const auto& [number, share] : carrying) {
        support.numbers.push_back(number);
        for (SourceSpan& span : nearestUnit(content, passages[static_cast<std::size_t>(number - 1)], words)) {
            support.spans.push_back(std::move(span));
        }
    }
    return support;
}

} // namespace plumbline::assistant
