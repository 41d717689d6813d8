// A folder of documents with an index whose profile names endpoints, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QTest>

#include "app/retrieval/indexer.h"
#include "app/retrieval/searcher.h"
#include "app/store/database.h"
#include "app/store/migrations.h"
#include "tests/app/retrieval/fake_models.h"
#include "tests/support/temporary_folder.h"

namespace plumbline::tests {

class ModelWorkspace {
public:
    ModelWorkspace()
    {
        std::filesystem::create_directories(state());
        if (!store::migrate(state() / "plumbline.db"))
            qFatal("no database");
        profile.name = "semantic";
        profile.embedder = "letters";
    }

    std::filesystem::path home() const { return folder.path(); }
    std::filesystem::path state() const { return folder.path() / ".plumbline"; }
    void write(const std::string& name, const std::string& text) const
    {
        folder.write("documents/" + name + ".md",
                     "---\nid: " + name + "\ntitle: " + name + "\n---\n\n" + text + "\n");
    }
    // `count` documents of one chunk each.
    void writeMany(std::size_t count) const
    {
        for (std::size_t i = 0; i < count; ++i)
            write("d" + std::to_string(i), "Ledger number " + std::to_string(i * 7919) + " is kept by desk " +
                                               std::to_string(i % 13) + ".");
    }

    retrieval::ModelServices services() const
    {
        retrieval::ModelServices services;
        services.embedder = [this](const std::string& name) -> Result<std::shared_ptr<const llm::Embedder>> {
            if (name != "letters")
                return failure(ErrorCode::NotFound, "no endpoint '" + name + "'");
            return embedder;
        };
        services.reranker = [this](const std::string& name) -> Result<std::shared_ptr<const llm::Reranker>> {
            if (name != "overlap")
                return failure(ErrorCode::NotFound, "no endpoint '" + name + "'");
            return reranker;
        };
        return services;
    }

    Result<retrieval::IndexReport> tryIndex(std::stop_token stop = {}, const ProgressFn& progress = {},
                                            bool refit = false) const
    {
        retrieval::IndexOptions options;
        options.approvedByDefault = true;
        options.profile = profile;
        options.refit = refit;
        return retrieval::Indexer(home(), state(), services()).run(options, std::move(stop), progress);
    }
    retrieval::IndexReport index(bool refit = false) const { return valueOf(tryIndex({}, {}, refit)); }

    // A searcher as a program that has just started has it.
    std::unique_ptr<retrieval::Searcher> searcher() const
    {
        return std::make_unique<retrieval::Searcher>(home(), state(), retrieval::Synonyms(), services());
    }
    retrieval::SearchRequest request(const std::string& query) const
    {
        return {query, valueOf(parseDate("2026-11-24")), profile, 10, false};
    }
    // "document score", a line each.
    std::string found(const retrieval::Searcher& searcher, const std::string& query) const
    {
        std::string lines;
        for (const auto& passage : valueOf(searcher.search(request(query), {})).passages)
            lines += passage.document + " " + std::to_string(passage.score) + "\n";
        return lines;
    }
    std::string first(const retrieval::Searcher& searcher, const std::string& query) const
    {
        const auto result = valueOf(searcher.search(request(query), {}));
        return result.passages.empty() ? "" : result.passages.front().document;
    }
    std::int64_t count(const std::string& sql) const
    {
        auto database = valueOf(store::Database::open(state() / "plumbline.db"));
        return valueOf(database.integer(sql));
    }

    template <typename T>
    static T valueOf(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().describe().c_str());
        return std::move(*result);
    }

    TemporaryFolder folder;
    retrieval::Profile profile;
    std::shared_ptr<TrigramEmbedder> embedder = std::make_shared<TrigramEmbedder>();
    std::shared_ptr<OverlapReranker> reranker = std::make_shared<OverlapReranker>();
};

// Shares no word with the question, but most of its letters.
inline constexpr const char* kMisspelt = "autentification of aproovers";

inline void writeDrawn(const ModelWorkspace& drawn)
{
    drawn.write("access", "Authentications by approver: each authentication names its approvers.");
    drawn.write("cards", "A lost card is blocked at once by the card desk.");
    drawn.write("keys", "The signing key is rotated every ninety days.");
    drawn.write("records", "Ledger pages are kept for seven years.");
}

} // namespace plumbline::tests
