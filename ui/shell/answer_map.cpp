#include "ui/shell/answer_map.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/grounding/grounding.h"

namespace plumbline::ui::shell {

namespace {

using nlohmann::ordered_json;
using plumbline::evals::AssertionResult;
using plumbline::evals::EvidencePlace;

std::size_t number(const ordered_json& value, const char* key)
{
    return value.value(key, std::size_t{0});
}

evals::SourceView sourceOf(const ordered_json& value)
{
    evals::SourceView source;
    source.number = value.value("n", 0);
    source.document = value.value("document", std::string());
    source.version = value.value("version", std::string());
    source.title = value.value("title", std::string());
    source.heading = value.value("heading", std::string());
    source.text = value.value("passage", std::string());
    source.start = number(value, "start");
    return source;
}

// Where a span of a document stands in one of the sources.
void addEvidence(const std::vector<evals::SourceView>& sources, const std::string& document,
                 const std::string& version, const Span& span, evals::SentenceView& sentence)
{
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const evals::SourceView& source = sources[i];
        const std::size_t end = source.start + codePointCount(source.text);
        if (source.document != document || (!version.empty() && source.version != version) ||
            span.start < source.start || span.end > end)
            continue;
        sentence.evidence.push_back(
            {static_cast<int>(i), {span.start - source.start, span.end - source.start}});
        return;
    }
}

evals::SentenceView sentenceOf(const ordered_json& value, const std::vector<evals::SourceView>& sources)
{
    evals::SentenceView sentence;
    sentence.text = value.value("text", std::string());
    sentence.supported = value.value("supported", true);
    sentence.score = sentence.supported ? 1 : 0;
    for (const auto& span : value.value("spans", ordered_json::array()))
        addEvidence(sources, span.value("document", std::string()), span.value("version", std::string()),
                    {number(span, "start"), number(span, "end")}, sentence);
    return sentence;
}

// What the detector makes of each sentence: deterministic and offline, so it is not stored.
void holdAgainstSources(evals::Attempt& attempt, const std::stop_token& stop)
{
    std::vector<std::string> texts;
    for (const evals::SourceView& source : attempt.sources)
        texts.push_back(source.text);
    for (evals::SentenceView& sentence : attempt.sentences) {
        const auto verdict = grounding::ground(sentence.text, texts, stop);
        if (!verdict)
            continue; // no source, or stopped
        sentence.score = verdict->score;
        if (!verdict->supported)
            sentence.supported = false;
        std::vector<evals::EvidenceView> evidence;
        for (const auto& part : verdict->sentences) {
            for (const auto& reason : part.reasons)
                sentence.reasons.push_back({reason.kind, reason.span, reason.detail});
            for (const auto& place : part.evidence)
                evidence.push_back({static_cast<int>(place.source), place.span});
        }
        if (sentence.evidence.empty() || !sentence.supported)
            sentence.evidence = std::move(evidence);
    }
}

// What a check says of a sentence stands in its places: the sentence, then what it was held against.
void takePlaces(const AssertionResult& check, evals::Attempt& attempt)
{
    evals::SentenceView* current = nullptr;
    for (const EvidencePlace& place : check.places) {
        if (!place.document.empty()) {
            if (current != nullptr && current->evidence.empty())
                addEvidence(attempt.sources, place.document, place.version, {place.start, place.end},
                            *current);
            continue;
        }
        current = nullptr;
        for (evals::SentenceView& sentence : attempt.sentences) {
            const bool same = !place.text.empty() && (sentence.text.find(place.text) != std::string::npos ||
                                                      place.text.find(sentence.text) != std::string::npos);
            if (!same || check.outcome != plumbline::evals::Outcome::Failed)
                continue;
            current = &sentence;
            sentence.supported = false;
            sentence.score = std::min(sentence.score, check.score);
            if (sentence.reasons.empty())
                sentence.reasons.push_back({check.name, {}, check.reason});
            break;
        }
    }
    for (const AssertionResult& part : check.parts)
        takePlaces(part, attempt);
}

} // namespace

evals::Attempt attemptOf(plumbline::evals::CaseResult result, const std::stop_token& stop)
{
    evals::Attempt attempt;
    attempt.result = std::move(result);
    const auto answer = ordered_json::parse(attempt.result.answerJson, nullptr, false);
    if (!answer.is_object())
        return attempt;
    for (const auto& source : answer.value("sources", ordered_json::array()))
        attempt.sources.push_back(sourceOf(source));
    for (const auto& sentence : answer.value("sentences", ordered_json::array()))
        attempt.sentences.push_back(sentenceOf(sentence, attempt.sources));
    const auto said = answer.find("model_said");
    if (said != answer.end() && said->is_object()) {
        for (const auto& sentence : said->value("withheld", ordered_json::array())) {
            attempt.sentences.push_back(sentenceOf(sentence, attempt.sources));
            attempt.sentences.back().supported = false;
            attempt.sentences.back().withheld = true;
        }
    }
    holdAgainstSources(attempt, stop);
    for (const AssertionResult& check : attempt.result.assertions) {
        if (check.name == "grounded")
            takePlaces(check, attempt);
    }
    attempt.result.answerJson.clear(); // its parts are here now
    return attempt;
}

} // namespace plumbline::ui::shell
