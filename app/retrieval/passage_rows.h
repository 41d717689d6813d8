// What a passage shows of its chunk, from the store.
#pragma once

#include <cstdint>
#include <filesystem>

#include "app/base/result.h"
#include "app/retrieval/search.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// Heading, span and text: what re-ranking looks at.
Result<void> readWords(store::Database& database, Passage& passage);

// The rest: units, and what they refer to outside the passage. After readWords().
Result<void> readUnits(store::Database& database, Passage& passage);

// Holds the stored text of a document against its digest: Corrupt when it is not as it was read once.
Result<void> verifyText(store::Database& database, std::int64_t document, const std::filesystem::path& file);

} // namespace plumbline::retrieval
