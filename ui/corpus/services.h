// What the Corpus page asks of the engine. All blocking and callable from any thread.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/progress.h"
#include "app/corpus/library.h"
#include "app/retrieval/indexer.h"
#include "app/retrieval/search.h"

namespace plumbline::ui::corpus {

struct Services {
    std::function<Result<std::vector<plumbline::corpus::DocumentRow>>(Date, std::stop_token)> list;
    std::function<Result<plumbline::corpus::DocumentView>(const std::string& document, Date)> show;
    std::function<Result<plumbline::corpus::DocumentRow>(const std::string& document)> approve;
    std::function<Result<plumbline::corpus::DocumentRow>(const std::string& document)> release;
    std::function<Result<std::vector<plumbline::corpus::LedgerEntry>>()> ledger;
    std::function<Result<std::vector<plumbline::corpus::Notice>>()> notices;
    std::function<Result<retrieval::IndexReport>(std::stop_token, const ProgressFn&)> index;
    std::function<Result<retrieval::GenerationInfo>()> rollback;
    std::function<Result<std::vector<retrieval::GenerationInfo>>()> generations;
    std::function<Result<retrieval::SearchResult>(const retrieval::SearchRequest&, std::stop_token)> search;
    std::function<Result<retrieval::WhyNot>(const retrieval::SearchRequest&, const std::string& document,
                                            std::stop_token)>
        why;
    std::function<Timestamp()> now;
    std::vector<retrieval::Profile> profiles; // the default first; never empty
    std::string actor;                        // whom an approval is recorded under
};

} // namespace plumbline::ui::corpus
