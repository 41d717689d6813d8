#include "ui/shell/settings_services.h"

#include "app/base/date.h"
#include "app/llm/budget_ledger.h"
#include "app/llm/call_repository.h"
#include "app/llm/probe.h"
#include "app/workspace/secrets.h"
#include "app/workspace/workspace.h"
#include "ui/settings/keychain.h"
#include "ui/shell/key_files.h"

namespace plumbline::ui::shell {

namespace {

using Shared = std::shared_ptr<workspace::Workspace>;

Result<settings::Spent> spentOf(const Shared& workspace)
{
    const llm::BudgetLedger& ledger = workspace->models().budget();
    const llm::Budgets& budgets = ledger.budgets();
    const Timestamp now = systemNow();
    const auto real = ledger.today(now);
    if (!real)
        return tl::unexpected(real.error());
    const auto simulated = ledger.today(now, true);
    if (!simulated)
        return tl::unexpected(simulated.error());
    llm::CallFilter filter;
    filter.from = today(now);
    filter.until = today(now);
    const auto total = llm::CallRepository(workspace->databaseFile()).total(filter);
    if (!total)
        return tl::unexpected(total.error());
    settings::Spent spent;
    spent.today = real->spent;
    spent.held = real->held;
    spent.simulatedToday = simulated->spent;
    spent.unknown = total->unknown;
    spent.perDay = budgets.perDay;
    spent.perRun = budgets.perRun;
    return spent;
}

Result<settings::PriceList> pricesOf(const Shared& workspace)
{
    const llm::PriceTable& table = workspace->models().prices();
    settings::PriceList list;
    const auto add = [&](const std::vector<llm::PriceEntry>& entries, bool own) {
        for (const llm::PriceEntry& entry : entries)
            list.rows.push_back({entry.model, entry.price, entry.from, entry.until, entry.source, own});
    };
    add(table.overrides(), true);
    add(table.published(), false);
    for (const auto& [name, endpoint] : workspace->config().models) {
        const bool stated = endpoint.price || endpoint.kind == llm::EndpointKind::Simulated;
        if (!stated && !table.priceOf(endpoint.model, today(systemNow())))
            list.unpriced.push_back(name);
    }
    return list;
}

settings::Finding findingOf(const llm::ProbeFinding& finding)
{
    using Ability = settings::Finding::Ability;
    const Ability ability = finding.ability == llm::Ability::Works   ? Ability::Works
                            : finding.ability == llm::Ability::Lacks ? Ability::Lacks
                                                                     : Ability::Fails;
    return {finding.what, ability, finding.says};
}

Result<std::vector<settings::Finding>> probeOf(const Shared& workspace, const llm::Endpoint& endpoint,
                                               std::stop_token stop,
                                               const std::function<void(const settings::Finding&)>& found)
{
    if (endpoint.kind == llm::EndpointKind::Simulated)
        return std::vector<settings::Finding>{{"simulated", settings::Finding::Ability::Works,
                                               "nothing to reach: it answers inside the program"}};
    std::vector<settings::Finding> findings;
    const auto take = [&](const llm::ProbeFinding& finding) {
        findings.push_back(findingOf(finding));
        found(findings.back());
    };
    if (const auto tested = workspace->models().test(endpoint.name, std::move(stop), take); !tested)
        return tl::unexpected(tested.error());
    return findings;
}

} // namespace

settings::Services settingsServices(const Shared& workspace, const std::shared_ptr<settings::KeyCache>& keys)
{
    settings::Services services;
    for (const auto& [name, endpoint] : workspace->config().models)
        services.endpoints.push_back(endpoint);
    services.probe = [workspace](const llm::Endpoint& endpoint, std::stop_token stop,
                                 const std::function<void(const settings::Finding&)>& found) {
        return probeOf(workspace, endpoint, std::move(stop), found);
    };
    services.spent = [workspace] { return spentOf(workspace); };
    services.prices = [workspace] { return pricesOf(workspace); };
    services.makeKeys = [places = workspace::secretPlaces(workspace->stateFolder()),
                         keys](QObject* parent) -> settings::KeyRing* {
        return new settings::Keychain(keyFiles(places), keys, parent);
    };
    return services;
}

} // namespace plumbline::ui::shell
