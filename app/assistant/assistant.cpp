#include "app/assistant/assistant.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "app/assistant/answerability.h"
#include "app/assistant/composition.h"
#include "app/assistant/disagreement.h"
#include "app/assistant/findings.h"
#include "app/assistant/quantities.h"
#include "app/assistant/question.h"
#include "app/assistant/turn_record.h"
#include "app/assistant/unit_ranking.h"
#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

constexpr std::size_t kPassagesRead = 8; // of the ranked list, for sentences
constexpr std::size_t kNearestShown = 3;
constexpr std::size_t kCheckedForContradiction = 4; // sentences: as many as an answer shows
constexpr double kNearlyAsGood = 0.8;               // of the best document that may not be used

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begun)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

Answer refuse(Answer answer, RefusalKind kind, std::string reason)
{
    Refusal refusal{kind, std::move(reason), {}, answer.search.dropped};
    const auto& passages = answer.search.passages;
    refusal.nearest.assign(passages.begin(), passages.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                    passages.size(), kNearestShown)));
    answer.refusal = std::move(refusal);
    return answer;
}

std::string nearestNames(const retrieval::SearchResult& search)
{
    std::string names;
    for (std::size_t i = 0; i < std::min(search.passages.size(), kNearestShown); ++i) {
        const retrieval::Passage& passage = search.passages[i];
        names += (i == 0 ? "" : "; ") + passage.document +
                 (passage.heading.empty() ? "" : " (" + passage.heading + ")");
    }
    return names;
}

// Would these passages have answered?
double answeredBy(const Question& question, const retrieval::SearchResult& search)
{
    if (search.passages.empty()) {
        return 0;
    }
    return probabilityAnswered(
        weigh(question, search, rankUnits(question, search.passages, kPassagesRead, *search.words)));
}

double leastToAnswer(const TurnRequest& request)
{
    return request.prompt.version == 0 ? kAnswerFrom : request.prompt.form.answerFrom;
}

// A model is asked when there are passages that may answer. What is off topic, only in documents that may not
// be used, or in contradiction is not for it to settle.
bool isForModel(const Answer& grounds)
{
    return !grounds.search.passages.empty() &&
           (!grounds.refused() || grounds.refusal->kind == RefusalKind::NothingCloseEnough);
}

std::string unusableReason(const std::vector<retrieval::Dropped>& dropped)
{
    std::string reason = "Only documents that may not be used speak of this: ";
    for (std::size_t i = 0; i < std::min<std::size_t>(dropped.size(), kNearestShown); ++i) {
        const retrieval::Dropped& one = dropped[i];
        reason += (i == 0 ? "" : ", ") + one.document + "@" + one.version + " (" +
                  (one.fileGone ? std::string("deleted") : std::string(corpus::toString(one.verdict))) + ")";
    }
    return reason + ".";
}

} // namespace

Assistant::Assistant(const retrieval::Searcher& searcher, ModelSource models)
    : m_searcher(searcher), m_models(std::move(models))
{
}

Result<Answer> Assistant::ask(const TurnRequest& request, std::stop_token stop, const TurnHooks& hooks) const
{
    const auto begun = Clock::now();
    Answer answer;
    if (trimmed(request.question).empty()) {
        return refuse(std::move(answer), RefusalKind::EmptyQuestion, "The question is empty.");
    }
    answer.asked = standalone(request.question, request.earlier);
    auto found = m_searcher.search(searchOf(request, answer.asked), stop);
    if (!found) {
        return tl::unexpected(found.error());
    }
    answer.search = std::move(*found);
    answer.trace = traceId(request, answer.search.generation);
    answer.latency.retrieve = since(begun);
    const auto composing = Clock::now();
    auto made = answerFrom(std::move(answer), request, stop);
    if (made && request.model != kEmbedded && isForModel(*made)) {
        made = askModel(std::move(*made), request, std::move(stop), hooks);
    }
    if (made) {
        made->latency.generate = since(composing);
        made->latency.total = since(begun);
    }
    return made;
}

Result<Answer> Assistant::askModel(Answer grounds, const TurnRequest& request, std::stop_token stop,
                                   const TurnHooks& hooks) const
{
    if (!m_models) {
        return failure(ErrorCode::NotFound,
                       "there is no model '" + request.model + "' here; there is: embedded");
    }
    auto model =
        m_models({request.model, request.promptId(), hooks.workflow, hooks.run, asModelText(grounds)});
    if (!model) {
        return tl::unexpected(model.error());
    }
    return answerByModel(std::move(grounds), request, **model, std::move(stop), hooks.onText);
}

Result<Answer> Assistant::answerFrom(Answer answer, const TurnRequest& request,
                                     const std::stop_token& stop) const
{
    if (answer.search.usableChunks == 0 && answer.search.chunks == 0) {
        return refuse(std::move(answer), RefusalKind::EmptyCorpus,
                      "There are no documents in this workspace yet: put some into its folder and run "
                      "`plumbline index`.");
    }
    const retrieval::TextModel& words = *answer.search.words;
    const Question question = analyse(answer.asked, words);
    std::vector<retrieval::Passage> passages = answer.search.passages;
    auto units = rankUnits(question, passages, kPassagesRead, words);
    const Evidence evidence = weigh(question, answer.search, units);
    answer.confidenceSignals = evidence.named();
    answer.confidence = probabilityAnswered(evidence);
    answer.layout = request.prompt.form.layout;
    if (units.empty() || answer.confidence < leastToAnswer(request)) {
        return explainRefusal(std::move(answer), request, question, probabilityOnTopic(evidence), stop);
    }
    leadWithParts(question, passages, kPassagesRead, words, units);
    auto disagreement = findDisagreement(units, passages, words);
    for (std::size_t i = 0; i < std::min(units.size(), kCheckedForContradiction) && !disagreement; ++i) {
        if (quantities(units[i].text).empty()) {
            continue;
        }
        auto alike = m_searcher.search(searchOf(request, units[i].text), stop);
        if (!alike) {
            return tl::unexpected(alike.error());
        }
        disagreement = findContradiction(i, units, passages, alike->passages, words);
    }
    Composition composed = compose(question, units, passages, disagreement, request.prompt.form.maxSentences);
    answer.sentences = std::move(composed.sentences);
    answer.sources = std::move(composed.sources);
    answer.findings = sourceFindings(answer.sources);
    if (disagreement) {
        const std::string& first = answer.sources.front().passage.document;
        const std::string& second = answer.sources.back().passage.document;
        const std::string said = first + " says " + disagreement->firstValue + ", " + second + " says " +
                                 disagreement->secondValue;
        answer.findings.push_back({"sources_disagree", said});
        return refuse(std::move(answer), RefusalKind::Conflicting,
                      "Two approved documents disagree: " + said + ". Ask their owners which one holds.");
    }
    return answer;
}

// Off topic, only in documents that may not be used, or simply not said anywhere.
Result<Answer> Assistant::explainRefusal(Answer answer, const TurnRequest& request, const Question& question,
                                         double onTopic, const std::stop_token& stop) const
{
    if (answer.search.usableChunks < answer.search.chunks) {
        auto keptOut = m_searcher.searchKeptOut(searchOf(request, answer.asked), stop);
        if (!keptOut) {
            return tl::unexpected(keptOut.error());
        }
        if (answeredBy(question, *keptOut) >= leastToAnswer(request)) {
            const double best = keptOut->dropped.empty() ? 0 : keptOut->dropped.front().score;
            std::ranges::copy_if(
                keptOut->dropped, std::back_inserter(answer.search.dropped),
                [&](const retrieval::Dropped& one) { return one.score >= kNearlyAsGood * best; });
            std::string reason = unusableReason(answer.search.dropped);
            return refuse(std::move(answer), RefusalKind::OnlyUnusable, std::move(reason));
        }
    }
    if (answer.search.passages.empty() || onTopic < kOnTopicFrom) {
        return refuse(std::move(answer), RefusalKind::OffTopic,
                      "None of the approved documents is about this.");
    }
    std::string reason =
        "The approved documents come near but do not say this. Nearest: " + nearestNames(answer.search) + ".";
    return refuse(std::move(answer), RefusalKind::NothingCloseEnough, std::move(reason));
}

} // namespace plumbline::assistant
