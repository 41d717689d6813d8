#include "ui/shell/evals_services.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "app/base/date.h"
#include "app/evals/power.h"
#include "app/evals/run_repository.h"
#include "app/evals/runner.h"
#include "app/evals/suite_file.h"
#include "app/workspace/eval_targets.h"
#include "app/workspace/workspace.h"

namespace plumbline::ui::shell {

namespace {

using plumbline::evals::CaseResult;
using plumbline::evals::RunHooks;
using plumbline::evals::RunPlan;
using plumbline::evals::RunProgress;
using plumbline::evals::Target;
using Shared = std::shared_ptr<workspace::Workspace>;

constexpr std::size_t kFailuresShown = 100; // of a run under way

// Before a run nobody knows how many pairs will differ and how alike the cases of one document are; said
// wherever the figure is shown.
constexpr double kExpectedDiscordance = .10;
constexpr double kExpectedIcc = .10;

Result<std::vector<evals::RunRow>> runsOf(const Shared& workspace)
{
    auto runs = workspace->runs().list();
    auto tallies = workspace->runs().tallies();
    if (!runs || !tallies)
        return tl::unexpected(!runs ? runs.error() : tallies.error());
    std::map<std::string, std::vector<const plumbline::evals::VariantTally*>> byRun;
    for (const auto& tally : *tallies)
        byRun[tally.run].push_back(&tally);
    std::vector<evals::RunRow> rows;
    for (auto& run : *runs) {
        evals::RunRow row;
        row.run = std::move(run);
        row.tallies.resize(row.run.settings.variants.size());
        Money cost;
        std::int64_t unknown = 0;
        for (const auto* tally : byRun[row.run.id]) {
            row.tallies.at(static_cast<std::size_t>(tally->variant)) = {tally->passed, tally->results};
            cost += tally->cost;
            unknown += tally->unknownCost;
        }
        if (unknown == 0)
            row.cost = cost;
        rows.push_back(std::move(row));
    }
    return rows;
}

evals::SuiteRow suiteRow(const std::filesystem::path& home, const std::filesystem::path& file)
{
    evals::SuiteRow row;
    row.path = "suites/" + file.filename().string();
    row.name = file.stem().string();
    const auto suite = plumbline::evals::loadSuite(row.path, home);
    if (!suite) {
        row.problem = suite.error().describe();
        return row;
    }
    row.name = suite->name;
    row.cases = suite->cases.size();
    row.description = suite->description;
    row.plain = !suite->prompts.empty();
    row.models = suite->models;
    return row;
}

std::vector<evals::SuiteRow> suitesIn(const std::filesystem::path& home)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(home / "suites", error)) {
        const std::string kind = entry.path().extension().string();
        if ((kind == ".yaml" || kind == ".yml" || kind == ".jsonl") && entry.path().stem() != "quarantine")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<evals::SuiteRow> rows;
    for (const auto& file : files)
        rows.push_back(suiteRow(home, file));
    return rows;
}

// The workspace's default first.
std::vector<std::string> promptsOf(const workspace::Workspace& workspace, std::stop_token stop)
{
    std::vector<std::string> prompts = {std::string(plumbline::assistant::kExtractive)};
    const auto listing = workspace.prompts().list(std::move(stop));
    if (!listing)
        return prompts;
    for (const auto& entry : listing->prompts) {
        for (auto version = entry.versions.rbegin(); version != entry.versions.rend(); ++version) {
            if (!version->prompt || version->prompt->task != "answer")
                continue;
            std::string words = entry.name + "@v" + std::to_string(version->version);
            const bool standard = entry.name == workspace.config().defaultPrompt &&
                                  std::find(version->labels.begin(), version->labels.end(), "production") !=
                                      version->labels.end();
            for (const std::string& label : version->labels)
                words += " · " + label;
            prompts.insert(standard ? prompts.begin() : prompts.end(), words);
        }
    }
    return prompts;
}

std::vector<std::string> modelsOf(const workspace::Workspace& workspace)
{
    std::vector<std::string> models = {workspace.config().defaultModel};
    const auto add = [&](const std::string& name) {
        if (std::find(models.begin(), models.end(), name) == models.end())
            models.push_back(name);
    };
    add(std::string(plumbline::assistant::kEmbedded));
    for (const auto& [name, endpoint] : workspace.config().models) {
        if (endpoint.kind == llm::EndpointKind::Chat || endpoint.kind == llm::EndpointKind::Simulated)
            add(name);
    }
    return models;
}

Result<RunPlan> planOf(const workspace::Workspace& workspace, const evals::RunOrder& order)
{
    auto suite = plumbline::evals::loadSuite(order.suite, workspace.home());
    if (!suite)
        return tl::unexpected(suite.error());
    auto targets = workspace::evalTargets(workspace, *suite, {order.prompts, order.models, {}});
    if (!targets)
        return tl::unexpected(targets.error());
    RunPlan plan;
    plan.suite = std::move(*suite);
    plan.targets = std::move(*targets);
    plan.repeats = order.repeats;
    plan.concurrency = order.concurrency;
    plan.asOf = today(systemNow());
    return plan;
}

evals::Plan estimateOf(const RunPlan& plan)
{
    const auto estimate = plumbline::evals::Runner::estimate(plan);
    evals::Plan result;
    result.answers = estimate.results;
    result.cost = estimate.cost;
    std::set<std::string> clusters;
    for (const auto& one : plan.suite.cases)
        clusters.insert(one.cluster.empty() ? one.id : one.cluster);
    const auto cases = static_cast<double>(plan.suite.cases.size());
    if (!clusters.empty()) {
        const double effect = plumbline::evals::expectedDesignEffect(
            cases / static_cast<double>(clusters.size()), kExpectedIcc);
        result.smallestVisible = plumbline::evals::smallestVisibleRate(kExpectedDiscordance, cases / effect);
        result.notes.push_back(
            "Reckoned with one pair in ten that differs, and cases of one document that are "
            "somewhat alike (ICC .1).");
    }
    if (estimate.calls > 0)
        result.notes.push_back(std::to_string(estimate.calls) + " calls of an endpoint at most, about " +
                               std::to_string(estimate.input.count) + " tokens in and " +
                               std::to_string(estimate.output.count) +
                               " out; what was asked before is not asked again.");
    return result;
}

evals::LiveFailure failureOf(const CaseResult& result)
{
    evals::LiveFailure failure;
    failure.caseId = result.caseId;
    failure.variant = result.variant;
    failure.broken = result.state == plumbline::evals::CaseState::Broken;
    failure.reason = result.error;
    for (const auto& check : result.assertions) {
        if (failure.reason.empty() && check.outcome != plumbline::evals::Outcome::Passed)
            failure.reason = check.name + ": " + check.reason;
    }
    return failure;
}

// Turns what a run tells of itself into what the page shows. Called on the thread that runs.
class LiveFeed {
public:
    LiveFeed(plumbline::evals::Run run, evals::LiveFn onLive) : m_onLive(std::move(onLive))
    {
        m_live.run = std::move(run);
        m_onLive(m_live);
    }

    RunHooks hooks()
    {
        return {[this](const RunProgress& progress) { take(progress); },
                [this](const CaseResult& result) { take(result); }};
    }

private:
    void take(const RunProgress& progress)
    {
        m_live.run.done = progress.done;
        m_live.run.planned = progress.total;
        m_live.perSecond = progress.perSecond;
        m_live.timeLeft = progress.timeLeft;
        m_live.cost = progress.unknownCost > 0 ? std::nullopt : std::optional(progress.spent);
        m_live.cached = progress.cached;
        m_live.failed = progress.failed + progress.broken;
        m_live.broken = progress.broken;
        m_onLive(m_live);
    }
    void take(const CaseResult& result)
    {
        if (result.passed)
            return;
        m_live.failures.insert(m_live.failures.begin(), failureOf(result));
        if (m_live.failures.size() > kFailuresShown)
            m_live.failures.pop_back();
    }

    evals::Live m_live;
    evals::LiveFn m_onLive;
};

Result<evals::Run> startRun(const Shared& workspace, const Actor& actor, const evals::RunOrder& order,
                            std::stop_token stop, const evals::LiveFn& onLive)
{
    const auto plan = planOf(*workspace, order);
    if (!plan)
        return tl::unexpected(plan.error());
    evals::Run run;
    std::random_device random;
    run.id = plumbline::evals::newRunId(systemNow(), static_cast<std::uint16_t>(random() & 0xffffU));
    run.settings.suiteName = plan->suite.name;
    run.settings.suitePath = plan->suite.path;
    run.settings.repeats = plan->repeats;
    run.settings.concurrency = plan->concurrency;
    for (const Target& target : plan->targets)
        run.settings.variants.push_back(target.variant);
    run.actor = actor.name;
    run.started = systemNow();
    run.planned = plan->planned();
    const std::string id = run.id;
    LiveFeed feed(std::move(run), onLive);
    return workspace->runner().start(*plan, id, actor, std::move(stop), feed.hooks());
}

Result<evals::Run> resumeRun(const Shared& workspace, const std::string& id, std::stop_token stop,
                             const evals::LiveFn& onLive)
{
    auto run = workspace->runs().run(id);
    auto suite = workspace->runs().suite(id);
    if (!run || !suite)
        return tl::unexpected(!run ? run.error() : suite.error());
    const auto targets = workspace::evalTargetsOf(*workspace, *suite, *run);
    if (!targets)
        return tl::unexpected(targets.error());
    run->state = plumbline::evals::RunState::Running;
    LiveFeed feed(std::move(*run), onLive);
    return workspace->runner().resume(id, *targets, std::move(stop), feed.hooks());
}

} // namespace

evals::Services evalsServices(const Shared& workspace, const Actor& actor)
{
    evals::Services services;
    services.runs = [workspace](std::stop_token) { return runsOf(workspace); };
    services.choices = [workspace](std::stop_token stop) -> Result<evals::Choices> {
        return evals::Choices{suitesIn(workspace->home()), promptsOf(*workspace, std::move(stop)),
                              modelsOf(*workspace)};
    };
    services.plan = [workspace](const evals::RunOrder& order, std::stop_token,
                                const ProgressFn&) -> Result<evals::Plan> {
        const auto plan = planOf(*workspace, order);
        if (!plan)
            return tl::unexpected(plan.error());
        return estimateOf(*plan);
    };
    services.run = [workspace, actor](const evals::RunOrder& order, std::stop_token stop,
                                      const evals::LiveFn& onLive) {
        return startRun(workspace, actor, order, std::move(stop), onLive);
    };
    services.resume = [workspace](const std::string& id, std::stop_token stop, const evals::LiveFn& onLive) {
        return resumeRun(workspace, id, std::move(stop), onLive);
    };
    services.judge = [workspace, actor](const evals::MatrixColumn& column, const std::string& caseId,
                                        int repeat, evals::Opinion opinion, const std::string& note) {
        plumbline::evals::HumanVerdict verdict;
        verdict.of = {caseId, column.variant, repeat};
        verdict.agrees = opinion == evals::Opinion::Agree;
        verdict.note = note;
        verdict.actor = actor;
        verdict.at = systemNow();
        return workspace->runs().judge(column.run, verdict);
    };
    addEvalReading(services, workspace);
    addEvalReports(services, workspace);
    services.now = systemNow;
    services.actor = actor.name;
    return services;
}

} // namespace plumbline::ui::shell
