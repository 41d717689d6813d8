// One case as a file writes it, into a Case.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// "file:line" of what lies at a JSON Pointer below the case.
using WhereFn = std::function<std::string(const std::string& pointer)>;

// What a suite gives every case.
struct CaseDefaults {
    std::map<std::string, std::string, std::less<>> vars;
    std::optional<Date> asOf;
    std::vector<Assertion> assertions;
    std::optional<double> threshold;
    std::vector<std::string> tags;
};

// Takes "vars", "as_of", "assert", "threshold" and "tags", checked by the schema. BadInput: an unknown
// assertion, a date that is none.
Result<CaseDefaults> readDefaults(const nlohmann::ordered_json& value, const WhereFn& where);

// `value` was checked by the schema. Besides the keys of a case it may have those of a judged question: kind,
// document, version, start, end, facts; "kind", "user", "half" and "batch" become tags. A case without
// assertions of its own and of the suite gets those that its expectation asks for; one without a document is
// a cluster of its own. BadInput as above.
Result<Case> readCase(const nlohmann::ordered_json& value, const CaseDefaults& defaults,
                      const WhereFn& where);

} // namespace plumbline::evals
