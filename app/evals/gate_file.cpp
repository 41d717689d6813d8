#include <algorithm>
#include <cmath>

#include "app/base/file.h"
#include "app/base/yaml.h"
#include "app/evals/gates.h"
#include "app/evals/gates_schema.h"
#include "app/evals/schema_check.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t kMostBytes = 1U << 20U;

GateAction actionOf(const ordered_json& object, const char* key, GateAction otherwise)
{
    if (!object.contains(key)) {
        return otherwise;
    }
    const auto word = object[key].get<std::string>();
    return word == "block" ? GateAction::Block : word == "warn" ? GateAction::Warn : GateAction::Pass;
}

std::optional<double> numberOf(const ordered_json& object, const char* key)
{
    return object.contains(key) ? std::optional(object[key].get<double>()) : std::nullopt;
}

// What metric names may look like; a name that no run can have is a slip of the pen, found before the run.
const MetricDefinition* definitionOf(const std::string& name, std::vector<MetricDefinition>& candidates)
{
    std::string column = name;
    if (const auto at = name.rfind(":p"); name.starts_with("latency:") && at != std::string::npos) {
        column.resize(at);
    } else if (name == "hallucination_corrected") {
        column = "hallucination";
    }
    candidates = metricsFrom(column);
    const auto place = std::ranges::find(candidates, name, &MetricDefinition::name);
    return place == candidates.end() ? nullptr : &*place;
}

bool mayBeUnknown(const std::string& name)
{
    return name.starts_with("policy:") || name.starts_with("named:") || name.starts_with("hit@");
}

Result<Gate> gateOf(const ordered_json& object, const YamlDocument& document, const std::string& pointer)
{
    Gate gate;
    gate.metric = object["metric"];
    gate.where = document.where(pointer);
    std::vector<MetricDefinition> candidates;
    const MetricDefinition* definition = definitionOf(gate.metric, candidates);
    const bool known = definition != nullptr && isKnownColumn(definition->column);
    if (!known && !mayBeUnknown(gate.metric)) {
        return failure(ErrorCode::BadInput,
                       "'metric': there is no metric '" + gate.metric +
                           "'; take one of resources/docs/eval-statistics.md, or named:NAME or policy:RULE",
                       document.where(pointer + "/metric"));
    }
    gate.higherIsBetter = definition == nullptr || definition->higherIsBetter;
    if (object.contains("direction")) {
        const bool higher = object["direction"].get<std::string>() == "higher";
        if (known && higher != gate.higherIsBetter) {
            return failure(ErrorCode::BadInput,
                           "'direction': of " + gate.metric + " " +
                               (gate.higherIsBetter ? "higher" : "lower") + " is better; leave it out",
                           document.where(pointer + "/direction"));
        }
        gate.higherIsBetter = higher;
    }
    gate.riskTier = object.value("risk_tier", std::string());
    gate.limit = numberOf(object, "limit");
    gate.margin = numberOf(object, "margin");
    gate.minimumCases = object.value("minimum_cases", std::int64_t{1});
    gate.underpowered = actionOf(object, "underpowered", GateAction::Warn);
    return gate;
}

} // namespace

std::string_view toString(GateAction action)
{
    switch (action) {
    case GateAction::Block:
        return "block";
    case GateAction::Warn:
        return "warn";
    case GateAction::Pass:
        return "pass";
    }
    return "block";
}

const GateContext* GateFile::find(std::string_view name) const
{
    const auto place = std::ranges::find(contexts, name, &GateContext::name);
    return place == contexts.end() ? nullptr : &*place;
}

Result<GateFile> parseGates(std::string_view text, std::string_view fileName)
{
    const auto document = parseYaml(text, fileName);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (const auto fits = checkAgainst(kGatesSchema, *document); !fits) {
        return tl::unexpected(fits.error());
    }
    GateFile file;
    for (const auto& [name, object] : document->value["contexts"].items()) {
        GateContext context;
        context.name = name;
        context.notExecuted = actionOf(object, "not_executed", GateAction::Block);
        context.noBaseline = actionOf(object, "no_baseline", GateAction::Warn);
        for (std::size_t index = 0; index < object["gates"].size(); ++index) {
            const std::string pointer = "/contexts/" + name + "/gates/" + std::to_string(index);
            auto gate = gateOf(object["gates"][index], *document, pointer);
            if (!gate) {
                return tl::unexpected(gate.error());
            }
            context.gates.push_back(std::move(*gate));
        }
        file.contexts.push_back(std::move(context));
    }
    return file;
}

Result<GateFile> readGates(const std::filesystem::path& path, std::string_view name)
{
    const auto text = readFile(path, kMostBytes);
    if (!text) {
        return tl::unexpected(text.error());
    }
    return parseGates(*text, name);
}

std::vector<BlockingMetric> blockingMetrics(const GateContext& context)
{
    std::vector<BlockingMetric> metrics;
    for (const Gate& gate : context.gates) {
        if (gate.margin) {
            metrics.push_back({gate.metric, gate.riskTier, *gate.margin, gate.higherIsBetter});
        }
    }
    return metrics;
}

} // namespace plumbline::evals
