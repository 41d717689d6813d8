#include "app/workspace/health.h"

#include <unistd.h>

#include "app/retrieval/versions.h"
#include "app/store/check.h"
#include "app/workspace/identity.h"
#include "app/workspace/secrets.h"
#include "app/workspace/workspace.h"

namespace plumbline::workspace {

namespace {

namespace fs = std::filesystem;
using State = HealthCheck::State;

HealthCheck failed(std::string name, const Error& error)
{
    return {std::move(name), State::Failed, error.describe()};
}

HealthCheck diskSpace(const fs::path& folder)
{
    std::error_code error;
    const auto space = fs::space(folder, error);
    if (error) {
        return {"disk", State::Failed, folder.string() + ": " + error.message()};
    }
    const auto megabytes = space.available / 1'000'000;
    return {"disk", megabytes < 200 ? State::Failed : State::Fine,
            std::to_string(megabytes) + " MB free" +
                (megabytes < 200 ? "; free some space before indexing" : "")};
}

HealthCheck database(const Workspace& workspace)
{
    auto whole = store::checkWhole(workspace.databaseFile());
    return whole ? HealthCheck{"database", State::Fine, "whole, schema " + std::to_string(*whole)}
                 : failed("database", whole.error());
}

HealthCheck index(Workspace& workspace)
{
    auto generations = workspace.indexer().generations();
    if (!generations) {
        return failed("index", generations.error());
    }
    if (generations->empty()) {
        return {"index", State::Noted, "nothing is indexed yet; run `plumbline index`"};
    }
    auto profile = workspace.profile("");
    retrieval::SearchRequest request{"test", today(systemNow()), *profile, 1, false};
    auto found = workspace.searcher().search(request, {});
    if (!found) {
        return failed("index", found.error());
    }
    return {"index", State::Fine,
            "generation " + std::to_string(found->generation) + ", " + std::to_string(found->chunks) +
                " chunks, " + std::to_string(found->usableChunks) + " may be used today"};
}

std::string keyProblem(const llm::Endpoint& endpoint, const SecretSource& secrets)
{
    if (endpoint.secret.empty()) {
        return {};
    }
    const auto key = secrets(endpoint.secret);
    return key ? std::string() : key.error().describe();
}

std::string priceOf(const llm::Endpoint& endpoint, const llm::PriceTable& prices)
{
    if (endpoint.kind == llm::EndpointKind::Simulated) {
        return "simulated";
    }
    const auto price = endpoint.price ? endpoint.price : prices.priceOf(endpoint.model, today(systemNow()));
    return !price ? "price unknown" : *price == llm::Price{} ? "free" : "price known";
}

// An endpoint that does not answer is no fault of this machine: the embedded answerer works without it.
HealthCheck model(const llm::Endpoint& endpoint, const SecretSource& secrets, const llm::PriceTable& prices,
                  const ProbeFn& probe)
{
    HealthCheck check;
    check.name = "model " + endpoint.name;
    check.detail = std::string(toString(endpoint.kind)) + ", " +
                   (endpoint.url.empty() ? std::string() : endpoint.model + " at " + endpoint.url + ", ") +
                   priceOf(endpoint, prices);
    if (const std::string problem = keyProblem(endpoint, secrets); !problem.empty()) {
        return {check.name, State::Noted, check.detail + "; " + problem};
    }
    if (endpoint.kind == llm::EndpointKind::Simulated || !probe) {
        return check;
    }
    const auto answered = probe(endpoint);
    check.state = answered ? State::Fine : State::Noted;
    check.detail += "; " + (answered ? *answered : answered.error().describe());
    return check;
}

void examineModels(const Config& config, const fs::path& state, const ProbeFn& probe,
                   std::vector<HealthCheck>& checks)
{
    checks.push_back({"models", State::Fine,
                      config.models.empty()
                          ? "embedded (extractive, offline); no endpoint is configured"
                          : "embedded (extractive, offline); default is " + config.defaultModel});
    auto builtIn = llm::PriceTable::builtIn();
    if (!builtIn) {
        checks.push_back(failed("prices", builtIn.error()));
        return;
    }
    const auto prices = builtIn->withOverrides(config.prices);
    const auto secrets = secretSource(secretPlaces(state));
    for (const auto& [name, endpoint] : config.models) {
        checks.push_back(model(endpoint, secrets, prices, probe));
    }
}

// A workspace in which nothing was made yet.
void examineFresh(const fs::path& home, const ProbeFn& probe, std::vector<HealthCheck>& checks)
{
    auto config = Workspace::check(home);
    if (!config) {
        checks.push_back(failed("workspace", config.error()));
        return;
    }
    checks.push_back({"workspace", State::Fine, home.string()});
    const bool writable = ::access(home.c_str(), W_OK) == 0;
    checks.push_back(
        {"folder", writable ? State::Fine : State::Failed,
         writable ? "can be written" : home.string() + " cannot be written; check its permissions"});
    checks.push_back(diskSpace(home));
    checks.push_back({"database", State::Noted, "not made yet; `plumbline index` makes it"});
    checks.push_back({"index", State::Noted, "nothing is indexed yet; run `plumbline index`"});
    const Actor actor = actorAt(home, config->actor);
    checks.push_back({"acting as", State::Fine, actor.name + " (" + actor.knownHow + ")"});
    examineModels(*config, home / ".plumbline", probe, checks);
}

void examineWorkspace(const fs::path& home, const ProbeFn& probe, std::vector<HealthCheck>& checks)
{
    std::error_code ignored;
    const bool fresh =
        fs::exists(home / "workspace.yaml", ignored) && !fs::exists(home / ".plumbline", ignored);
    if (fresh) { // opening it would make the folder, and looking must change nothing
        examineFresh(home, probe, checks);
        return;
    }
    auto opened = Workspace::open(home);
    if (!opened) {
        checks.push_back(failed("workspace", opened.error()));
        return;
    }
    Workspace& workspace = **opened;
    checks.push_back({"workspace", State::Fine, home.string()});
    const bool writable = ::access(workspace.stateFolder().c_str(), W_OK) == 0;
    checks.push_back({"folder", writable ? State::Fine : State::Failed,
                      writable
                          ? "can be written"
                          : workspace.stateFolder().string() + " cannot be written; check its permissions"});
    checks.push_back(diskSpace(home));
    checks.push_back(database(workspace));
    checks.push_back(index(workspace));
    const Actor actor = workspace.actor();
    checks.push_back({"acting as", State::Fine, actor.name + " (" + actor.knownHow + ")"});
    examineModels(workspace.config(), workspace.stateFolder(), probe, checks);
}

} // namespace

std::string_view toString(State state)
{
    return state == State::Fine ? "ok" : state == State::Noted ? "note" : "failed";
}

std::vector<HealthCheck> examine(const std::optional<fs::path>& home, const ProbeFn& probe)
{
    std::vector<HealthCheck> checks;
    checks.push_back({"plumbline", State::Fine, PLUMBLINE_VERSION});
    checks.push_back({"libraries", State::Fine,
                      "SQLite " + store::sqliteVersion() + ", Xapian " + retrieval::xapianVersion()});
    if (home) {
        examineWorkspace(*home, probe, checks);
    } else {
        checks.push_back(
            {"workspace", State::Noted, "none here or above; make one with `plumbline init DIR`"});
    }
    return checks;
}

} // namespace plumbline::workspace
