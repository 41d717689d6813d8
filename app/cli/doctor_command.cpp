#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/workspace/health.h"

namespace plumbline::cli {

void addDoctor(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("doctor", "what works on this machine and in this workspace");
    command->footer("Example: plumbline doctor --json");
    command->callback([&session] {
        auto folder = session.workspaceFolder();
        const auto checks = workspace::examine(folder ? std::optional(*folder) : std::nullopt);
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
