#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/workspace/sample.h"
#include "app/workspace/skeleton.h"

namespace plumbline::cli {

namespace {

void prepareSample(Session& session)
{
    auto installed = workspace::findSample();
    auto copy = installed ? workspace::prepareSample(*installed) : installed;
    if (!copy) {
        session.fail(copy.error());
    } else if (session.json) {
        printJson({{"workspace", copy->string()}});
    } else {
        std::cout << copy->string() << '\n';
    }
}

} // namespace

void addInit(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("init", "make a folder a workspace");
    command->footer("Example: plumbline init ~/policies && plumbline --workspace ~/policies index");
    auto folder = std::make_shared<std::string>();
    auto sample = std::make_shared<bool>(false);
    auto* dir = command->add_option("dir", *folder, "the folder; made when it is not there");
    command
        ->add_flag("--sample", *sample,
                   "copy the sample workspace to the user's data folder instead, and print where it is")
        ->excludes(dir);
    command->callback([&session, folder, sample] {
        if (*sample) {
            prepareSample(session);
            return;
        }
        if (folder->empty()) {
            session.fail({ErrorCode::BadInput, "expected a folder, or --sample", "init"});
            return;
        }
        auto made = workspace::makeSkeleton(*folder);
        if (!made) {
            session.fail(made.error());
            return;
        }
        if (session.json) {
            printJson({{"workspace", *folder}, {"config", made->string()}, {"approval_default", "approved"}});
        } else {
            std::cout
                << "made " << made->string()
                << "\ndocuments without front matter count as approved here (approval.default: approved);"
                   " answers from them say \"approved by default\"\nnext: plumbline --workspace "
                << *folder << " index\n";
        }
    });
}

} // namespace plumbline::cli
