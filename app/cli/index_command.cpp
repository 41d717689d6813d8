#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/json_output.h"

namespace plumbline::cli {

namespace {

struct IndexFlags {
    bool rebuild = false;
    bool refit = false;
    bool rollback = false;
    std::string jsonl;
};

void printFiles(const char* what, const std::vector<retrieval::SkippedFile>& files)
{
    for (const retrieval::SkippedFile& file : files) {
        std::cout << what << ' ' << file.path << ": " << file.reason << '\n';
    }
}

void print(const retrieval::IndexReport& report)
{
    printFiles("skipped", report.skipped);
    printFiles("quarantined", report.quarantined);
    std::cout << "generation " << report.generation << ": " << report.documents << " documents, "
              << report.chunks << " chunks; " << report.added << " added, " << report.updated << " updated, "
              << report.removed << " removed, " << report.unchanged << " unchanged; " << std::fixed
              << std::setprecision(2) << report.seconds << " s";
    if (report.drift > 0) {
        std::cout << "; semantic space drift " << report.drift;
    }
    if (!report.embedder.empty()) {
        std::cout << "; " << report.embedded << " texts embedded by " << report.embedder << ", "
                  << report.reused << " vectors kept";
    }
    std::cout << '\n';
}

void rollBack(Session& session, workspace::Workspace& workspace)
{
    auto generation = workspace.indexer().rollback();
    if (!generation) {
        session.fail(generation.error());
    } else if (session.json) {
        printJson({{"generation", generation->number},
                   {"documents", generation->documents},
                   {"chunks", generation->chunks}});
    } else {
        std::cout << "generation " << generation->number << " is in service again: " << generation->documents
                  << " documents, " << generation->chunks << " chunks\n";
    }
}

} // namespace

void addIndex(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("index", "take the documents of the workspace into the index");
    command->footer("Example: plumbline index --json\n"
                    "Refit fits the semantic space anew over the stored texts; the drift it mends is shown "
                    "by every run.");
    auto flags = std::make_shared<IndexFlags>();
    command->add_flag("--rebuild", flags->rebuild, "read every file again");
    command->add_flag("--refit", flags->refit, "fit the semantic space anew");
    command->add_option("--from-jsonl", flags->jsonl,
                        R"(import rows {"_id","title","text"}, taken as approved)");
    command->add_flag("--rollback", flags->rollback, "put the generation before back into service");
    command->callback([&session, flags] {
        auto opened = session.open();
        if (!opened) {
            session.fail(opened.error());
            return;
        }
        workspace::Workspace& workspace = **opened;
        if (flags->rollback) {
            rollBack(session, workspace);
            return;
        }
        retrieval::IndexOptions options = workspace.indexOptions();
        options.rebuild = flags->rebuild;
        options.refit = flags->refit;
        if (!flags->jsonl.empty()) {
            options.jsonl = flags->jsonl;
        }
        auto report = workspace.indexer().run(options, session.stop, session.progress());
        if (!report) {
            session.fail(report.error());
        } else if (session.json) {
            printJson(toJson(*report));
        } else {
            print(*report);
        }
    });
}

} // namespace plumbline::cli
