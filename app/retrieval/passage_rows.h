// What a passage shows of its chunk, from the store.
#pragma once

#include "app/base/result.h"
#include "app/retrieval/search.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// Heading, span and text: what re-ranking looks at.
Result<void> readWords(store::Database& database, Passage& passage);

// The rest: units, and what they refer to outside the passage. After readWords().
Result<void> readUnits(store::Database& database, Passage& passage);

} // namespace plumbline::retrieval
