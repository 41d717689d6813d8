// The keyword `format` of JSON Schema as a check: ours leaves it an annotation, promptfoo's reader checks it.
#pragma once

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

// The schema with a pattern beside every `format`: date, time, date-time (RFC 3339), email, uuid, ipv4,
// hostname, uri; password, binary, float and double check nothing. Unsupported: another format.
Result<nlohmann::ordered_json> withFormats(const nlohmann::ordered_json& schema);

} // namespace plumbline::evals
