#include "tests/flows/support/run_folder.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include <nlohmann/json.hpp>

#include "app/retrieval/generation_rows.h"
#include "app/store/database.h"

namespace plumbline::tests {

namespace {

constexpr int kParagraphs = 6;
constexpr unsigned kWords = 55; // of a paragraph
constexpr std::string_view kMark = "falconmark";

void writeFile(const std::filesystem::path& file, const std::string& content)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
}

std::string wordOf(unsigned number)
{
    std::string word;
    for (unsigned left = number + 1'000; left > 0; left /= 20) {
        word += "bcdfghklmnprstvwzxjq"[left % 20];
        word += "aeiou"[left % 5];
    }
    return word;
}

std::string documentText(std::size_t document, int run)
{
    std::minstd_rand random(static_cast<unsigned>(document) * 7'919U + static_cast<unsigned>(run) * 104'729U +
                            1U);
    std::string text = "# Policy " + std::to_string(document) + "\n";
    for (int paragraph = 0; paragraph < kParagraphs; ++paragraph) {
        text += paragraph % 2 == 0 ? "\n## Part " + std::to_string(paragraph) + "\n" : "";
        text += "\nThe " + std::string(kMark) + " of run " + std::to_string(run) + " stands in";
        for (unsigned i = 0; i < kWords; ++i) {
            text += " " + wordOf(static_cast<unsigned>(random() % 40U * (random() % 40U)));
        }
        text += ".\n";
    }
    return text;
}

// The numbers after "falconmark of run", each once.
void collectRuns(const std::string& passage, std::set<int>& runs)
{
    const std::string lead = std::string(kMark) + " of run ";
    for (std::size_t at = passage.find(lead); at != std::string::npos; at = passage.find(lead, at + 1)) {
        runs.insert(std::atoi(passage.c_str() + at + lead.size()));
    }
}

} // namespace

RunFolder::RunFolder(std::filesystem::path home, std::size_t documents)
    : m_home(std::move(home)), m_documents(documents)
{
    std::filesystem::create_directories(m_home / "documents");
    writeFile(m_home / "workspace.yaml", "name: runs\napproval: {default: approved}\nactor: A Tester\n");
}

void RunFolder::write(int run) const
{
    for (std::size_t i = 0; i < m_documents; ++i) {
        writeFile(m_home / "documents" / ("policy-" + std::to_string(i) + ".md"), documentText(i, run));
    }
}

std::vector<std::string> RunFolder::arguments(std::vector<std::string> command) const
{
    command.insert(command.begin(), {"--workspace", m_home.string()});
    return command;
}

CommandOutcome RunFolder::command(std::vector<std::string> command) const
{
    return plumbline(arguments(std::move(command)));
}

RunFolder::View RunFolder::view() const
{
    const CommandOutcome outcome =
        command({"search", std::string(kMark) + " of run", "--top", "1000", "--json"});
    if (outcome.exitCode != 0) {
        return {-1, "search exits " + std::to_string(outcome.exitCode) + ": " + outcome.err};
    }
    const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
    std::set<int> runs;
    std::set<std::string> documents;
    for (const auto& result : json.value("results", nlohmann::json::array())) {
        const std::size_t before = runs.size();
        collectRuns(result.value("passage", ""), runs);
        documents.insert(result.value("document", ""));
        if (runs.empty() || (before == 1 && runs.size() > 1)) {
            return {-1, "a passage is not of the same run as the others: " + result.dump().substr(0, 300)};
        }
    }
    if (runs.size() != 1 || documents.size() != m_documents) {
        return {-1, std::to_string(runs.size()) + " runs and " + std::to_string(documents.size()) +
                        " documents in one list"};
    }
    return {*runs.begin(), ""};
}

std::vector<std::string> RunFolder::strays() const
{
    std::vector<std::string> found;
    std::vector<std::string> needed;
    if (auto database = store::Database::open(state() / "plumbline.db")) {
        needed = retrieval::neededFiles(*database).value_or(std::vector<std::string>());
    }
    for (const auto& entry : std::filesystem::directory_iterator(state() / "index")) {
        const std::string name = entry.path().filename().string();
        if (std::ranges::find(needed, name) == needed.end()) {
            found.push_back("index/" + name);
        }
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_home)) {
        if (entry.path().extension() == ".partial") {
            found.push_back(entry.path().string());
        }
    }
    return found;
}

std::string unlikeOneLine(const CommandOutcome& outcome, int exitCode)
{
    const bool good = outcome.exitCode == exitCode && outcome.err.starts_with("plumbline: ") &&
                      outcome.out.empty() && std::ranges::count(outcome.err, '\n') == 1 &&
                      outcome.err.ends_with('\n');
    return good ? ""
                : "exit " + std::to_string(outcome.exitCode) + ", said: " + outcome.err +
                      outcome.out.substr(0, 300);
}

} // namespace plumbline::tests
