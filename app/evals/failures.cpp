#include <algorithm>
#include <map>

#include "app/base/text.h"
#include "app/evals/personal_data.h"
#include "app/evals/report.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestSentence = 400; // code points

std::string cut(std::string_view text)
{
    const CodePoints points(text);
    if (points.size() <= kLongestSentence) {
        return std::string(text);
    }
    return std::string(points.slice({0, kLongestSentence})) + " …";
}

// The assertion that a person should look at: failed before not executed, one with places before one without.
const AssertionResult* worstOf(const std::vector<AssertionResult>& assertions)
{
    const AssertionResult* worst = nullptr;
    const auto rank = [](const AssertionResult& one) {
        return std::pair(one.outcome == Outcome::NotExecutable, one.places.empty());
    };
    for (const AssertionResult& assertion : assertions) {
        if (assertion.outcome == Outcome::Passed) {
            continue;
        }
        const AssertionResult* part = worstOf(assertion.parts);
        const AssertionResult* candidate = part == nullptr ? &assertion : part;
        if (worst == nullptr || rank(*candidate) < rank(*worst)) {
            worst = candidate;
        }
    }
    return worst;
}

EvidencePlace placeOfPassage(const ordered_json& passage)
{
    return {passage.value("document", std::string()), passage.value("version", std::string()),
            passage.value("start", std::size_t{0}), passage.value("end", std::size_t{0}),
            withoutPersonalData(passage.value("passage", std::string()))};
}

const ordered_json* memberOf(const ordered_json& object, const char* name)
{
    const auto place = object.is_object() ? object.find(name) : object.end();
    return place == object.end() ? nullptr : &*place;
}

// The first sentence that its sources do not carry, else the first.
const ordered_json* sentenceOf(const ordered_json& answer)
{
    const ordered_json* sentences = memberOf(answer, "sentences");
    if (sentences == nullptr || !sentences->is_array() || sentences->empty()) {
        return nullptr;
    }
    for (const ordered_json& sentence : *sentences) {
        if (!sentence.value("supported", true)) {
            return &sentence;
        }
    }
    return &sentences->front();
}

// An answer, and the same without personal data: code points are the same in both.
struct Output {
    std::string said;
    std::string shown;
};

EvidencePlace placeInOutput(const Output& output, const std::string& text)
{
    const std::size_t at = output.said.find(text);
    if (text.empty() || at == std::string::npos) {
        return {{}, {}, 0, codePointCount(output.said), output.shown};
    }
    const CodePoints points(output.said);
    const Span span{points.fromByte(at), points.fromByte(at + text.size())};
    return {{}, {}, span.start, span.end, std::string(CodePoints(output.shown).slice(span))};
}

// The place's text as the output shows it; half a card number would not be known for one.
std::string textAt(const Output& output, const EvidencePlace& place)
{
    const Span span{place.start, place.end};
    const bool ofOutput = place.text.empty() || CodePoints(output.said).slice(span) == place.text;
    return ofOutput ? std::string(CodePoints(output.shown).slice(span)) : place.text;
}

// Passages that the answer stands on, or that came nearest to one.
std::vector<EvidencePlace> passagesOf(const ordered_json& answer)
{
    std::vector<EvidencePlace> places;
    const ordered_json* refusal = memberOf(answer, "refusal");
    for (const ordered_json* list :
         {memberOf(answer, "sources"), refusal == nullptr ? nullptr : memberOf(*refusal, "nearest")}) {
        if (list != nullptr && list->is_array()) {
            for (const ordered_json& passage : *list) {
                places.push_back(placeOfPassage(passage));
            }
        }
    }
    return places;
}

// What the right answer stands on, with its text where the answer shows that passage.
std::optional<EvidencePlace> expectedPlace(const Case& one, const std::vector<EvidencePlace>& passages)
{
    if (one.expected.documents.empty()) {
        return std::nullopt;
    }
    const Expectation& expected = one.expected;
    EvidencePlace place{expected.documents.front(), expected.version, expected.start, expected.end, {}};
    for (const EvidencePlace& passage : passages) {
        const bool holds = passage.document == place.document && passage.start <= place.start &&
                           place.end <= passage.end && place.end > place.start;
        if (holds) {
            place.text = std::string(
                CodePoints(passage.text).slice({place.start - passage.start, place.end - passage.start}));
            place.version = passage.version;
            break;
        }
    }
    return place;
}

std::optional<EvidencePlace> sourceOf(const Case& one, const ordered_json& answer,
                                      const ordered_json* sentence)
{
    const std::vector<EvidencePlace> passages = passagesOf(answer);
    const ordered_json* citations = sentence == nullptr ? nullptr : memberOf(*sentence, "citations");
    const ordered_json* sources = memberOf(answer, "sources");
    if (one.expected.documents.empty() && citations != nullptr && !citations->empty() && sources != nullptr) {
        for (std::size_t index = 0; index < sources->size() && index < passages.size(); ++index) {
            if ((*sources)[index].value("n", 0) == citations->front().get<int>()) {
                return passages[index];
            }
        }
    }
    if (const auto expected = expectedPlace(one, passages)) {
        return expected;
    }
    return passages.empty() ? std::nullopt : std::optional(passages.front());
}

void findPlaces(Failure& failure, const Case& one, const CaseResult& result, const AssertionResult* worst)
{
    const ordered_json answer =
        result.answerJson.empty() ? ordered_json() : ordered_json::parse(result.answerJson, nullptr, false);
    const ordered_json* sentence = sentenceOf(answer);
    const Output output{result.output, failure.output};
    if (worst != nullptr) {
        for (const EvidencePlace& place : worst->places) {
            if (place.document.empty() && failure.sentence.text.empty()) {
                failure.sentence = place;
                failure.sentence.text = textAt(output, place);
            } else if (!place.document.empty() && !failure.source) {
                failure.source = place;
            }
        }
    }
    if (failure.sentence.text.empty()) {
        failure.sentence = placeInOutput(
            output, sentence == nullptr ? std::string() : sentence->value("text", std::string()));
    }
    if (failure.sentence.text.empty()) { // a refusal says why; that is its sentence
        const ordered_json* refusal = memberOf(answer, "refusal");
        failure.sentence.text = refusal == nullptr ? std::string() : refusal->value("reason", std::string());
    }
    if (!failure.source) {
        failure.source = sourceOf(one, answer, sentence);
    }
    failure.sentence.text = cut(withoutPersonalData(failure.sentence.text));
    if (failure.source) {
        failure.source->text = cut(withoutPersonalData(failure.source->text));
    }
}

Failure failureOf(const Report& report, const Case& one, const CaseResult& result)
{
    Failure failure;
    failure.caseId = one.id;
    failure.caseWhere = one.where;
    failure.question = withoutPersonalData(one.question);
    failure.variant = result.variant;
    failure.state = result.state;
    failure.output = withoutPersonalData(result.output);
    const AssertionResult* worst = worstOf(result.assertions);
    if (result.state == CaseState::Broken) {
        failure.check = "broken";
        failure.reason = result.error.empty() ? "no answer came" : result.error;
    } else if (worst != nullptr) {
        failure.outcome = worst->outcome;
        failure.check = worst->name;
        failure.reason = worst->reason;
        failure.checkWhere = worst->where;
    } else {
        failure.check = "score";
        failure.reason = "the score is below the threshold of the case";
    }
    failure.reason = withoutPersonalData(failure.reason); // it may quote the answer
    findPlaces(failure, one, result, worst);
    const auto& variant = report.variants[static_cast<std::size_t>(result.variant)];
    failure.prompt = variant.prompt.placeFor(failure.check);
    return failure;
}

void addHistory(Failure& failure, const Report& report)
{
    const auto aside = std::ranges::find(report.setAside, failure.caseId, &QuarantinedCase::caseId);
    if (aside != report.setAside.end()) {
        failure.setAsideBy = aside->owner;
    }
    const auto& comparison = report.variants[static_cast<std::size_t>(failure.variant)].comparison;
    failure.passedBefore = comparison && std::ranges::find(comparison->broken, failure.caseId,
                                                           &CaseChange::caseId) != comparison->broken.end();
}

} // namespace

std::vector<Failure> failuresOf(const Report& report)
{
    std::map<std::string_view, std::size_t> positions;
    for (std::size_t index = 0; index < report.suite.cases.size(); ++index) {
        positions.try_emplace(report.suite.cases[index].id, index);
    }
    struct Repeats {
        int all = 0;
        int failed = 0;
        const CaseResult* first = nullptr; // that failed
    };
    std::map<std::pair<int, std::size_t>, Repeats> byCase;
    for (const CaseResult& result : report.results) {
        const auto position = positions.find(result.caseId);
        const bool known = result.variant >= 0 &&
                           static_cast<std::size_t>(result.variant) < report.variants.size() &&
                           position != positions.end();
        if (!known || report.variants[static_cast<std::size_t>(result.variant)].baseline) {
            continue;
        }
        Repeats& repeats = byCase[{result.variant, position->second}];
        ++repeats.all;
        if (!result.passed) {
            ++repeats.failed;
            repeats.first = repeats.first == nullptr ? &result : repeats.first;
        }
    }
    std::vector<Failure> failures;
    for (const auto& [key, repeats] : byCase) {
        if (repeats.failed > 0 && 2 * repeats.failed >= repeats.all) {
            failures.push_back(failureOf(report, report.suite.cases[key.second], *repeats.first));
            failures.back().failedRepeats = repeats.failed;
            failures.back().repeats = repeats.all;
            addHistory(failures.back(), report);
        }
    }
    return failures;
}

} // namespace plumbline::evals
