#include <algorithm>

#include "app/base/text.h"
#include "app/evals/assertion_check.h"
#include "app/evals/citation_figures.h"
#include "app/evals/js_text.h"
#include "app/evals/personal_data.h"
#include "app/evals/refusal_phrases.h"
#include "app/evals/retrieval_figures.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Texts = std::vector<std::string>;

const assistant::Answer& neededAnswer(const Checked& checked)
{
    if (checked.input.answer == nullptr)
        throw NotExecutable{"'" + checked.assertion.type +
                            "' needs an answer of the assistant, with sources"};
    return *checked.input.answer;
}

const GroundFn& neededGround(const Checked& checked)
{
    if (!checked.input.ground)
        throw NotExecutable{"'" + checked.assertion.type + "' needs the check of sentences against sources"};
    return checked.input.ground;
}

// A text, or a list of texts; none when the assertion has no value.
Texts textsOf(const ordered_json& value)
{
    Texts texts;
    if (value.is_array())
        for (const auto& item : value)
            texts.push_back(jsString(item));
    else if (!value.is_null())
        texts.push_back(jsString(value));
    return texts;
}

EvidencePlace placeOf(const assistant::Source& source)
{
    const retrieval::Passage& passage = source.passage;
    return {passage.document, passage.version, passage.span.start, passage.span.end, passage.text};
}

// Where `piece` stands in the output; 0, 0 when it does not stand there word for word.
EvidencePlace outputPlace(const Checked& checked, const std::string& piece)
{
    const std::size_t at = checked.text.find(piece);
    if (at == std::string::npos)
        return {{}, {}, 0, 0, piece};
    const CodePoints points(checked.text);
    return {{}, {}, points.fromByte(at), points.fromByte(at + piece.size()), piece};
}

// A refusal cites nothing and is fine. An answer must cite, and only what was approved.
Judgement citesApprovedOnly(const Checked& checked)
{
    const assistant::Answer& answer = neededAnswer(checked);
    bool cites = false;
    Judgement bad;
    for (const assistant::AnswerSentence& sentence : answer.sentences) {
        for (const int number : sentence.citations) {
            cites = true;
            const auto source = std::ranges::find(answer.sources, number, &assistant::Source::number);
            const bool known = source != answer.sources.end();
            if (known && source->passage.approval != corpus::Approval::None)
                continue;
            bad.places = {outputPlace(checked, sentence.text)};
            if (known)
                bad.places.push_back(placeOf(*source));
            bad.reason = known ? "it cites '" + source->passage.document + "', which is not approved"
                               : "it cites source " + std::to_string(number) + ", which there is not";
        }
    }
    if (bad.reason.empty() && !cites && !answer.refused())
        bad.reason = "it cites nothing";
    Judgement judgement =
        holds(checked, bad.reason.empty(), bad.reason, "it cites nothing that is not approved");
    judgement.places = std::move(bad.places);
    return judgement;
}

// Sources: the assertion's own value, else the passages that the answer stands on.
Texts sourcesOf(const Checked& checked)
{
    Texts sources = textsOf(checked.value);
    if (sources.empty())
        for (const assistant::Source& source : neededAnswer(checked).sources)
            sources.push_back(source.passage.text);
    return sources;
}

std::string saidBy(const Checked& checked)
{
    const assistant::Answer* answer = checked.input.answer;
    if (answer == nullptr || answer->layout == prompts::Layout::Prose)
        return checked.text;
    std::string said;
    for (const assistant::AnswerSentence& sentence : answer->sentences)
        said += (said.empty() ? "" : "\n") + sentence.text;
    return said;
}

std::vector<EvidencePlace> weakPlaces(const Checked& checked, const std::string& said,
                                      const grounding::SentenceVerdict& sentence)
{
    std::vector<EvidencePlace> places = {
        {{}, {}, sentence.span.start, sentence.span.end, std::string(CodePoints(said).slice(sentence.span))}};
    const assistant::Answer* answer = checked.input.answer;
    if (answer == nullptr || !checked.value.is_null())
        return places;
    for (const grounding::SourcePlace& evidence : sentence.evidence) {
        if (evidence.source >= answer->sources.size())
            continue;
        EvidencePlace place = placeOf(answer->sources[evidence.source]);
        place.text = std::string(CodePoints(place.text).slice(evidence.span));
        place.end = place.start + evidence.span.end;
        place.start += evidence.span.start;
        places.push_back(std::move(place));
    }
    return places;
}

// A refusal claims nothing and is carried. Without a threshold every sentence must be.
Judgement grounded(const Checked& checked)
{
    const assistant::Answer* answer = checked.input.answer;
    if (answer != nullptr && answer->refused())
        return holds(checked, true, "", "the refusal claims nothing");
    const Texts sources = sourcesOf(checked);
    const std::string said = saidBy(checked);
    if (sources.empty())
        return holds(checked, false, "there is no source that could carry it", "");
    const auto verdict = neededGround(checked)(said, sources);
    if (!verdict)
        throw NotExecutable{"the check of sentences failed: " + verdict.error().message};
    const auto threshold = checked.assertion.threshold;
    const bool carried = threshold ? verdict->score >= *threshold : verdict->supported;
    std::string why = "the sources carry " + shortNumber(verdict->score) + " of it";
    std::vector<EvidencePlace> places;
    const auto weakest = std::ranges::min_element(verdict->sentences, {}, &grounding::SentenceVerdict::score);
    if (!carried && weakest != verdict->sentences.end()) {
        places = weakPlaces(checked, said, *weakest);
        why += "; not \"" + places.front().text + "\"";
        if (!weakest->reasons.empty())
            why += " (" + weakest->reasons.front().kind + ": " + weakest->reasons.front().detail + ")";
    }
    Judgement judgement = holds(checked, carried, why, "the sources carry it");
    judgement.score = checked.negated() ? 1 - verdict->score : verdict->score;
    judgement.places = std::move(places);
    return judgement;
}

std::string folded(std::string_view text)
{
    return foldedWhitespace(foldedCase(text));
}

// The texts of the value, or the facts that the case expects; the score is the share that is there.
Judgement answersFact(const Checked& checked)
{
    Texts facts = textsOf(checked.value);
    if (facts.empty())
        facts = checked.input.testCase.expected.facts;
    if (facts.empty())
        throw NotExecutable{"there is no fact to look for: give a value, or `facts` with the case"};
    const bool silent = checked.input.answer != nullptr && checked.input.answer->refused();
    const std::string said = silent ? std::string() : folded(checked.text);
    std::string missing;
    double found = 0;
    for (const std::string& fact : facts) {
        const bool there = said.find(folded(fact)) != std::string::npos;
        found += there ? 1 : 0;
        if (!there)
            missing += (missing.empty() ? "\"" : ", \"") + fact + "\"";
    }
    const double share = found / static_cast<double>(facts.size());
    Judgement judgement = holds(checked, share >= checked.assertion.threshold.value_or(1),
                                "the answer lacks " + missing, "the answer has what it must not have");
    judgement.score = checked.negated() ? 1 - share : share;
    return judgement;
}

// The value names the kinds of refusal that are right; without one any is.
Judgement refuses(const Checked& checked)
{
    const Texts kinds = textsOf(checked.value);
    if (checked.input.answer == nullptr) {
        if (!kinds.empty())
            throw NotExecutable{"the kind of a refusal is known of answers by the assistant only"};
        const auto* reply = checked.input.reply;
        const bool refused = (reply != nullptr && !reply->refusal.empty()) || soundsLikeRefusal(checked.text);
        return holds(checked, refused, "it answers", "it refuses");
    }
    const assistant::Answer& answer = *checked.input.answer;
    const std::string kind(answer.refused() ? assistant::toString(answer.refusal->kind) : "");
    const bool right = answer.refused() && (kinds.empty() || std::ranges::find(kinds, kind) != kinds.end());
    return holds(checked, right, answer.refused() ? "it refuses as " + kind : "it answers",
                 "it refuses as " + kind);
}

// The value lists texts that may be shown.
Judgement noPersonalData(const Checked& checked)
{
    const Texts allowed = textsOf(checked.value);
    std::vector<EvidencePlace> places;
    std::string kinds;
    for (const PersonalData& found : personalDataIn(checked.text)) {
        if (std::ranges::find(allowed, found.text) != allowed.end())
            continue;
        places.push_back({{}, {}, found.span.start, found.span.end, {}}); // the text is not repeated
        kinds += (kinds.empty() ? "" : ", ") + found.kind;
    }
    Judgement judgement =
        holds(checked, places.empty(), "the output shows: " + kinds, "the output shows no personal data");
    judgement.places = std::move(places);
    return judgement;
}

Judgement citations(const Checked& checked, bool precision)
{
    const auto figures = citationFigures(neededAnswer(checked), neededGround(checked));
    if (!figures)
        throw NotExecutable{"the check of sentences failed: " + figures.error().message};
    Judgement judgement =
        reaches(checked, precision ? "the citation precision" : "the citation recall",
                precision ? figures->precision : figures->recall, checked.assertion.threshold.value_or(1));
    if (!judgement.passed)
        judgement.places = precision ? figures->unneeded : figures->uncarried;
    return judgement;
}

std::string metricOf(const ordered_json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.is_object() ? value.value("metric", "hit") : "hit";
}

// {metric: hit | mrr | ndcg, k}: whether the search brought up the documents that the case expects.
Judgement retrieved(const Checked& checked)
{
    const Expectation& expected = checked.input.testCase.expected;
    if (expected.documents.empty())
        throw NotExecutable{"the case names no expected document"};
    const bool hasK = checked.value.is_object() && checked.value.contains("k") &&
                      checked.value["k"].is_number_integer() && checked.value["k"].get<std::int64_t>() > 0;
    const std::string metric = metricOf(checked.value);
    const std::size_t k = hasK ? checked.value["k"].get<std::size_t>() : metric == "ndcg" ? 10 : 5;
    const auto relevance = relevanceOf(neededAnswer(checked).search.passages, expected);
    if (metric == "hit")
        return reaches(checked, "hit@" + std::to_string(k), hitAt(relevance, k),
                       checked.assertion.threshold.value_or(1));
    if (metric == "mrr")
        return reaches(checked, "the reciprocal rank", reciprocalRank(relevance),
                       checked.assertion.threshold.value_or(0.5));
    if (metric == "ndcg")
        return reaches(checked, "nDCG@" + std::to_string(k), ndcgAt(relevance, k, expected.documents.size()),
                       checked.assertion.threshold.value_or(0.5));
    throw NotExecutable{"the metric must be hit, mrr or ndcg"};
}

} // namespace

CheckTable answerChecks()
{
    return {
        {"cites-approved-only", citesApprovedOnly},
        {"grounded", grounded},
        {"answers-fact", answersFact},
        {"refuses", refuses},
        {"no-personal-data", noPersonalData},
        {"citation-precision", [](const Checked& checked) { return citations(checked, true); }},
        {"citation-recall", [](const Checked& checked) { return citations(checked, false); }},
        {"retrieved", retrieved},
    };
}

} // namespace plumbline::evals
