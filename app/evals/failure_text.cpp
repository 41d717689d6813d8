#include "app/evals/failure_text.h"

#include <algorithm>
#include <charconv>

#include "app/base/text.h"

namespace plumbline::evals {

std::string placeText(const EvidencePlace& place)
{
    std::string text = place.document.empty() ? std::string("the answer") : place.document;
    if (!place.version.empty()) {
        text += "@" + place.version;
    }
    if (place.end > place.start) {
        text += ":" + std::to_string(place.start) + "-" + std::to_string(place.end);
    }
    return text;
}

std::string placeText(const PromptPlace& place)
{
    return place.path + ":" + std::to_string(place.line);
}

std::string headline(const Failure& failure)
{
    std::string text = failure.check + ": " + foldedWhitespace(failure.reason);
    if (failure.repeats > 1) {
        text += " (" + std::to_string(failure.failedRepeats) + " of " + std::to_string(failure.repeats) +
                " repeats failed)";
    }
    return text;
}

std::string describe(const Failure& failure)
{
    std::string text = "case     " + failure.caseId + " (" + failure.caseWhere + ")\n";
    text += "question " + foldedWhitespace(failure.question) + "\n";
    text += "check    " + headline(failure);
    text += failure.checkWhere.empty() ? "\n" : " (" + failure.checkWhere + ")\n";
    if (!failure.sentence.text.empty()) {
        text += "sentence \"" + foldedWhitespace(failure.sentence.text) + "\" (" +
                placeText(failure.sentence) + ")\n";
    }
    if (failure.source) {
        text += "source   " + placeText(*failure.source);
        text +=
            failure.source->text.empty() ? "\n" : ": \"" + foldedWhitespace(failure.source->text) + "\"\n";
    }
    if (failure.prompt) {
        text += "prompt   " + placeText(*failure.prompt) + ": " + foldedWhitespace(failure.prompt->text) +
                (failure.prompt->changed ? " (differs from the baseline)" : "") + "\n";
    }
    if (failure.passedBefore) {
        text += "history  the baseline passed this case\n";
    }
    return text;
}

std::string verdictText(const Report& report)
{
    if (!report.finished()) {
        const std::string state(toString(report.run.state));
        return "no verdict, the run is " + (report.run.state == RunState::OverBudget ? "over budget" : state);
    }
    const bool gated = std::ranges::any_of(
        report.variants, [](const VariantReport& variant) { return variant.gates.has_value(); });
    return !gated ? "no gates were asked" : report.passed() ? "gates passed" : "gates failed";
}

FileLine fileLine(const std::string& where)
{
    FileLine place{where, 1};
    const std::size_t first = where.find(':');
    if (first == std::string::npos) {
        return place;
    }
    place.path = where.substr(0, first);
    int line = 1;
    const char* end = where.data() + where.size();
    if (std::from_chars(where.data() + first + 1, end, line).ec == std::errc() && line > 0) {
        place.line = line;
    }
    return place;
}

} // namespace plumbline::evals
