// Cases that are known to be flaky or wrong, set aside for a time: suites/quarantine.yaml. Each has an owner
// and an end, so that none is forgotten. Format: resources/docs/gates.md.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/base/result.h"

namespace plumbline::evals {

struct QuarantinedCase {
    std::string caseId;
    std::string owner;
    Date expires; // the last day on which the case is set aside
    std::string reason;
    std::string where; // "suites/quarantine.yaml:3"
};

// BadInput with file:line: no YAML, or not of the form.
Result<std::vector<QuarantinedCase>> parseQuarantine(std::string_view text, std::string_view fileName);

// `path` names the file in messages too. A file that is not there is an empty list. BadInput as above; the
// errors of reading.
Result<std::vector<QuarantinedCase>> readQuarantine(const std::filesystem::path& path);

// Ids that are set aside on `day`, and those whose time is over: they count again, and are named.
std::set<std::string, std::less<>> setAside(const std::vector<QuarantinedCase>& cases, Date day);
std::vector<QuarantinedCase> overdue(const std::vector<QuarantinedCase>& cases, Date day);

} // namespace plumbline::evals
