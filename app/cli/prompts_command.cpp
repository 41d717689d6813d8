#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/base/text.h"
#include "app/cli/commands.h"
#include "app/cli/prompts_json.h"
#include "app/prompts/render.h"

namespace plumbline::cli {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPassages = 8;

struct PromptFlags {
    std::string prompt;
    std::string other;
    std::string label;
    std::string why;
    std::string question;
    std::string asOf;
    std::string profile;
    bool rendered = false;
};

void with(Session& session, const std::function<Result<void>(workspace::Workspace&)>& act)
{
    auto opened = session.open();
    if (!opened) {
        session.fail(opened.error());
        return;
    }
    if (auto done = act(**opened); !done) {
        session.fail(done.error());
    }
}

// So that the history outside of Git begins when a version is first seen. A full disk is no reason not to
// show.
void remember(const Session& session, const workspace::Workspace& workspace)
{
    const auto kept = workspace.prompts().remember(workspace.actor(), systemNow(), session.stop);
    if (!kept && !session.quiet) {
        std::cerr << "plumbline: the history was not kept: " << kept.error().describe() << '\n';
    }
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : ", ") + word;
    }
    return out;
}

void printVersion(const prompts::PromptEntry& entry, const prompts::VersionEntry& one)
{
    std::cout << std::left << std::setw(24) << entry.name + "@v" + std::to_string(one.version) << ' '
              << std::setw(24) << joined(one.labels) << ' ';
    if (one.problem) {
        std::cout << "(" << one.problem->describe() << ")\n";
    } else {
        std::cout << foldedWhitespace(one.prompt->changeNote.empty() ? one.prompt->title
                                                                     : one.prompt->changeNote)
                  << '\n';
    }
}

Result<void> list(const Session& session, workspace::Workspace& workspace)
{
    remember(session, workspace);
    auto listing = workspace.prompts().list(session.stop);
    if (!listing) {
        return tl::unexpected(listing.error());
    }
    if (session.json) {
        ordered_json out = {{"prompts", ordered_json::array()}, {"ignored", ordered_json::array()}};
        for (const prompts::PromptEntry& entry : listing->prompts) {
            out["prompts"].push_back(toJson(entry));
        }
        for (const prompts::IgnoredFile& file : listing->ignored) {
            out["ignored"].push_back({{"path", file.path}, {"reason", file.reason}});
        }
        printJson(out);
        return {};
    }
    for (const prompts::PromptEntry& entry : listing->prompts) {
        for (const prompts::VersionEntry& one : entry.versions) {
            printVersion(entry, one);
        }
    }
    for (const prompts::IgnoredFile& file : listing->ignored) {
        std::cout << file.path << "  (ignored: " << file.reason << ")\n";
    }
    return {};
}

Result<void> show(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto prompt = workspace.prompts().load(flags.prompt);
    auto book =
        prompt ? workspace.prompts().labels() : Result<prompts::LabelBook>(tl::unexpected(prompt.error()));
    if (!book) {
        return tl::unexpected(book.error());
    }
    const prompts::PromptLabels& labels = (*book)[prompt->name];
    if (!session.json) {
        std::cout << "# " << prompt->id() << "  " << joined(labels.at(prompt->version)) << "\n# digest "
                  << prompt->digest << "\n"
                  << prompt->text;
        return {};
    }
    ordered_json out = toJson(*prompt);
    out["labels"] = labels.at(prompt->version);
    out["moves"] = ordered_json::array();
    for (const prompts::LabelMove& move : labels.moves) {
        if (move.version == prompt->version) {
            out["moves"].push_back(toJson(move));
        }
    }
    printJson(out);
    return {};
}

// What a search for the question brings; none where nothing is indexed, which is said.
Result<std::vector<prompts::PassageValue>>
passagesFor(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto asOf = dateOr(flags.asOf);
    auto profile =
        asOf ? workspace.profile(flags.profile) : Result<retrieval::Profile>(tl::unexpected(asOf.error()));
    if (!profile) {
        return tl::unexpected(profile.error());
    }
    auto found =
        workspace.searcher().search({flags.question, *asOf, *profile, kPassages, false, true}, session.stop);
    std::vector<prompts::PassageValue> out;
    if (!found && found.error().code == ErrorCode::NotFound) {
        if (!session.quiet) {
            std::cerr << "plumbline: without passages: " << found.error().describe() << '\n';
        }
        return out;
    }
    if (!found) {
        return tl::unexpected(found.error());
    }
    for (const retrieval::Passage& passage : found->passages) {
        out.push_back(
            {passage.rank, passage.document, passage.version, passage.title, passage.heading, passage.text});
    }
    return out;
}

Result<prompts::Rendered> rendered(const prompts::PromptVersion& prompt, const PromptFlags& flags,
                                   const std::vector<prompts::PassageValue>& passages)
{
    return prompts::render(prompt, prompts::valuesFor(prompt, flags.question, passages));
}

Result<void> diff(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto left = workspace.prompts().load(flags.prompt);
    auto right = left ? workspace.prompts().load(flags.other) : left;
    if (!right) {
        return tl::unexpected(right.error());
    }
    std::vector<prompts::PartDiff> messages;
    if (flags.rendered) {
        auto passages = passagesFor(session, workspace, flags);
        auto before = passages ? rendered(*left, flags, *passages)
                               : Result<prompts::Rendered>(tl::unexpected(passages.error()));
        auto after = before ? rendered(*right, flags, *passages) : before;
        if (!after) {
            return tl::unexpected(after.error());
        }
        messages = prompts::diffRendered(*before, *after);
    }
    const prompts::PromptDiff found = prompts::diffPrompts(*left, *right);
    if (session.json) {
        ordered_json out = toJson(found);
        if (flags.rendered) {
            out["messages"] = toJson(messages);
        }
        printJson(out);
    } else if (flags.rendered) {
        for (const prompts::PartDiff& part : messages) {
            std::cout << unified(part.diff, found.left + " message " + part.name,
                                 found.right + " message " + part.name);
        }
    } else {
        std::cout << unified(found.file, left->path, right->path);
    }
    return {};
}

Result<void> moveLabel(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto reference = prompts::parseReference(flags.prompt);
    if (reference && reference->version == 0) {
        return failure(ErrorCode::BadInput, "expected NAME@vN: a label is moved to a version", flags.prompt);
    }
    if (!reference) {
        return tl::unexpected(reference.error());
    }
    remember(session, workspace);
    auto move = workspace.prompts().moveLabel(
        {reference->name, reference->version, flags.label, flags.why, {}}, workspace.actor(), systemNow());
    if (!move) {
        return tl::unexpected(move.error());
    }
    if (session.json) {
        ordered_json out = toJson(*move);
        out["prompt"] = reference->name;
        printJson(out);
    } else {
        std::cout << reference->name << "@" << move->label << " is v" << move->version
                  << " now; recorded for " << move->who.name << '\n';
    }
    return {};
}

Result<void> renderOne(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto prompt = workspace.prompts().load(flags.prompt);
    auto passages = prompt ? passagesFor(session, workspace, flags)
                           : Result<std::vector<prompts::PassageValue>>(tl::unexpected(prompt.error()));
    auto out = passages ? rendered(*prompt, flags, *passages)
                        : Result<prompts::Rendered>(tl::unexpected(passages.error()));
    if (!out) {
        return tl::unexpected(out.error());
    }
    const ordered_json json = toJson(*out);
    if (session.json) {
        ordered_json all = {
            {"prompt", prompt->id()}, {"prompt_digest", prompt->digest}, {"passages", passages->size()}};
        all.update(json);
        printJson(all);
        return {};
    }
    for (std::size_t i = 0; i < out->messages.size(); ++i) {
        std::cout << (i > 0 ? "\n" : "") << "=== " << i + 1 << " "
                  << json["messages"][i]["role"].get<std::string>() << "\n"
                  << out->messages[i].content << '\n';
    }
    return {};
}

Result<void> history(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    remember(session, workspace);
    auto prompt = workspace.prompts().load(flags.prompt);
    auto past = prompt ? workspace.prompts().history(prompt->name, prompt->version, session.stop)
                       : Result<std::vector<prompts::PastVersion>>(tl::unexpected(prompt.error()));
    if (!past) {
        return tl::unexpected(past.error());
    }
    ordered_json all = ordered_json::array();
    for (const prompts::PastVersion& one : *past) {
        if (session.json) {
            all.push_back({{"commit", one.commit.empty() ? ordered_json() : ordered_json(one.commit)},
                           {"author", one.author},
                           {"at", one.at},
                           {"subject", one.subject},
                           {"text", one.text}});
        } else {
            std::cout << std::left << std::setw(12)
                      << (one.commit.empty() ? "store" : one.commit.substr(0, 12)) << ' ' << one.at << "  "
                      << one.author << (one.subject.empty() ? "" : "  ") << one.subject << '\n';
        }
    }
    if (session.json) {
        printJson(all);
    }
    return {};
}

Result<void> makeNext(const Session& session, workspace::Workspace& workspace, const PromptFlags& flags)
{
    auto path = workspace.prompts().makeNext(flags.prompt);
    if (!path) {
        return tl::unexpected(path.error());
    }
    if (session.json) {
        printJson({{"path", *path}});
    } else {
        std::cout << *path << '\n';
    }
    return {};
}

using Act = Result<void> (*)(const Session&, workspace::Workspace&, const PromptFlags&);

// A subcommand over one prompt, with an example.
CLI::App* addAct(CLI::App& command, Session& session, const std::shared_ptr<PromptFlags>& flags,
                 const char* name, const char* what, const char* example, Act act)
{
    auto* sub = command.add_subcommand(name, what);
    sub->footer(std::string("Example: plumbline prompts ") + example);
    sub->add_option("prompt", flags->prompt, "NAME@vN, NAME@LABEL or NAME")->required();
    sub->callback([&session, flags, act] {
        with(session, [&](workspace::Workspace& workspace) { return act(session, workspace, *flags); });
    });
    return sub;
}

void addSearchOptions(CLI::App& sub, PromptFlags& flags)
{
    sub.add_option("--as-of", flags.asOf, "passages in force at this date (YYYY-MM-DD)");
    sub.add_option("--profile", flags.profile, "a retrieval profile of workspace.yaml");
}

} // namespace

void addPrompts(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("prompts", "list, compare, render and label prompts");
    command->require_subcommand(1);
    command->footer("Example: plumbline prompts diff policy-answer@v2 policy-answer@v3");
    auto flags = std::make_shared<PromptFlags>();
    auto* listing = command->add_subcommand("list", "all versions with their labels and change notes");
    listing->footer("Example: plumbline prompts list --json");
    listing->callback([&session] {
        with(session, [&](workspace::Workspace& workspace) { return list(session, workspace); });
    });
    addAct(*command, session, flags, "show", "a version: its file, labels and digest",
           "show policy-answer@production", show);
    auto* comparing =
        addAct(*command, session, flags, "diff", "two versions as a unified diff, or JSON hunks",
               "diff policy-answer@v2 policy-answer@v3 --rendered --question 'Who approves it?'", diff);
    comparing->add_option("other", flags->other, "the version to compare with")->required();
    auto* question = comparing->add_option("--question", flags->question, "what both are rendered for");
    comparing->add_flag("--rendered", flags->rendered, "the messages as sent instead of the files")
        ->needs(question);
    addSearchOptions(*comparing, *flags);
    auto* labelling =
        addAct(*command, session, flags, "label", "move a label to a version; the move is recorded",
               "label policy-answer@v3 production --why 'Passed the golden suite'", moveLabel);
    labelling->add_option("label", flags->label, "production, canary, candidate or one of your own")
        ->required();
    labelling->add_option("--why", flags->why, "the reason; it stands in the label's history")->required();
    auto* rendering =
        addAct(*command, session, flags, "render", "the messages as they are sent",
               "render policy-answer@v3 --question 'Who approves break-glass access?'", renderOne);
    rendering->add_option("--question", flags->question, "the question or the ticket")->required();
    addSearchOptions(*rendering, *flags);
    addAct(*command, session, flags, "history",
           "what the file of a version has been: Git's commits, or what was seen", "history policy-answer@v1",
           history);
    addAct(*command, session, flags, "new", "copy the highest version to the next, with an empty change note",
           "new policy-answer", makeNext);
}

} // namespace plumbline::cli
