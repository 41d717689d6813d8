#include <algorithm>
#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/json_output.h"

namespace plumbline::cli {

namespace {

struct CorpusFlags {
    std::string document;
    std::string asOf;
    bool text = false;
};

// Opens the workspace and reads --as-of, or says why not.
void with(Session& session, const CorpusFlags& flags,
          const std::function<Result<void>(workspace::Workspace&, Date)>& act)
{
    auto opened = session.open();
    auto date = dateOr(flags.asOf);
    if (!opened || !date) {
        session.fail(!opened ? opened.error() : date.error());
        return;
    }
    if (auto done = act(**opened, *date); !done) {
        session.fail(done.error());
    }
}

std::string stateWord(const corpus::DocumentRow& row)
{
    if (row.skipped) {
        return "skipped";
    }
    if (row.verdict == corpus::Verdict::Usable) {
        return row.approval == corpus::Approval::ByDefault ? "approved by default" : "approved";
    }
    return std::string(toString(row.verdict));
}

void printRow(const corpus::DocumentRow& row)
{
    std::cout << std::left << std::setw(12) << row.id << ' ' << std::setw(6) << row.version << ' '
              << std::setw(20) << stateWord(row) << ' ' << row.title
              << (row.reason.empty() ? "" : "  (" + row.reason + ")") << '\n';
}

Result<void> list(const Session& session, workspace::Workspace& workspace, Date asOf)
{
    auto rows = workspace.library().list(asOf, session.stop);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const corpus::DocumentRow& row : *rows) {
        if (session.json) {
            all.push_back(toJson(row));
        } else {
            printRow(row);
        }
    }
    if (session.json) {
        printJson(all);
    }
    return {};
}

Result<void> notices(const Session& session, workspace::Workspace& workspace)
{
    auto found = workspace.library().notices();
    if (!found) {
        return tl::unexpected(found.error());
    }
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const corpus::Notice& notice : *found) {
        if (session.json) {
            all.push_back(
                {{"kind", notice.kind}, {"detail", notice.detail}, {"documents", notice.documents}});
        } else {
            std::cout << std::left << std::setw(15) << notice.kind << ' ' << notice.detail << '\n';
        }
    }
    if (session.json) {
        printJson(all);
    } else if (found->empty()) {
        std::cout << "no notices\n";
    }
    return {};
}

void printFacts(const corpus::DocumentRow& row)
{
    const auto line = [](const char* name, const std::string& value) {
        if (!value.empty()) {
            std::cout << std::left << std::setw(15) << name << value << '\n';
        }
    };
    line("id", row.id);
    line("title", row.title);
    line("version", row.version);
    line("state", stateWord(row));
    line("owner", row.owner);
    line("effective", row.effective ? plumbline::toString(*row.effective) : "");
    line("expires", row.expires ? plumbline::toString(*row.expires) : "");
    line("classification", row.classification);
    line("path", row.path);
    line("chunks", std::to_string(row.chunks));
    line("digest", row.digest);
    line("remark", row.reason);
}

Result<void> show(const Session& session, workspace::Workspace& workspace, const CorpusFlags& flags,
                  Date asOf)
{
    auto view = workspace.library().show(flags.document, asOf);
    if (!view) {
        return tl::unexpected(view.error());
    }
    if (session.json) {
        auto out = toJson(view->row);
        if (flags.text) {
            out["text"] = view->text;
        }
        printJson(out);
    } else if (flags.text && view->row.key == 0) {
        return failure(ErrorCode::BadInput, "its text is not kept: " + view->row.reason, view->row.path);
    } else if (flags.text) {
        std::cout << view->text;
    } else {
        printFacts(view->row);
    }
    return {};
}

void addAct(CLI::App& command, Session& session, const char* name, const char* what, const char* said,
            Result<corpus::DocumentRow> (corpus::Library::*act)(std::string_view, const Actor&, Timestamp)
                const)
{
    auto flags = std::make_shared<CorpusFlags>();
    auto* sub = command.add_subcommand(name, what);
    sub->add_option("document", flags->document, "id, id@version or path")->required();
    sub->callback([&session, flags, said, act] {
        with(session, *flags, [&](workspace::Workspace& workspace, Date) -> Result<void> {
            const Actor actor = workspace.actor();
            auto row = (workspace.library().*act)(flags->document, actor, systemNow());
            if (!row) {
                return tl::unexpected(row.error());
            }
            if (session.json) {
                auto out = toJson(*row);
                out["actor"] = actor.name;
                printJson(out);
            } else {
                std::cout << row->id << (row->version.empty() ? "" : "@" + row->version) << ": " << said
                          << "; recorded for " << actor.name << '\n';
            }
            return {};
        });
    });
}

} // namespace

void addCorpus(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("corpus", "list, show, approve and release documents; notices about them");
    command->require_subcommand(1);
    command->footer("Example: plumbline corpus show IR-001 --text");
    auto flags = std::make_shared<CorpusFlags>();
    auto* listing =
        command->add_subcommand("list", "all versions, with what may be used and what was skipped");
    listing->add_option("--as-of", flags->asOf, "what may be used at this date (YYYY-MM-DD)");
    listing->callback([&session, flags] {
        with(session, *flags,
             [&](workspace::Workspace& workspace, Date asOf) { return list(session, workspace, asOf); });
    });
    command
        ->add_subcommand("notices", "near-duplicates, superseded versions and approvals that an edit voided")
        ->callback([&session, flags] {
            with(session, *flags,
                 [&](workspace::Workspace& workspace, Date) { return notices(session, workspace); });
        });
    auto* showing = command->add_subcommand("show", "the facts of a document, or its stored text");
    showing->add_option("document", flags->document, "id, id@version or path")->required();
    showing->add_option("--as-of", flags->asOf, "the version that speaks at this date (YYYY-MM-DD)");
    showing->add_flag("--text", flags->text, "the stored text");
    showing->callback([&session, flags] {
        with(session, *flags, [&](workspace::Workspace& workspace, Date asOf) {
            return show(session, workspace, *flags, asOf);
        });
    });
    addAct(*command, session, "approve", "record an approval of the text as it is indexed now", "approved",
           &corpus::Library::approve);
    addAct(*command, session, "release", "let a document out of quarantine; the next index run takes it in",
           "released from quarantine (run `plumbline index` to take it in)", &corpus::Library::release);
}

} // namespace plumbline::cli
