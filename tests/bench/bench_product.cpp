// The product as a whole against SQLite FTS5: from a folder to a generation in service, time and memory of a
// question at 100,000 chunks, one changed document among thousands, drift and refit. One line a figure; ends
// with 1 when a limit is broken. Usage: bench_product [chunks, default 100000]
#include <fstream>

#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include "app/corpus/document_rows.h"
#include "app/store/database.h"
#include "app/workspace/skeleton.h"
#include "app/workspace/workspace.h"
#include "tests/bench/figures.h"
#include "tests/bench/fts5.h"
#include "tests/bench/markdown_folder.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::bench;

namespace {

constexpr std::size_t kWords = 120; // a chunk
constexpr std::size_t kQuestions = 300;
constexpr Date kBefore = std::chrono::sys_days(std::chrono::year(2020) / 1 / 1); // everything is usable
constexpr Date kAfter = std::chrono::sys_days(std::chrono::year(2026) / 11 / 1); // a tenth has expired

std::unique_ptr<workspace::Workspace> makeWorkspace(const std::filesystem::path& home)
{
    std::filesystem::create_directories(home / "documents");
    valueOrExit(workspace::makeSkeleton(home));
    return valueOrExit(workspace::Workspace::open(home));
}

retrieval::IndexReport index(workspace::Workspace& workspace, const retrieval::IndexOptions& options)
{
    return valueOrExit(workspace.indexer().run(options, {}, {}));
}

retrieval::SearchResult ask(const workspace::Workspace& workspace, const std::string& question, Date asOf)
{
    retrieval::SearchRequest request;
    request.query = question;
    request.asOf = asOf;
    request.profile = valueOrExit(workspace.profile(""));
    return valueOrExit(workspace.searcher().search(request, {}));
}

// The texts of all chunks as they were indexed.
std::vector<std::string> chunkTexts(const workspace::Workspace& workspace)
{
    auto database = valueOrExit(store::Database::open(workspace.databaseFile()));
    const auto generation = valueOrExit(corpus::generationInService(database));
    std::vector<std::string> texts;
    for (const auto& document : valueOrExit(corpus::readDocuments(database, generation))) {
        const std::string text = valueOrExit(corpus::readText(database, document.key));
        const CodePoints points(text);
        for (const corpus::Chunk& chunk : valueOrExit(corpus::readChunks(database, document.key))) {
            texts.emplace_back(points.slice(chunk.span));
        }
    }
    return texts;
}

void indexFolder(Figures& figures)
{
    const tests::TemporaryFolder folder;
    SyntheticText text(7);
    const auto workspace = makeWorkspace(folder.path() / "w");
    const auto bytes = writeMarkdownFolder(workspace->home() / "documents", text, 3'000, 10'000);
    const double megabytes = static_cast<double>(bytes) / 1e6;
    const auto begun = Clock::now();
    const auto report = index(*workspace, workspace->indexOptions());
    const double ours = secondsSince(begun);
    const auto chunks = chunkTexts(*workspace);
    Fts5 fts5(folder.path() / "fts.db");
    const double theirs = fts5.insert(chunks);
    figures.print("folder of Markdown", megabytes, "MB");
    figures.print("  chunks", static_cast<double>(report.chunks), "");
    figures.print("  from nothing to a generation in service", ours, "s");
    figures.print("  rate", megabytes / ours, "MB/s");
    figures.print("  FTS5, inserts of the same chunks", theirs, "s");
    figures.atLeast("  rate against FTS5", theirs / ours, 0.08, "");
    const auto again = Clock::now();
    index(*workspace, workspace->indexOptions());
    figures.print("  a run with nothing to do", secondsSince(again), "s");
}

// Six to fifteen words: an opening and a run of words of some chunk, with its frequent ones.
std::string questionFrom(const std::string& chunk, SyntheticText& text)
{
    static const std::vector<std::string> openings = {"what is the",      "how do we",    "when does the",
                                                      "who approves the", "which of the", "how long can a"};
    std::istringstream in(chunk);
    const std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    const std::size_t count = 3 + text.topic() % 9;
    const std::size_t first = text.topic() % (words.size() - count);
    std::string question = openings[text.topic() % openings.size()];
    for (std::size_t i = first; i < first + count; ++i) {
        question += " " + words[i];
    }
    return question;
}

// Rows of one chunk each, a tenth of them expired in 2025.
std::vector<std::string> importChunks(workspace::Workspace& workspace, std::size_t count, SyntheticText& text,
                                      Figures& figures)
{
    const auto rows = workspace.home() / "rows.jsonl";
    std::vector<std::string> chunks;
    {
        std::ofstream out(rows);
        for (std::size_t i = 0; i < count; ++i) {
            chunks.push_back(text.passage(text.topic(), kWords));
            out << nlohmann::json{{"_id", "D" + std::to_string(i)}, {"title", ""}, {"text", chunks.back()}}
                       .dump()
                << '\n';
        }
    }
    retrieval::IndexOptions options = workspace.indexOptions();
    options.jsonl = rows;
    const auto begun = Clock::now();
    const auto report = index(workspace, options);
    figures.print("rows imported", static_cast<double>(report.chunks), "chunks");
    figures.print("  from nothing to a generation in service", secondsSince(begun), "s");
    auto database = valueOrExit(store::Database::open(workspace.databaseFile()));
    valueOrExit(database.run("UPDATE documents SET expires = '2025-06-30' WHERE key % 10 = 0"));
    valueOrExit(database.run("UPDATE service SET epoch = epoch + 1"));
    return chunks;
}

// Runs this program again to open the workspace, ask everything and say its peak of resident memory, in MB.
double peakMegabytes(const std::filesystem::path& home, const std::filesystem::path& questions)
{
    const auto result = home / "peak.txt";
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "bench_product", "--ask", home.c_str(), questions.c_str(), result.c_str(),
                nullptr);
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    std::ifstream in(result);
    double megabytes = 1e9; // no answer breaks the limit
    in >> megabytes;
    return megabytes;
}

int askAndTellPeak(const std::filesystem::path& home, const std::filesystem::path& questions,
                   const std::filesystem::path& result)
{
    const auto workspace = valueOrExit(workspace::Workspace::open(home));
    std::ifstream in(questions);
    std::string line;
    while (std::getline(in, line)) {
        ask(*workspace, line, kBefore);
        ask(*workspace, line, kAfter);
    }
    std::ifstream status("/proc/self/status");
    while (std::getline(status, line)) {
        if (line.starts_with("VmHWM:")) {
            std::ofstream(result) << std::stod(line.substr(6)) / 1024;
        }
    }
    return 0;
}

void askMany(std::size_t count, Figures& figures)
{
    const tests::TemporaryFolder folder;
    SyntheticText text(11);
    const auto workspace = makeWorkspace(folder.path() / "w");
    const auto chunks = importChunks(*workspace, count, text, figures);
    std::vector<std::string> questions;
    std::ofstream file(folder.path() / "questions.txt");
    for (std::size_t i = 0; i < kQuestions; ++i) {
        questions.push_back(questionFrom(chunks[i * 7919 % chunks.size()], text));
        file << questions.back() << '\n';
    }
    file.close();
    const auto first = Clock::now();
    ask(*workspace, questions.front(), kBefore);
    figures.print("  first question, with opening", secondsSince(first) * 1000, "ms");
    Fts5 fts5(folder.path() / "fts.db");
    fts5.insert(chunks);
    const auto times = timed(questions, 3,
                             {[&](const std::string& question) { ask(*workspace, question, kBefore); },
                              [&](const std::string& question) { ask(*workspace, question, kAfter); },
                              [&](const std::string& question) { fts5.ask(question); }});
    const Times& open = times[0];
    const Times& gated = times[1];
    const Times& theirs = times[2];
    figures.print("  FTS5 question, median", theirs.median, "ms");
    figures.print("  FTS5 question, 95th percentile", theirs.p95, "ms");
    figures.atMost("  question, median", open.median, 8, "ms");
    figures.atMost("  question, 95th percentile", open.p95, 25, "ms");
    figures.atMost("  median against FTS5", open.median / theirs.median, 0.2, "");
    figures.atMost("  95th percentile against FTS5", open.p95 / theirs.p95, 0.2, "");
    figures.print("  question with a tenth expired, median", gated.median, "ms");
    figures.print("  question with a tenth expired, 95th percentile", gated.p95, "ms");
    figures.atMost("  the gate adds to the median", 100 * (gated.median / open.median - 1), 30, "%");
    figures.atMost("  peak of memory, opening and asking",
                   peakMegabytes(workspace->home(), folder.path() / "questions.txt"), 500, "MB");
}

// Text in words that the space has not seen.
std::string foreign(std::string text)
{
    for (char& c : text) {
        c = c == 'a' ? 'y' : c == 'e' ? 'w' : c == 't' ? 'k' : c == 'n' ? 'h' : c;
    }
    return text;
}

void changeAndRefit(Figures& figures)
{
    const tests::TemporaryFolder folder;
    SyntheticText text(13);
    const auto workspace = makeWorkspace(folder.path() / "w");
    const auto documents = workspace->home() / "documents";
    writeMarkdownFolder(documents, text, 5'000, 4'000);
    const auto options = workspace->indexOptions();
    const auto report = index(*workspace, options);
    figures.print("documents in a folder", static_cast<double>(report.documents), "");
    double best = 1e9; // of five: the neighbours' load is not ours
    for (std::size_t i = 0; i < 5; ++i) {
        writeText(markdownFile(documents, i * 997), markdownPolicy(text, i * 997, 4'000));
        const auto begun = Clock::now();
        const auto changed = index(*workspace, options);
        best = std::min(best, secondsSince(begun));
        figures.atLeast("  documents updated", static_cast<double>(changed.updated), 1, "");
    }
    figures.atMost("  one of them changed", best, 1, "s");
    for (std::size_t i = 0; i < 300; ++i) {
        writeText(documents / "new" / (std::to_string(i) + ".md"),
                  "# Other\n\n" + foreign(text.passage(text.topic(), 400)));
    }
    figures.print("  drift after 300 documents in other words", index(*workspace, options).drift, "");
    auto refit = options;
    refit.refit = true;
    const auto begun = Clock::now();
    const auto refitted = index(*workspace, refit);
    figures.print("  refit", secondsSince(begun), "s");
    figures.atMost("  drift after the refit", refitted.drift, 0, "");
}

} // namespace

int main(int count, char** arguments)
{
    if (count == 5 && std::string(arguments[1]) == "--ask") {
        return askAndTellPeak(arguments[2], arguments[3], arguments[4]);
    }
    Figures figures;
    changeAndRefit(figures);
    indexFolder(figures);
    askMany(count > 1 ? static_cast<std::size_t>(std::strtoull(arguments[1], nullptr, 10)) : 100'000,
            figures);
    return figures.exitCode();
}
