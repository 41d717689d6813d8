#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/workspace/skeleton.h"

namespace plumbline::cli {

void addInit(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("init", "make a folder a workspace");
    command->footer("Example: plumbline init ~/policies && plumbline --workspace ~/policies index");
    auto folder = std::make_shared<std::string>();
    command->add_option("dir", *folder, "the folder; made when it is not there")->required();
    command->callback([&session, folder] {
        auto made = workspace::makeSkeleton(*folder);
        if (!made) {
            session.fail(made.error());
            return;
        }
        if (session.json) {
            printJson({{"workspace", *folder}, {"config", made->string()}, {"approval_default", "approved"}});
        } else {
            std::cout << "made " << made->string()
                      << "\ndocuments without front matter count as approved here (approval.default: approved);"
                         " answers from them say \"approved by default\"\nnext: plumbline --workspace "
                      << *folder << " index\n";
        }
    });
}

} // namespace plumbline::cli
