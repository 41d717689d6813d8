// The search service over the generation in service. One function behind the retrieval debugger, `search`,
// `retrieve` and `ask`.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "app/base/result.h"
#include "app/retrieval/model_services.h"
#include "app/retrieval/ranked_index.h"
#include "app/retrieval/search.h"

namespace plumbline::retrieval {

class Searcher {
public:
    // `home` is the workspace folder, `state` its .plumbline folder. Opens lazily at the first search and
    // follows the generation in service: a switch or a rollback by any process is seen by the next search.
    // `services`: where the embedder and the reranker of a request's profile are looked up.
    Searcher(std::filesystem::path home, std::filesystem::path state, Synonyms synonyms = {},
             ModelServices services = {});
    ~Searcher();
    Searcher(const Searcher&) = delete;
    Searcher& operator=(const Searcher&) = delete;

    // The ranked passages usable at request.asOf. No match is an empty list. Errors: NotFound (nothing
    // indexed yet), Corrupt (the index is damaged: run `plumbline index --rebuild`), Database, Cancelled;
    // where the profile names endpoints also those of their look-up, Network and Denied as the endpoint gives
    // them, NotFound and Conflict (the index has no vectors of this embedder, or of another: run `plumbline
    // index`). Any thread; calls queue, but not while one waits for an endpoint.
    Result<SearchResult> search(const SearchRequest& request, std::stop_token stop) const;

    // The passages of documents that may NOT be used at request.asOf: to say why there is no answer, never to
    // answer from.
    Result<SearchResult> searchKeptOut(const SearchRequest& request, std::stop_token stop) const;

    // Best passage of each document, for runs over judged collections. As search() otherwise.
    Result<SearchResult> searchDocuments(const SearchRequest& request, std::stop_token stop) const;

    // The story of one document (id, id@version or path) under this request. NotFound when no such document
    // is indexed.
    Result<WhyNot> why(const SearchRequest& request, std::string_view document, std::stop_token stop) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::retrieval
