#include <algorithm>
#include <stdexcept>

#include "app/evals/run_json.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

template <typename T>
T enumOf(std::string_view word, std::initializer_list<T> all)
{
    for (const T one : all) {
        if (toString(one) == word) {
            return one;
        }
    }
    throw std::invalid_argument("no state is called '" + std::string(word) + "'");
}

// What throws inside is not what we wrote.
template <typename T, typename Fn>
Result<T> reading(const char* what, Fn&& read)
{
    try {
        return read();
    } catch (const std::exception& error) {
        return failure(ErrorCode::Corrupt,
                       "a stored " + std::string(what) + " cannot be read: " + error.what());
    }
}

template <typename T>
T unwrap(Result<T> result)
{
    if (!result) {
        throw std::invalid_argument(result.error().describe());
    }
    return std::move(*result);
}

RunState runStateOf(std::string_view word)
{
    return enumOf(word, {RunState::Running, RunState::Stopped, RunState::Finished, RunState::OverBudget,
                         RunState::Failed});
}

CaseState caseStateOf(std::string_view word)
{
    return enumOf(word, {CaseState::Answered, CaseState::Refused, CaseState::Broken});
}

Assertion readAssertion(const ordered_json& value)
{
    Assertion assertion;
    assertion.type = value.at("type").get<std::string>();
    assertion.negated = value.at("negated").get<bool>();
    assertion.value = value.at("value");
    assertion.weight = value.at("weight").get<double>();
    assertion.metric = value.at("metric").get<std::string>();
    assertion.config = value.at("config");
    assertion.where = value.value("where", std::string());
    if (value.contains("threshold")) {
        assertion.threshold = value.at("threshold").get<double>();
    }
    if (value.contains("children")) {
        for (const ordered_json& child : value.at("children")) {
            assertion.children.push_back(readAssertion(child));
        }
    }
    return assertion;
}

AssertionResult readOutcome(const ordered_json& value)
{
    AssertionResult result;
    result.name = value.at("name").get<std::string>();
    result.outcome = enumOf(value.at("outcome").get<std::string>(),
                            {Outcome::Passed, Outcome::Failed, Outcome::NotExecutable});
    result.score = value.at("score").get<double>();
    result.weight = value.at("weight").get<double>();
    result.metric = value.at("metric").get<std::string>();
    result.reason = value.at("reason").get<std::string>();
    result.where = value.at("where").get<std::string>();
    if (value.contains("places")) {
        for (const ordered_json& place : value.at("places")) {
            result.places.push_back({place.at("document").get<std::string>(),
                                     place.at("version").get<std::string>(),
                                     place.at("start").get<std::size_t>(), place.at("end").get<std::size_t>(),
                                     place.at("text").get<std::string>()});
        }
    }
    if (value.contains("parts")) {
        for (const ordered_json& part : value.at("parts")) {
            result.parts.push_back(readOutcome(part));
        }
    }
    return result;
}

Case readCase(const ordered_json& value)
{
    Case one;
    one.id = value.at("id").get<std::string>();
    one.question = value.at("question").get<std::string>();
    for (const auto& [name, text] : value.at("vars").items()) {
        one.vars[name] = text.get<std::string>();
    }
    const ordered_json& expected = value.at("expected");
    one.expected.documents = expected.at("documents").get<std::vector<std::string>>();
    one.expected.version = expected.at("version").get<std::string>();
    one.expected.start = expected.at("start").get<std::size_t>();
    one.expected.end = expected.at("end").get<std::size_t>();
    one.expected.facts = expected.at("facts").get<std::vector<std::string>>();
    if (expected.contains("refuses")) {
        one.expected.refuses = expected.at("refuses").get<bool>();
    }
    if (value.contains("as_of")) {
        one.asOf = unwrap(parseDate(value.at("as_of").get<std::string>()));
    }
    if (value.contains("threshold")) {
        one.threshold = value.at("threshold").get<double>();
    }
    for (const ordered_json& assertion : value.at("assertions")) {
        one.assertions.push_back(readAssertion(assertion));
    }
    one.tags = value.at("tags").get<std::vector<std::string>>();
    one.cluster = value.at("cluster").get<std::string>();
    one.riskTier = value.at("tier").get<std::string>();
    one.where = value.value("where", std::string());
    return one;
}

Variant readVariant(const ordered_json& value)
{
    return {value.at("prompt").get<std::string>(),      value.at("prompt_digest").get<std::string>(),
            value.at("prompt_path").get<std::string>(), value.at("model").get<std::string>(),
            value.at("profile").get<std::string>(),     value.at("profile_digest").get<std::string>(),
            value.at("generation").get<std::int64_t>(), value.value("model_digest", std::string())};
}

llm::Usage readUsage(const ordered_json& value)
{
    return {{value.at("input").get<std::int64_t>()},
            {value.at("cached").get<std::int64_t>()},
            {value.at("output").get<std::int64_t>()},
            {value.at("reasoning").get<std::int64_t>()},
            value.at("estimated").get<bool>()};
}

void readFigures(const ordered_json& value, std::map<std::string, double, std::less<>>& into)
{
    for (const auto& [name, figure] : value.items()) {
        into[name] = figure.get<double>();
    }
}

CaseResult readResult(const ordered_json& value)
{
    CaseResult result;
    result.caseId = value.at("case").get<std::string>();
    result.variant = value.at("variant").get<int>();
    result.repeat = value.at("repeat").get<int>();
    result.state = caseStateOf(value.at("state").get<std::string>());
    result.refusalKind = value.at("refusal").get<std::string>();
    result.error = value.at("error").get<std::string>();
    result.output = value.at("output").get<std::string>();
    result.answerJson = value.at("answer").get<std::string>();
    result.passed = value.at("passed").get<bool>();
    result.score = value.at("score").get<double>();
    for (const ordered_json& one : value.at("assertions")) {
        result.assertions.push_back(readOutcome(one));
    }
    readFigures(value.at("figures"), result.figures);
    readFigures(value.at("named"), result.named);
    const ordered_json& latency = value.at("latency");
    result.latency = {latency.at("guard").get<double>(), latency.at("retrieve").get<double>(),
                      latency.at("generate").get<double>(), latency.at("ground").get<double>(),
                      latency.at("total").get<double>()};
    result.usage = readUsage(value.at("usage"));
    result.cached = value.at("cached").get<bool>();
    result.finished = unwrap(parseTimestamp(value.at("finished").get<std::string>()));
    if (value.contains("cost")) {
        result.cost = Money{value.at("cost").get<std::int64_t>()};
    }
    return result;
}

} // namespace

Result<RunState> runStateFrom(std::string_view word)
{
    return reading<RunState>("state of a run", [&] { return runStateOf(word); });
}

Result<CaseState> caseStateFrom(std::string_view word)
{
    return reading<CaseState>("state of a case", [&] { return caseStateOf(word); });
}

Result<Case> caseFrom(const ordered_json& value)
{
    return reading<Case>("case", [&] { return readCase(value); });
}

Result<CaseResult> resultFrom(const ordered_json& value)
{
    return reading<CaseResult>("result", [&] { return readResult(value); });
}

Result<Suite> headFrom(const ordered_json& value)
{
    return reading<Suite>("suite", [&] {
        Suite suite;
        suite.name = value.at("name").get<std::string>();
        suite.description = value.at("description").get<std::string>();
        suite.digest = value.at("digest").get<std::string>();
        suite.path = value.at("path").get<std::string>();
        suite.riskTier = value.at("tier").get<std::string>();
        for (const ordered_json& prompt : value.at("prompts")) {
            suite.prompts.push_back({prompt.at("label").get<std::string>(),
                                     prompt.at("text").get<std::string>(),
                                     prompt.at("where").get<std::string>()});
        }
        suite.models = value.at("models").get<std::vector<std::string>>();
        return suite;
    });
}

Result<RunSettings> settingsFrom(const ordered_json& value)
{
    return reading<RunSettings>("run", [&] {
        RunSettings settings;
        settings.suiteName = value.at("suite").get<std::string>();
        settings.suitePath = value.at("path").get<std::string>();
        settings.suiteDigest = value.at("digest").get<std::string>();
        for (const ordered_json& variant : value.at("variants")) {
            settings.variants.push_back(readVariant(variant));
        }
        settings.repeats = value.at("repeats").get<int>();
        settings.concurrency = value.at("concurrency").get<int>();
        settings.seed = value.at("seed").get<std::uint64_t>();
        settings.asOf = unwrap(parseDate(value.at("as_of").get<std::string>()));
        settings.javascript = value.value("javascript", false); // older runs have none
        return settings;
    });
}

} // namespace plumbline::evals
