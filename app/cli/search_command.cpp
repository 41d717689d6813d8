#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/base/text.h"
#include "app/cli/commands.h"
#include "app/cli/json_output.h"

namespace plumbline::cli {

namespace {

struct SearchFlags {
    std::string query;
    std::size_t top = 10;
    std::string asOf;
    std::string profile;
    bool explain = false;
    std::string why;
};

Result<retrieval::SearchRequest> requestOf(const workspace::Workspace& workspace, const SearchFlags& flags)
{
    auto profile = workspace.profile(flags.profile);
    auto date = dateOr(flags.asOf);
    if (!profile || !date) {
        return tl::unexpected(!profile ? profile.error() : date.error());
    }
    return retrieval::SearchRequest{flags.query, *date, *profile, flags.top, flags.explain};
}

void printPassage(const retrieval::Passage& passage, bool explain)
{
    std::cout << std::fixed << std::setprecision(3) << std::setw(3) << passage.rank << "  " << passage.score
              << "  " << passage.document << '@' << passage.version << "  " << passage.heading << '\n';
    std::cout << "     " << foldedWhitespace(passage.text).substr(0, 160) << '\n';
    if (explain) {
        std::cout << "     lexical " << passage.scores.lexical << "  vector " << passage.scores.vector
                  << "  fused " << passage.scores.fused;
        if (passage.scores.relevance) {
            std::cout << "  relevance " << *passage.scores.relevance;
        }
        std::cout << "  rerank " << passage.scores.rerank << "\n     terms";
        for (const retrieval::TermMatch& match : passage.matches) {
            std::cout << "  " << match.term << ' ' << match.weight;
        }
        std::cout << '\n';
    }
}

void print(const retrieval::SearchResult& result, bool explain)
{
    for (const retrieval::Passage& passage : result.passages) {
        printPassage(passage, explain);
    }
    if (result.passages.empty()) {
        std::cout << "no passage matches\n";
    }
    if (explain) {
        std::cout << "profile " << result.profile << "; vectors of "
                  << (result.embedder.empty() ? "the latent space" : result.embedder) << "; reranked by "
                  << (result.reranker.empty() ? "features" : result.reranker) << '\n'
                  << result.usableChunks << " of " << result.chunks << " chunks may be used\n";
        for (const retrieval::Dropped& one : result.dropped) {
            std::cout << "kept out: " << one.document << '@' << one.version << "  "
                      << (one.fileGone ? "file gone" : corpus::toString(one.verdict)) << "  " << one.score
                      << '\n';
        }
    }
}

Result<void> search(const Session& session, const workspace::Workspace& workspace, const SearchFlags& flags)
{
    auto request = requestOf(workspace, flags);
    if (!request) {
        return tl::unexpected(request.error());
    }
    if (!flags.why.empty()) {
        auto why = workspace.searcher().why(*request, flags.why, session.stop);
        if (!why) {
            return tl::unexpected(why.error());
        }
        if (session.json) {
            printJson(toJson(*why));
            return {};
        }
        std::cout << why->document << ": " << why->verdict << '\n';
        for (const std::string& term : why->missingTerms) {
            std::cout << "  lacks \"" << term << "\"\n";
        }
        return {};
    }
    auto result = workspace.searcher().search(*request, session.stop);
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (session.json) {
        printJson(toJson(*result, flags.explain));
    } else {
        print(*result, flags.explain);
    }
    return {};
}

} // namespace

void addSearch(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("search", "the passages that an answer would be made from");
    command->footer("Example: plumbline search \"break glass approvers\" --explain");
    auto flags = std::make_shared<SearchFlags>();
    command->add_option("query", flags->query, "what to look for")->required();
    command->add_option("--top", flags->top, "how many passages")->check(CLI::Range(1, 1000));
    command->add_option("--as-of", flags->asOf, "what was in force at this date (YYYY-MM-DD)");
    command->add_option("--profile", flags->profile, "a retrieval profile of workspace.yaml");
    command->add_flag("--explain", flags->explain,
                      "also matched terms with weights, and what the gate kept out");
    command->add_option("--why", flags->why, "why this document is not higher");
    command->callback([&session, flags] {
        auto opened = session.open();
        auto done = opened ? search(session, **opened, *flags) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
