#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/llm/probe.h"
#include "app/workspace/health.h"
#include "app/workspace/secrets.h"

namespace plumbline::cli {

namespace {

// Whether the endpoint answers at all; what more it can do costs tokens, and the Settings page asks for it.
workspace::ProbeFn reachability(const std::filesystem::path& home)
{
    const auto http = std::make_shared<const net::HttpClient>();
    const SecretSource secrets = workspace::secretSource(workspace::secretPlaces(home / ".plumbline"));
    return [http, secrets](const llm::Endpoint& endpoint) -> Result<std::string> {
        auto key = endpoint.secret.empty() ? Result<Secret>(Secret()) : secrets(endpoint.secret);
        if (!key) {
            return tl::unexpected(key.error());
        }
        std::stop_source enough;
        const auto findings = llm::probe(http, endpoint, *key, enough.get_token(),
                                         [&](const llm::ProbeFinding& /*first*/) { enough.request_stop(); });
        if (findings.empty()) {
            return failure(ErrorCode::Network, "it was not reached");
        }
        if (findings.front().ability == llm::Ability::Fails) {
            return failure(ErrorCode::Network, findings.front().says);
        }
        return findings.front().what + ": " + findings.front().says;
    };
}

} // namespace

void addDoctor(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("doctor", "what works on this machine and in this workspace");
    command->footer("Example: plumbline doctor --json");
    command->callback([&session] {
        auto folder = session.workspaceFolder();
        const auto checks =
            folder ? workspace::examine(*folder, reachability(*folder)) : workspace::examine({});
        bool well = true;
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const workspace::HealthCheck& check : checks) {
            well = well && check.state != workspace::HealthCheck::State::Failed;
            if (session.json) {
                list.push_back(
                    {{"name", check.name}, {"state", toString(check.state)}, {"detail", check.detail}});
            } else {
                std::cout << std::left << std::setw(8) << toString(check.state) << std::setw(22) << check.name
                          << check.detail << '\n';
            }
        }
        if (session.json) {
            printJson({{"well", well}, {"checks", list}});
        }
        session.exitCode = well ? kDone : kEnvironment;
    });
}

} // namespace plumbline::cli
