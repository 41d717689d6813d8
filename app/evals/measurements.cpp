#include "app/evals/measurements.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/evals/metric_definition.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kMostListed = 1000;

// Figures of a result by the name of their column.
constexpr std::array kColumnOfFigure{
    std::pair<std::string_view, std::string_view>{"grounded", "groundedness"},
    std::pair<std::string_view, std::string_view>{"hallucinated", "hallucination"},
    std::pair<std::string_view, std::string_view>{"policy_compliant", "policy_compliance"},
};

std::string ruleOf(const AssertionResult& assertion)
{
    if (assertion.metric.starts_with("policy:")) {
        return assertion.metric;
    }
    if (assertion.name == "cites-approved-only" || assertion.name == "no-personal-data") {
        return "policy:" + assertion.name;
    }
    return {};
}

// Whether each policy rule that the assertions name was kept.
void gatherRules(const std::vector<AssertionResult>& assertions, std::map<std::string, bool>& rules)
{
    for (const AssertionResult& assertion : assertions) {
        const std::string rule = ruleOf(assertion);
        if (!rule.empty() && assertion.outcome != Outcome::NotExecutable) {
            auto [place, isNew] = rules.try_emplace(rule, true);
            place->second = place->second && assertion.outcome == Outcome::Passed;
        }
        gatherRules(assertion.parts, rules);
    }
}

} // namespace

std::string_view refusalGroup(std::string_view refusalKind)
{
    constexpr std::array<std::string_view, 4> kPolicy{"off_topic", "only_unusable", "conflicting",
                                                      "model_declined"};
    return std::ranges::find(kPolicy, refusalKind) != kPolicy.end() ? "policy" : "nothing_found";
}

Measurements::Measurements(const Suite& suite)
{
    std::map<std::string, std::size_t> clusters;
    std::size_t nextCluster = 0;
    for (const Case& one : suite.cases) {
        if (!m_byId.try_emplace(one.id, m_subjects.size()).second) {
            continue;
        }
        std::size_t cluster = nextCluster;
        if (one.cluster.empty()) {
            ++nextCluster;
        } else {
            const auto [place, isNew] = clusters.try_emplace(one.cluster, nextCluster);
            nextCluster += isNew ? 1 : 0;
            cluster = place->second;
        }
        m_subjects.push_back(
            {one.id, one.riskTier.empty() ? suite.riskTier : one.riskTier, one.where, cluster});
        m_refuses.push_back(one.expected.refuses);
        if (!one.expected.refuses && (!one.expected.documents.empty() || !one.expected.facts.empty())) {
            m_refuses.back() = false;
        }
    }
}

void Measurements::add(const std::vector<CaseResult>& results)
{
    for (const CaseResult& result : results) {
        add(result);
    }
}

void Measurements::add(const CaseResult& result)
{
    const auto place = subjectOf(result.caseId);
    if (!place || result.variant < 0) {
        return;
    }
    if (static_cast<std::size_t>(result.variant) >= m_variants.size()) {
        m_variants.resize(static_cast<std::size_t>(result.variant) + 1);
    }
    VariantCells& cells = m_variants[static_cast<std::size_t>(result.variant)];
    count(cells, "pass_rate", *place, result.passed ? 1 : 0);
    count(cells, "score", *place, result.score);
    countState(cells, *place, result);
    countPolicy(cells, *place, result);
    countFigures(cells, *place, result);
    countNotExecuted(cells, result.caseId, result.assertions);
    m_repeats = std::max(m_repeats, static_cast<int>(cells.columns.find("pass_rate")->second[*place].count));
}

void Measurements::countState(VariantCells& cells, std::size_t subject, const CaseResult& result)
{
    const bool refused = result.state == CaseState::Refused;
    const std::string_view group = refused ? refusalGroup(result.refusalKind) : std::string_view{};
    count(cells, "broken", subject, result.state == CaseState::Broken ? 1 : 0);
    count(cells, "refusals", subject, refused ? 1 : 0);
    count(cells, "refusals:policy", subject, group == "policy" ? 1 : 0);
    count(cells, "refusals:nothing_found", subject, group == "nothing_found" ? 1 : 0);
    if (result.state == CaseState::Broken) {
        return; // nothing was said, so nothing was measured
    }
    if (const auto refuses = m_refuses[subject]) {
        count(cells, *refuses ? "missed_refusals" : "wrong_refusals", subject, *refuses == refused ? 0 : 1);
    }
    const assistant::Latency& latency = result.latency;
    count(cells, "latency:total", subject, latency.total);
    for (const auto& [stage, milliseconds] :
         {std::pair{"latency:guard", latency.guard}, std::pair{"latency:retrieve", latency.retrieve},
          std::pair{"latency:generate", latency.generate}, std::pair{"latency:ground", latency.ground}}) {
        count(cells, stage, subject, milliseconds);
    }
    count(cells, "tokens:input", subject, static_cast<double>(result.usage.input.count));
    count(cells, "tokens:cached", subject, static_cast<double>(result.usage.cached.count));
    count(cells, "tokens:output", subject, static_cast<double>(result.usage.output.count));
    if (result.cost) {
        count(cells, "cost", subject, static_cast<double>(result.cost->microUsd));
    }
}

void Measurements::countFigures(VariantCells& cells, std::size_t subject, const CaseResult& result)
{
    for (const auto& [figure, value] : result.figures) {
        if (figure == "format_ok") {
            count(cells, "format_violations", subject, 1 - value);
            continue;
        }
        const auto* renamed =
            std::ranges::find(kColumnOfFigure, figure, &std::pair<std::string_view, std::string_view>::first);
        count(cells, renamed == kColumnOfFigure.end() ? std::string_view(figure) : renamed->second, subject,
              value);
    }
    for (const auto& [name, value] : result.named) {
        if (!name.starts_with("policy:")) {
            count(cells, "named:" + name, subject, value);
        }
    }
}

void Measurements::countPolicy(VariantCells& cells, std::size_t subject, const CaseResult& result)
{
    std::map<std::string, bool> rules;
    gatherRules(result.assertions, rules);
    bool all = true;
    for (const auto& [rule, kept] : rules) {
        all = all && kept;
        if (!result.figures.contains(rule)) {
            count(cells, rule, subject, kept ? 1 : 0);
        }
    }
    if (!rules.empty() && !result.figures.contains("policy_compliant")) {
        count(cells, "policy_compliance", subject, all ? 1 : 0);
    }
}

void Measurements::countNotExecuted(VariantCells& cells, const std::string& caseId,
                                    const std::vector<AssertionResult>& results)
{
    for (const AssertionResult& assertion : results) {
        if (!assertion.parts.empty()) {
            countNotExecuted(cells, caseId, assertion.parts);
        } else if (assertion.outcome == Outcome::NotExecutable) {
            ++cells.notExecutedCount;
            if (cells.notExecuted.size() < kMostListed) {
                cells.notExecuted.push_back({caseId, assertion.name, assertion.reason, assertion.where});
            }
        }
    }
}

void Measurements::count(VariantCells& cells, std::string_view column, std::size_t subject, double value)
{
    auto place = cells.columns.find(column);
    if (place == cells.columns.end()) {
        place = cells.columns.emplace(std::string(column), std::vector<Cell>(m_subjects.size())).first;
    }
    Cell& cell = place->second[subject];
    cell.sum += value;
    ++cell.count;
}

std::optional<std::size_t> Measurements::subjectOf(std::string_view caseId) const
{
    const auto place = m_byId.find(caseId);
    return place == m_byId.end() ? std::nullopt : std::optional(place->second);
}

std::vector<std::string> Measurements::columns(int variant) const
{
    std::vector<std::string> names;
    if (variant < 0 || variant >= variants()) {
        return names;
    }
    for (const auto& [name, cells] : m_variants[static_cast<std::size_t>(variant)].columns) {
        names.push_back(name);
    }
    std::ranges::stable_sort(names, {}, [](const std::string& name) { return shownRank(name); });
    return names;
}

std::optional<double> Measurements::value(int variant, std::string_view column, std::size_t subject) const
{
    if (variant < 0 || variant >= variants()) {
        return std::nullopt;
    }
    const auto& columns = m_variants[static_cast<std::size_t>(variant)].columns;
    const auto place = columns.find(column);
    if (place == columns.end() || place->second[subject].count == 0) {
        return std::nullopt;
    }
    return place->second[subject].sum / place->second[subject].count;
}

const std::vector<NotExecuted>& Measurements::notExecuted(int variant) const
{
    static const std::vector<NotExecuted> kNone;
    return variant < 0 || variant >= variants() ? kNone
                                                : m_variants[static_cast<std::size_t>(variant)].notExecuted;
}

std::int64_t Measurements::notExecutedCount(int variant) const
{
    return variant < 0 || variant >= variants()
               ? 0
               : m_variants[static_cast<std::size_t>(variant)].notExecutedCount;
}

} // namespace plumbline::evals
