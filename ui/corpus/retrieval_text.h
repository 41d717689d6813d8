// A search result as text, for a ticket or a mail.
#pragma once

#include <QString>

#include "app/retrieval/search.h"

namespace plumbline::ui::corpus {

QString searchAsText(const retrieval::SearchRequest& request, const retrieval::SearchResult& result);

// "generation 12; 340 of 512 chunks may be used on 2026-11-24; 8 ms"
QString searchSummary(const retrieval::SearchRequest& request, const retrieval::SearchResult& result);

// The verdict in words, missing terms and the scores of the best chunk.
QString whyInWords(const retrieval::WhyNot& why);

} // namespace plumbline::ui::corpus
