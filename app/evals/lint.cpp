#include "app/evals/lint.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "app/base/text.h"

namespace plumbline::evals {

namespace {

constexpr double kNearlySame = 0.9; // Jaccard of words
constexpr double kGivenAway = 0.9;  // share of cases that one rule of thumb gets right
constexpr std::size_t kEnough = 20; // cases before a rule of thumb says anything
constexpr std::size_t kTop = 300;   // code points: the beginning of a document
constexpr int kRunsBeforeNever = 2; // results without one right

using Words = std::vector<std::string>;

// Sorted, each once, of letters and digits.
Words wordsOf(std::string_view text)
{
    const std::string folded = foldedCase(text);
    std::set<std::string> words;
    std::string word;
    for (const char c : folded) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')) {
            word += c;
        } else if (!word.empty()) {
            words.insert(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.insert(std::move(word));
    }
    return {words.begin(), words.end()};
}

bool hasDigit(const std::string& word)
{
    return word.find_first_of("0123456789") != std::string::npos;
}

bool sameNumbers(const Words& left, const Words& right)
{
    Words differing;
    std::ranges::set_symmetric_difference(left, right, std::back_inserter(differing));
    return std::ranges::none_of(differing, hasDigit);
}

double jaccard(const Words& left, const Words& right)
{
    Words shared;
    std::ranges::set_intersection(left, right, std::back_inserter(shared));
    const std::size_t all = left.size() + right.size() - shared.size();
    return all == 0 ? 1 : static_cast<double>(shared.size()) / static_cast<double>(all);
}

// What is asked, with everything that changes the answer.
std::string askedOf(const Case& one)
{
    std::string asked = one.question;
    for (const auto& [name, value] : one.vars) {
        asked += name == "question" ? "" : " " + name + " " + value;
    }
    return asked;
}

bool sameMoment(const Case& left, const Case& right)
{
    return left.asOf == right.asOf;
}

std::string disagreement(const Case& left, const Case& right)
{
    const Expectation& a = left.expected;
    const Expectation& b = right.expected;
    if (a.refuses && b.refuses && *a.refuses != *b.refuses) {
        return "one expects a refusal, the other an answer";
    }
    if (!a.facts.empty() && !b.facts.empty() && a.facts != b.facts) {
        return "they expect other facts";
    }
    const bool meet = std::ranges::any_of(a.documents, [&](const std::string& document) {
        return std::ranges::find(b.documents, document) != b.documents.end();
    });
    if (!a.documents.empty() && !b.documents.empty() && !meet) {
        return "they expect other documents";
    }
    return {};
}

class Pairs {
public:
    explicit Pairs(const Suite& suite) : m_suite(suite) {}

    // Each case against those before it that share its rarest word: all that can be nearly the same.
    void find(std::vector<LintFinding>& findings)
    {
        std::unordered_map<std::string, std::size_t> frequency;
        for (const Case& one : m_suite.cases) {
            m_words.push_back(wordsOf(askedOf(one)));
            for (const std::string& word : m_words.back()) {
                ++frequency[word];
            }
        }
        std::unordered_map<std::string, std::vector<std::size_t>> byWord;
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            Words rarest = m_words[i];
            std::ranges::stable_sort(rarest, {}, [&](const std::string& word) { return frequency[word]; });
            // With 9 of 10 words shared, one of these few is shared too (prefix filtering).
            rarest.resize(rarest.size() -
                          std::min(rarest.size(), static_cast<std::size_t>(std::ceil(
                                                      kNearlySame * static_cast<double>(rarest.size())))) +
                          (rarest.empty() ? 0 : 1));
            std::set<std::size_t> candidates;
            for (const std::string& word : rarest) {
                auto& there = byWord[word];
                candidates.insert(there.begin(), there.end());
                there.push_back(i);
            }
            compare(i, candidates, findings);
        }
    }

private:
    void compare(std::size_t index, const std::set<std::size_t>& candidates,
                 std::vector<LintFinding>& findings) const
    {
        const Case& one = m_suite.cases[index];
        for (const std::size_t before : candidates) {
            const Case& other = m_suite.cases[before];
            const double alike = jaccard(m_words[index], m_words[before]);
            if (alike < kNearlySame || !sameNumbers(m_words[index], m_words[before]) ||
                !sameMoment(one, other)) {
                continue;
            }
            const std::string apart = disagreement(one, other);
            const std::string same =
                alike == 1 ? "asks what " + other.id + " asks" : "asks nearly what " + other.id + " asks";
            findings.push_back({apart.empty() ? LintRule::Duplicate : LintRule::Contradiction, one.id,
                                other.id, same + (apart.empty() ? "" : ", and " + apart), one.where});
        }
    }

    const Suite& m_suite;
    std::vector<Words> m_words;
};

void findEmpty(const Case& one, bool plain, std::vector<LintFinding>& findings)
{
    if (!plain && trimmed(one.question).empty()) {
        findings.push_back({LintRule::Empty, one.id, {}, "has no question", one.where});
    }
    if (one.assertions.empty()) {
        findings.push_back(
            {LintRule::Empty, one.id, {}, "has no assertion: whatever is answered passes", one.where});
    }
}

void findGivenFact(const Case& one, std::vector<LintFinding>& findings)
{
    const std::string asked = foldedCase(foldedWhitespace(one.question));
    for (const std::string& fact : one.expected.facts) {
        const std::string folded = foldedCase(foldedWhitespace(fact));
        if (!folded.empty() && asked.find(folded) != std::string::npos) {
            findings.push_back({LintRule::Leak,
                                one.id,
                                {},
                                "the question holds the fact that the answer is held against: '" + fact + "'",
                                one.where});
        }
    }
}

// The best split of the cases by one number: how many of them one threshold tells apart.
double separated(std::vector<std::pair<double, bool>> values)
{
    std::ranges::sort(values);
    const auto all = static_cast<double>(values.size());
    const auto positives =
        static_cast<double>(std::ranges::count_if(values, [](const auto& value) { return value.second; }));
    double best = 0;
    double below = 0; // positives at or below the threshold
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        below += values[i].second ? 1 : 0;
        if (values[i].first == values[i + 1].first) {
            continue;
        }
        const double right = below + (all - static_cast<double>(i + 1)) - (positives - below);
        best = std::max({best, right / all, 1 - right / all});
    }
    return best;
}

// Whether a refusal is right must not be readable off the question's length.
void findLengthLeak(const Suite& suite, std::vector<LintFinding>& findings)
{
    std::vector<std::pair<double, bool>> byLength;
    double refusals = 0;
    for (const Case& one : suite.cases) {
        if (one.expected.refuses) {
            byLength.emplace_back(static_cast<double>(codePointCount(one.question)), *one.expected.refuses);
            refusals += *one.expected.refuses ? 1 : 0;
        }
    }
    const auto all = static_cast<double>(byLength.size());
    const double commonest = all > 0 ? std::max(refusals, all - refusals) / all : 1;
    if (byLength.size() < kEnough || commonest >= kGivenAway) {
        return;
    }
    if (const double share = separated(std::move(byLength)); share >= kGivenAway) {
        findings.push_back({LintRule::Leak,
                            {},
                            {},
                            "the length of the question alone tells refusals from answers in " +
                                std::to_string(std::lround(100 * share)) + " % of the cases",
                            suite.path});
    }
}

// An answer that always stands at the top of its document is found by whoever quotes beginnings.
void findPositionLeak(const Suite& suite, std::vector<LintFinding>& findings)
{
    std::size_t placed = 0;
    std::size_t atTop = 0;
    for (const Case& one : suite.cases) {
        if (one.expected.end > one.expected.start) {
            ++placed;
            atTop += one.expected.start < kTop ? 1 : 0;
        }
    }
    if (placed >= kEnough && static_cast<double>(atTop) >= kGivenAway * static_cast<double>(placed)) {
        findings.push_back({LintRule::Leak,
                            {},
                            {},
                            std::to_string(atTop) + " of " + std::to_string(placed) +
                                " answers stand in the first " + std::to_string(kTop) +
                                " characters of their document: quoting beginnings is enough",
                            suite.path});
    }
}

} // namespace

std::string_view toString(LintRule rule)
{
    switch (rule) {
    case LintRule::Duplicate:
        return "duplicate";
    case LintRule::Contradiction:
        return "contradiction";
    case LintRule::Leak:
        return "leak";
    case LintRule::NeverRight:
        return "never_right";
    case LintRule::Empty:
        return "empty";
    }
    return "empty";
}

std::vector<LintFinding> lint(const Suite& suite, const CaseRecords& records)
{
    std::vector<LintFinding> findings;
    Pairs(suite).find(findings);
    for (const Case& one : suite.cases) {
        findEmpty(one, !suite.prompts.empty(), findings);
        findGivenFact(one, findings);
        const auto record = records.find(one.id);
        if (record != records.end() && record->second.results >= kRunsBeforeNever &&
            record->second.passed == 0) {
            findings.push_back({LintRule::NeverRight,
                                one.id,
                                {},
                                "was never answered right in " + std::to_string(record->second.results) +
                                    " results: look whether it can be",
                                one.where});
        }
    }
    std::unordered_map<std::string, std::size_t> order;
    for (std::size_t i = 0; i < suite.cases.size(); ++i) {
        order[suite.cases[i].id] = i;
    }
    std::ranges::stable_sort(findings, {}, [&](const LintFinding& finding) { return order[finding.caseId]; });
    findLengthLeak(suite, findings);
    findPositionLeak(suite, findings);
    return findings;
}

} // namespace plumbline::evals
