#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "app/cli/eval_commands.h"
#include "app/evals/promptfoo_import.h"

namespace plumbline::cli {

namespace {

using evals::KindSupport;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

struct ImportFlags {
    std::string file;
    std::string name;
    bool force = false;
};

const char* wordFor(KindSupport support)
{
    return support == KindSupport::Approximate     ? "approximate"
           : support == KindSupport::NotExecutable ? "not_executable"
                                                   : "exact";
}

ordered_json toJson(const evals::PromptfooImport& import, const std::string& path)
{
    ordered_json value = {{"suite", path}, {"cases", import.suite["cases"].size()}};
    ordered_json& groups = value["assertions"];
    for (const char* word : {"exact", "approximate", "not_executable"})
        groups[word] = ordered_json::array();
    for (const evals::ImportedAssertion& one : import.assertions)
        groups[wordFor(one.support)].push_back(
            {{"type", one.type}, {"where", one.where}, {"reason", one.reason}});
    value["notes"] = import.notes;
    return value;
}

void printText(const evals::PromptfooImport& import, const std::string& path)
{
    std::map<KindSupport, int> counts;
    for (const evals::ImportedAssertion& one : import.assertions)
        ++counts[one.support];
    std::cout << path << ": " << import.suite["cases"].size()
              << " cases; assertions: " << counts[KindSupport::Exact] << " exact, "
              << counts[KindSupport::Approximate] << " approximate, " << counts[KindSupport::NotExecutable]
              << " not executable\n";
    for (const evals::ImportedAssertion& one : import.assertions)
        if (one.support != KindSupport::Exact)
            std::cout << "  " << one.where << ": " << one.type << ": "
                      << (one.support == KindSupport::Approximate ? "approximate: " : "not executable: ")
                      << one.reason << "\n";
    for (const std::string& note : import.notes)
        std::cout << "  note: " << note << "\n";
}

Result<std::string> write(const evals::PromptfooImport& import, const ImportFlags& flags,
                          const fs::path& home)
{
    const fs::path source = fs::path(flags.file);
    std::string name = flags.name.empty() ? source.stem().string() : flags.name;
    if (flags.name.empty() && name == "promptfooconfig") // every folder has one: its folder says more
        name = fs::absolute(source).parent_path().filename().string();
    if (name.empty() || name.find('/') != std::string::npos || name.front() == '.')
        return failure(ErrorCode::BadInput, "expected the name of a suite without slashes: give --name",
                       name);
    const fs::path path = fs::path("suites") / (name + ".yaml");
    std::error_code ignored;
    if (fs::exists(home / path, ignored) && !flags.force)
        return failure(ErrorCode::BadInput,
                       "the suite is already there: give --name, or --force to replace it",
                       path.generic_string());
    fs::create_directories(home / "suites", ignored);
    const std::string head = "# Imported from " + source.filename().string() + " of promptfoo.\n";
    if (auto written = writeFileAtomically(home / path, head + evals::suiteText(import.suite)); !written)
        return tl::unexpected(written.error());
    return path.generic_string();
}

void importFile(const ImportFlags& flags, Session& session)
{
    const auto home = session.workspaceFolder();
    if (!home)
        return session.fail(home.error());
    const auto import = evals::importPromptfoo(flags.file);
    if (!import)
        return session.fail(import.error());
    const auto path = write(*import, flags, *home);
    if (!path)
        return session.fail(path.error());
    if (session.json)
        printJson(toJson(*import, *path));
    else
        printText(*import, *path);
}

} // namespace

void addEvalImport(CLI::App& eval, Session& session)
{
    auto flags = std::make_shared<ImportFlags>();
    CLI::App* const command = eval.add_subcommand(
        "import", "Write a suite from a configuration of promptfoo, and say what becomes of it");
    command->add_option("FILE", flags->file, "promptfooconfig.yaml")->required();
    command->add_option("--name", flags->name, "The suite's name; else the file's, or its folder's");
    command->add_flag("--force", flags->force, "Replace a suite of that name");
    command->footer("Example:\n  plumbline eval import triage/promptfooconfig.yaml");
    command->callback([flags, &session] { importFile(*flags, session); });
}

} // namespace plumbline::cli
