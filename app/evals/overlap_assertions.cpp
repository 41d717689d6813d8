#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "app/evals/assertion_check.h"
#include "app/evals/js_text.h"
#include "app/evals/treebank_words.h"

namespace plumbline::evals {

namespace {

using Words = std::vector<std::string>;

// How often each run of `n` words comes.
struct Runs {
    std::map<std::string, int, std::less<>> counts;
    int total = 0;
};

Runs runsOf(const Words& words, std::size_t n)
{
    Runs runs;
    for (std::size_t i = 0; n > 0 && i + n <= words.size(); ++i) {
        std::string run = words[i];
        for (std::size_t j = 1; j < n; ++j)
            run += " " + words[i + j];
        ++runs.counts[run];
        ++runs.total;
    }
    return runs;
}

int commonRuns(const Runs& left, const Runs& right)
{
    int common = 0;
    for (const auto& [run, count] : left.counts)
        if (const auto found = right.counts.find(run); found != right.counts.end())
            common += std::min(count, found->second);
    return common;
}

// The length of the reference that is nearest; the shorter one of two as near.
std::size_t nearestLength(std::size_t length, const std::vector<Words>& references)
{
    const auto distance = [&](const Words& words) {
        return words.size() > length ? words.size() - length : length - words.size();
    };
    const Words* best = &references.front();
    for (const Words& words : references)
        if (distance(words) < distance(*best) ||
            (distance(words) == distance(*best) && words.size() < best->size()))
            best = &words;
    return best->size();
}

// BLEU, Papineni et al. 2002, of runs of one to four words in equal parts. As in promptfoo: orders longer
// than the candidate do not count, a precision of 0 is taken as 1e-7, and of several references the one that
// matches most counts for each order.
double bleu(const std::string& candidate, const Words& references)
{
    if (jsTrim(candidate).empty())
        return 0;
    const Words words = jsWords(jsLower(candidate));
    std::vector<Words> wanted;
    for (const std::string& reference : references)
        wanted.push_back(jsWords(jsLower(reference)));
    std::vector<double> logs;
    for (std::size_t n = 1; n <= 4; ++n) {
        const Runs runs = runsOf(words, n);
        if (runs.total == 0)
            continue;
        int most = 0;
        for (const Words& reference : wanted)
            most = std::max(most, commonRuns(runs, runsOf(reference, n)));
        logs.push_back(std::log(most == 0 ? 1e-7 : static_cast<double>(most) / runs.total));
    }
    double sum = 0;
    for (const double log : logs)
        sum += log / static_cast<double>(logs.size());
    const auto length = static_cast<double>(words.size());
    const auto nearest = static_cast<double>(nearestLength(words.size(), wanted));
    const double brevity = length > nearest ? 1 : std::exp(1 - nearest / length);
    return brevity * std::exp(sum);
}

Words gleuWords(const std::string& text)
{
    Words words = jsWords(jsLower(text));
    for (std::string& word : words)
        word.erase(word.find_last_not_of('.') + 1);
    const bool some = std::ranges::any_of(words, [](const std::string& word) { return !word.empty(); });
    return some ? words : Words();
}

// GLEU, Wu et al. 2016 (arXiv 1609.08144): the smaller of precision and recall over runs of one to four
// words.
double gleu(const std::string& candidate, const std::string& reference)
{
    const Words words = gleuWords(candidate);
    const Words wanted = gleuWords(reference);
    if (words.empty())
        return 0;
    if (words == wanted)
        return 1;
    int common = 0;
    int given = 0;
    int asked = 0;
    for (std::size_t n = 1; n <= 4; ++n) {
        const Runs left = runsOf(words, n);
        const Runs right = runsOf(wanted, n);
        common += commonRuns(left, right);
        given += left.total;
        asked += right.total;
    }
    if (given == 0 || asked == 0)
        return 0;
    return std::min(static_cast<double>(common) / given, static_cast<double>(common) / asked);
}

// ROUGE-1, Lin 2004: the harmonic mean of precision and recall over single words.
double rouge(const std::string& candidate, const std::string& reference)
{
    const Runs given = runsOf(treebankWords(jsLower(candidate)), 1);
    const Runs asked = runsOf(treebankWords(jsLower(reference)), 1);
    const int common = commonRuns(given, asked);
    if (common == 0)
        return 0;
    const double precision = static_cast<double>(common) / given.total;
    const double recall = static_cast<double>(common) / asked.total;
    return precision == recall ? precision : 2 * precision * recall / (precision + recall);
}

Words references(const Checked& checked)
{
    if (checked.value.is_string())
        return {checked.value.get<std::string>()};
    Words list;
    for (const auto& item : checked.value) {
        if (!item.is_string())
            throw NotExecutable{"the value must be a text or a list of texts"};
        list.push_back(item.get<std::string>());
    }
    if (list.empty())
        throw NotExecutable{"the value must be a text or a list of texts"};
    return list;
}

Judgement checkBleu(const Checked& checked)
{
    return reaches(checked, "BLEU", bleu(checked.text, references(checked)),
                   checked.assertion.threshold.value_or(0.5));
}

Judgement checkGleu(const Checked& checked)
{
    double best = 0;
    for (const std::string& reference : references(checked))
        best = std::max(best, gleu(checked.text, reference));
    return reaches(checked, "GLEU", best, checked.assertion.threshold.value_or(0.5));
}

Judgement checkRouge(const Checked& checked)
{
    if (!checked.value.is_string())
        throw NotExecutable{"the value must be a text"};
    return reaches(checked, "ROUGE-1", rouge(checked.text, checked.value.get<std::string>()),
                   checked.assertion.threshold.value_or(0.75));
}

} // namespace

CheckTable overlapChecks()
{
    return {{"bleu", checkBleu}, {"gleu", checkGleu}, {"rouge-n", checkRouge}};
}

} // namespace plumbline::evals
