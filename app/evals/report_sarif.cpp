#include <map>
#include <set>

#include "app/base/digest.h"
#include "app/base/text.h"
#include "app/evals/failure_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

ordered_json message(std::string text)
{
    return {{"text", toValidUtf8(text)}};
}

// A relative reference (RFC 3986): what is no plain letter is escaped, so that no path reads as a scheme.
std::string uriOf(std::string_view path)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~/@").find(c) != std::string_view::npos;
        if (plain) {
            uri += c;
        } else {
            uri += '%';
            uri += kHex[byte >> 4U];
            uri += kHex[byte & 15U];
        }
    }
    return uri;
}

ordered_json fileLocation(const FileLine& place, std::string_view snippet = {})
{
    ordered_json region = {{"startLine", place.line}};
    if (!snippet.empty()) {
        region["snippet"] = message(std::string(snippet));
    }
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uriOf(place.path)}, {"uriBaseId", "WORKSPACE"}}},
              {"region", region}}}};
}

ordered_json related(int id, ordered_json location, std::string text)
{
    ordered_json one = {{"id", id}};
    one.update(location);
    one["message"] = message(std::move(text));
    return one;
}

// A document of the corpus has no file here: it is named, with the place as code points of its stored text.
ordered_json documentLocation(const EvidencePlace& place)
{
    return {{"logicalLocations", ordered_json::array({{{"name", place.document},
                                                       {"fullyQualifiedName", placeText(place)},
                                                       {"kind", "document"}}})}};
}

ordered_json relatedLocations(const Failure& failure)
{
    ordered_json list = ordered_json::array();
    list.push_back(related(1, fileLocation(fileLine(failure.caseWhere)),
                           "case " + failure.caseId + ": " + foldedWhitespace(failure.question)));
    if (failure.source) {
        list.push_back(
            related(2, documentLocation(*failure.source),
                    "source " + placeText(*failure.source) + ": " + foldedWhitespace(failure.source->text)));
    }
    if (!failure.checkWhere.empty() && failure.checkWhere != failure.caseWhere) {
        list.push_back(related(3, fileLocation(fileLine(failure.checkWhere)), "assertion " + failure.check));
    }
    return list;
}

const char* levelOf(const Report& report, const Failure& failure)
{
    if (!failure.setAsideBy.empty()) {
        return "note";
    }
    // With a baseline only what it passed is new; the rest was wrong before.
    return report.baseline.empty() || failure.passedBefore ? "error" : "warning";
}

ordered_json resultOf(const Report& report, const Failure& failure)
{
    const std::string& variant = report.variants[static_cast<std::size_t>(failure.variant)].name;
    std::string text = "Case " + failure.caseId + ", " + variant + ": " + headline(failure);
    if (!failure.sentence.text.empty()) {
        text += ". Sentence: \"" + foldedWhitespace(failure.sentence.text) + "\"";
    }
    if (failure.source) {
        text += ". Source: [" + placeText(*failure.source) + "](2)";
    }
    const ordered_json location =
        failure.prompt ? fileLocation({failure.prompt->path, failure.prompt->line}, failure.prompt->text)
                       : fileLocation(fileLine(failure.caseWhere));
    const std::string key = report.suite.path + "\n" + failure.caseId + "\n" + variant + "\n" + failure.check;
    ordered_json result = {{"ruleId", "assertion/" + failure.check},
                           {"level", levelOf(report, failure)},
                           {"message", message(text)},
                           {"locations", ordered_json::array({location})},
                           {"relatedLocations", relatedLocations(failure)},
                           {"partialFingerprints", {{"plumblineCase/v1", sha256Hex(key)}}}};
    result["properties"] = {{"case", failure.caseId},
                            {"variant", variant},
                            {"sentence",
                             {{"start", failure.sentence.start},
                              {"end", failure.sentence.end},
                              {"text", toValidUtf8(failure.sentence.text)}}},
                            {"passedBefore", failure.passedBefore}};
    return result;
}

ordered_json resultOf(const Report& report, const GateReport& gates, const GateOutcome& outcome)
{
    const std::string key = report.suite.path + "\n" + gates.context + "\n" + outcome.metric + "\n" +
                            outcome.riskTier + "\n" + gates.subject;
    return {{"ruleId", "gate/" + outcome.metric},
            {"level", outcome.state == GateState::Failed ? "error" : "warning"},
            {"message", message("Gate " + outcome.metric + " of " + gates.subject + ": " + outcome.reason)},
            {"locations", ordered_json::array({fileLocation(fileLine(outcome.where))})},
            {"partialFingerprints", {{"plumblineGate/v1", sha256Hex(key)}}},
            {"properties", {{"context", gates.context}, {"cases", outcome.cases}}}};
}

ordered_json resultsOf(const Report& report)
{
    ordered_json results = ordered_json::array();
    for (const VariantReport& variant : report.variants) {
        if (!variant.gates) {
            continue;
        }
        for (const GateOutcome& outcome : variant.gates->outcomes) {
            if (outcome.state != GateState::Passed) {
                results.push_back(resultOf(report, *variant.gates, outcome));
            }
        }
    }
    for (const Failure& failure : failuresOf(report)) {
        results.push_back(resultOf(report, failure));
    }
    return results;
}

ordered_json rulesOf(const ordered_json& results)
{
    std::set<std::string> ids;
    for (const ordered_json& result : results) {
        ids.insert(result["ruleId"].get<std::string>());
    }
    ordered_json rules = ordered_json::array();
    for (const std::string& id : ids) {
        const std::string name = id.substr(id.find('/') + 1);
        const bool gate = id.starts_with("gate/");
        rules.push_back({{"id", id},
                         {"shortDescription", message(gate ? "The gate on " + name + " of gates.yaml"
                                                           : "The check " + name + " of a suite")}});
    }
    return rules;
}

} // namespace

std::string sarifReport(const Report& report)
{
    const ordered_json results = resultsOf(report);
    const std::size_t space = report.program.find(' ');
    ordered_json driver = {{"name", "plumbline"}};
    if (space != std::string::npos) {
        driver["version"] = report.program.substr(space + 1);
    }
    driver["rules"] = rulesOf(results);
    const ordered_json run = {
        {"tool", {{"driver", driver}}},
        {"automationDetails", {{"id", "eval/" + report.suite.name + "/" + report.run.id}}},
        {"originalUriBaseIds", {{"WORKSPACE", {{"description", message("The folder of the workspace")}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"results", results}};
    const ordered_json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                              {"version", "2.1.0"},
                              {"runs", ordered_json::array({run})}};
    return log.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace plumbline::evals
