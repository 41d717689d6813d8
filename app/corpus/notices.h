// What is worth knowing about a corpus as a whole: near-duplicates, supersession, approvals that an edit
// voided.
#pragma once

#include <cstdint>
#include <vector>

#include "app/base/result.h"
#include "app/corpus/library.h"
#include "app/store/database.h"

namespace plumbline::corpus {

// Over the documents of a generation, imports left out.
Result<std::vector<Notice>> findNotices(store::Database& database, std::int64_t generation);

} // namespace plumbline::corpus
