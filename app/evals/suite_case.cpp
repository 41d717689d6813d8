#include "app/evals/suite_case.h"

#include "app/assistant/answer.h"
#include "app/evals/check.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Texts = std::vector<std::string>;

// A number as it is written: 1 stays "1".
std::string plainText(const ordered_json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Texts textsAt(const ordered_json& value, const char* key)
{
    return value.contains(key) ? value.at(key).get<Texts>() : Texts();
}

void takeVars(const ordered_json& value, std::map<std::string, std::string, std::less<>>& vars)
{
    if (value.contains("vars")) {
        for (const auto& [name, one] : value.at("vars").items()) {
            vars[name] = plainText(one);
        }
    }
}

Result<void> takeDate(const ordered_json& value, const WhereFn& where, std::optional<Date>& date)
{
    if (value.contains("as_of")) {
        auto parsed = parseDate(value.at("as_of").get<std::string>());
        if (!parsed) {
            return failure(ErrorCode::BadInput, parsed.error().message, where("/as_of"));
        }
        date = *parsed;
    }
    return {};
}

Result<void> takeAssertions(const ordered_json& value, const WhereFn& where, std::vector<Assertion>& into)
{
    if (!value.contains("assert")) {
        return {};
    }
    std::size_t index = 0;
    for (const ordered_json& one : value.at("assert")) {
        const std::string place = where("/assert/" + std::to_string(index++));
        auto parsed = parseAssertion(one, place);
        if (!parsed) {
            Error error = parsed.error();
            error.where = error.where.empty() ? place : error.where;
            return tl::unexpected(error);
        }
        into.push_back(std::move(*parsed));
    }
    return {};
}

void takeExpected(const ordered_json& value, Expectation& expected)
{
    if (value.contains("refuses")) {
        expected.refuses = value.at("refuses").get<bool>();
    }
    expected.documents = textsAt(value, "documents");
    if (value.contains("version")) {
        expected.version = value.at("version").get<std::string>();
    }
    if (value.contains("span")) {
        expected.start = value.at("span").at(0).get<std::size_t>();
        expected.end = value.at("span").at(1).get<std::size_t>();
    }
    expected.facts = textsAt(value, "facts");
}

// The keys of a judged question.
void takeJudged(const ordered_json& value, Expectation& expected)
{
    if (value.contains("document")) {
        expected.documents = {value.at("document").get<std::string>()};
    } else if (value.contains("documents")) {
        expected.documents = textsAt(value, "documents");
    }
    if (value.contains("version")) {
        expected.version = value.at("version").get<std::string>();
    }
    expected.start = value.value("start", expected.start);
    expected.end = value.value("end", expected.end);
    if (value.contains("facts")) {
        expected.facts = textsAt(value, "facts");
    }
    if (value.contains("kind")) {
        const auto kind = value.at("kind").get<std::string>();
        expected.refuses = kind == "near_miss" || kind == "off_topic" || kind == "conflict";
    }
}

void takeTags(const ordered_json& value, Texts& tags)
{
    const Texts own = textsAt(value, "tags");
    tags.insert(tags.end(), own.begin(), own.end());
    if (value.contains("kind")) {
        tags.push_back(value.at("kind").get<std::string>());
    }
    for (const char* key : {"half", "user", "batch"}) {
        if (value.contains(key) && value.at(key).is_primitive()) {
            tags.push_back(std::string(key) + ":" + plainText(value.at(key)));
        }
    }
}

Assertion assertionOf(std::string type, const std::string& place)
{
    Assertion assertion;
    assertion.type = std::move(type);
    assertion.where = place;
    return assertion;
}

// What an expectation asks for by itself.
std::vector<Assertion> expectedAssertions(const Expectation& expected, const std::string& place)
{
    std::vector<Assertion> all;
    if (expected.refuses && (*expected.refuses || expected.facts.empty())) {
        all.push_back(assertionOf("refuses", place));
        all.back().negated = !*expected.refuses;
    }
    if (!expected.facts.empty() && !expected.refuses.value_or(false)) { // a refusal states none
        all.push_back(assertionOf("answers-fact", place));
    }
    if (!expected.documents.empty()) {
        all.push_back(assertionOf("retrieved", place));
    }
    all.push_back(assertionOf("cites-approved-only", place));
    all.push_back(assertionOf("grounded", place));
    return all;
}

} // namespace

Result<CaseDefaults> readDefaults(const ordered_json& value, const WhereFn& where)
{
    CaseDefaults defaults;
    takeVars(value, defaults.vars);
    if (auto taken = takeDate(value, where, defaults.asOf); !taken) {
        return tl::unexpected(taken.error());
    }
    if (auto taken = takeAssertions(value, where, defaults.assertions); !taken) {
        return tl::unexpected(taken.error());
    }
    if (value.contains("threshold")) {
        defaults.threshold = value.at("threshold").get<double>();
    }
    defaults.tags = textsAt(value, "tags");
    return defaults;
}

Result<Case> readCase(const ordered_json& value, const CaseDefaults& defaults, const WhereFn& where)
{
    Case one;
    one.where = where("");
    one.id = value.value("id", std::string());
    one.question = value.value("question", std::string());
    one.vars = defaults.vars;
    takeVars(value, one.vars);
    one.asOf = defaults.asOf;
    if (auto taken = takeDate(value, where, one.asOf); !taken) {
        return tl::unexpected(taken.error());
    }
    if (value.contains("question")) {
        one.vars["question"] = one.question;
    } else if (const auto asked = one.vars.find("question"); asked != one.vars.end()) {
        one.question = asked->second;
    }
    takeJudged(value, one.expected);
    if (value.contains("expected")) {
        takeExpected(value.at("expected"), one.expected);
    }
    one.assertions = defaults.assertions;
    if (auto taken = takeAssertions(value, where, one.assertions); !taken) {
        return tl::unexpected(taken.error());
    }
    if (one.assertions.empty()) {
        one.assertions = expectedAssertions(one.expected, one.where);
        if (value.value("kind", std::string()) == "conflict") {
            one.assertions.front().value = assistant::toString(assistant::RefusalKind::Conflicting);
        }
    }
    one.threshold =
        value.contains("threshold") ? std::optional(value.at("threshold").get<double>()) : defaults.threshold;
    one.tags = defaults.tags;
    takeTags(value, one.tags);
    one.cluster =
        value.value("cluster", one.expected.documents.empty() ? one.id : one.expected.documents.front());
    one.riskTier = value.value("tier", std::string());
    return one;
}

} // namespace plumbline::evals
