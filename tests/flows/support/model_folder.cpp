#include "tests/flows/support/model_folder.h"

#include <fstream>

#include <QByteArray>
#include <QtGlobal>

namespace plumbline::tests {

namespace {

void writeFile(const std::filesystem::path& file, const std::string& content)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
}

std::string text(double seconds)
{
    return std::to_string(static_cast<int>(seconds * 1000)) + "e-3";
}

} // namespace

void useOwnUserFolders(const std::filesystem::path& root)
{
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    for (const char* name :
         {"HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR"}) {
        std::filesystem::create_directories(root / name);
        qputenv(name, QByteArray::fromStdString((root / name).string()));
    }
}

ModelFolder::ModelFolder(std::filesystem::path home) : m_home(std::move(home))
{
    writeFile(m_home / "documents" / "falcon.md",
              policy({.id = "FAL-001", .body = kFalconSentence + "\n\nThe mews are cleaned on Mondays.\n"}));
    writeFile(m_home / "documents" / "heron.md",
              policy({.id = "HER-002", .body = "The heron pond is drained every 14 weeks.\n"}));
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"init", m_home.string()}, arguments({"index"})}) {
        const CommandOutcome outcome = plumbline(words);
        if (outcome.exitCode != 0)
            qFatal("%s", outcome.err.c_str());
    }
}

void ModelFolder::serve(const ModelAddress& address) const
{
    const auto given = [](const char* name, const std::string& value) {
        return value.empty() ? std::string() : std::string(", ") + name + ": \"" + value + "\"";
    };
    writeFile(
        m_home / "workspace.yaml",
        "name: served\ndocuments: {include: [documents]}\napproval: {default: approved}\nactor: A Tester\n"
        "models:\n  served: {model: echo, price: free, retries: " +
            std::to_string(address.retries) + given("url", address.url) + given("secret", address.secret) +
            given("ca_file", address.caFile) + ", timeouts: {connect: 1, first_token: " +
            text(address.firstTokenSeconds) + ", total: " + text(address.totalSeconds) + "}}\n");
}

CommandOutcome ModelFolder::command(std::vector<std::string> words) const
{
    return plumbline(arguments(std::move(words)));
}

std::vector<std::string> ModelFolder::arguments(std::vector<std::string> words) const
{
    words.insert(words.begin(), {"--workspace", m_home.string()});
    return words;
}

CommandOutcome ModelFolder::ask(const std::vector<std::string>& more, const std::string& question) const
{
    std::vector<std::string> words = {"ask",     question, "--prompt", "policy-answer@v1",
                                      "--model", "served", "--as-of",  "2026-11-24"};
    words.insert(words.end(), more.begin(), more.end());
    return command(std::move(words));
}

} // namespace plumbline::tests
