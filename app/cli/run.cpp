#include <iostream>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "app/cli/commands.h"

namespace plumbline::cli {

namespace {

void addGlobals(CLI::App& app, Session& session)
{
    app.add_option("--workspace", session.workspace,
                   "folder with workspace.yaml (else $PLUMBLINE_WORKSPACE, else the nearest one upward)");
    app.add_flag("--json", session.json, "print one JSON value, or JSON Lines for batches");
    app.add_flag("--quiet", session.quiet, "no progress, no remarks");
    app.add_flag("--no-color", session.noColor, "no colours (also NO_COLOR)");
    app.add_option("--log-level", session.logLevel,
                   "trace, debug, info, warning, error or off; logs go to stderr")
        ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}));
    app.set_version_flag("--version", "plumbline " PLUMBLINE_VERSION);
}

void startLogging(const Session& session)
{
    auto logger = spdlog::stderr_color_mt("plumbline");
    logger->set_level(spdlog::level::from_str(session.logLevel));
    spdlog::set_default_logger(std::move(logger));
}

// `help COMMAND`: the same text as COMMAND --help.
void addHelp(CLI::App& app, Session& session)
{
    auto* help = app.add_subcommand("help", "show a command with an example");
    auto name = std::make_shared<std::string>();
    help->add_option("command", *name, "which command");
    help->callback([&app, &session, name] {
        if (name->empty()) {
            std::cout << app.help();
            return;
        }
        const auto commands =
            app.get_subcommands([&](const CLI::App* one) { return one->get_name() == *name; });
        if (commands.empty()) {
            session.fail({ErrorCode::BadInput,
                          "there is no command '" + *name + "'; `plumbline help` lists them", ""});
            return;
        }
        std::cout << commands.front()->help("plumbline");
    });
}

// The first word that is neither an option nor the value of one was meant as a command.
std::string missingCommand(int argc, const char* const* argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--workspace" || word == "--log-level") {
            ++i;
        } else if (!word.starts_with('-')) {
            return "there is no command '" + std::string(word) + "'";
        }
    }
    return "a command is missing";
}

} // namespace

int run(int argc, const char* const* argv, std::stop_token stop)
{
    Session session;
    session.stop = std::move(stop);
    CLI::App app("Cited answers from approved documents", "plumbline");
    app.require_subcommand(1);
    app.fallthrough();
    addGlobals(app, session);
    for (auto* add : {addInit, addIndex, addCorpus, addSearch, addRetrieve, addAsk, addGround, addPrompts,
                      addEval, addCost, addValidate, addDoctor, addHelp}) {
        add(app, session);
    }
    app.parse_complete_callback([&session] { startLogging(session); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::cout << app.help();
        return kDone;
    } catch (const CLI::CallForAllHelp&) {
        std::cout << app.help("", CLI::AppFormatMode::All);
        return kDone;
    } catch (const CLI::CallForVersion&) {
        std::cout << "plumbline " PLUMBLINE_VERSION "\n";
        return kDone;
    } catch (const CLI::RequiredError& error) {
        if (app.get_subcommands().empty()) {
            std::cerr << "plumbline: " << missingCommand(argc, argv) << "; `plumbline help` lists them\n";
        } else {
            std::cerr << "plumbline: " << error.what() << "; `plumbline help` shows how\n";
        }
        return kBadInput;
    } catch (const CLI::ParseError& error) {
        std::cerr << "plumbline: " << error.what() << "; `plumbline help` shows how\n";
        return kBadInput;
    }
    return session.exitCode;
}

} // namespace plumbline::cli
