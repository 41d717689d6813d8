#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iomanip>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/batch.h"
#include "app/cli/commands.h"

namespace plumbline::cli {

namespace {

struct RetrieveFlags {
    std::string queries;
    std::string run;
    std::size_t top = 100;
    std::string asOf;
    std::string profile;
};

// A run file separates its fields by blanks: an identifier must not hold any.
std::string field(std::string id)
{
    std::ranges::replace_if(
        id, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }, '_');
    return id;
}

Result<void> writeQuery(const workspace::Workspace& workspace, const retrieval::SearchRequest& request,
                        const std::string& id, std::ostream& out, const std::stop_token& stop)
{
    auto result = workspace.searcher().searchDocuments(request, stop);
    if (!result) {
        return tl::unexpected(result.error());
    }
    for (const retrieval::Passage& passage : result->passages) {
        out << id << " Q0 " << field(passage.document) << ' ' << passage.rank << ' ' << std::fixed
            << std::setprecision(6) << passage.score << ' ' << request.profile.name << '\n';
    }
    return {};
}

Result<void> writeRun(const Session& session, const workspace::Workspace& workspace,
                      const RetrieveFlags& flags, std::ifstream& queries, std::ostream& out)
{
    auto profile = workspace.profile(flags.profile);
    auto date = dateOr(flags.asOf);
    if (!profile || !date) {
        return tl::unexpected(!profile ? profile.error() : date.error());
    }
    std::string line;
    for (std::size_t number = 1; out && std::getline(queries, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        const auto row = nlohmann::json::parse(line, nullptr, false);
        const bool shaped = row.is_object() && row.contains("_id") && row["_id"].is_string() &&
                            row.contains("text") && row["text"].is_string();
        if (!shaped) {
            return failure(ErrorCode::BadInput, R"(expected {"_id": "…", "text": "…"} on one line)",
                           flags.queries + ":" + std::to_string(number));
        }
        const retrieval::SearchRequest request{
            row["text"].get<std::string>(), *date, *profile, flags.top, false, false};
        if (auto done =
                writeQuery(workspace, request, field(row["_id"].get<std::string>()), out, session.stop);
            !done) {
            return done;
        }
    }
    return {};
}

Result<void> retrieve(const Session& session, const RetrieveFlags& flags)
{
    auto opened = session.open();
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::ifstream queries(flags.queries, std::ios::binary);
    if (!queries || std::filesystem::is_directory(flags.queries)) {
        return failure(ErrorCode::BadInput, "cannot be read; expected a file of JSON Lines", flags.queries);
    }
    const std::string partial = flags.run + ".partial";
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    if (auto done = writeRun(session, **opened, flags, queries, out); !done) {
        return done;
    }
    out.close();
    if (!out) {
        return tl::unexpected(fileError(errno, "write", partial));
    }
    std::error_code failed;
    std::filesystem::rename(partial, flags.run, failed);
    if (failed) {
        return tl::unexpected(fileError(failed.value(), "write", flags.run));
    }
    return {};
}

} // namespace

void addRetrieve(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("retrieve", "a TREC run over many queries: best passage of each document");
    command->footer("Example: plumbline retrieve --queries queries.jsonl --run run.trec --top 100");
    auto flags = std::make_shared<RetrieveFlags>();
    command->add_option("--queries", flags->queries, R"(rows {"_id","text"})")->required();
    command->add_option("--run", flags->run, "the run file to write")->required();
    command->add_option("--top", flags->top, "documents a query")->check(CLI::Range(1, 1000));
    command->add_option("--as-of", flags->asOf, "what was in force at this date (YYYY-MM-DD)");
    command->add_option("--profile", flags->profile, "a retrieval profile of workspace.yaml");
    command->callback([&session, flags] {
        if (auto done = retrieve(session, *flags); !done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
