// The value of an assertion, made ready: templates rendered, files read.
#pragma once

#include <filesystem>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/evals/template.h"

namespace plumbline::evals {

// Texts, and the texts of a list, are rendered; "file://x" stands for what is in the file: values of .json,
// .yaml and .yml, the trimmed text of .txt. Files are read below `folder` only; empty: none. A mapping stays
// as it is. Unsupported: a template or a file of another kind; BadInput, NotFound, Denied, Io: the file.
Result<nlohmann::ordered_json> renderedValue(const nlohmann::ordered_json& value, const Variables& variables,
                                             const std::filesystem::path& folder);

// The file of "file://x" as above. Also Unsupported: outside of `folder`.
Result<nlohmann::ordered_json> readValueFile(std::string_view reference, const std::filesystem::path& folder);

} // namespace plumbline::evals
