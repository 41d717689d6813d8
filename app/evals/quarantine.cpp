#include "app/evals/quarantine.h"

#include "app/base/file.h"
#include "app/base/yaml.h"
#include "app/evals/quarantine_schema.h"
#include "app/evals/schema_check.h"

namespace plumbline::evals {

namespace {

constexpr std::uint64_t kMostBytes = 8U << 20U;

} // namespace

Result<std::vector<QuarantinedCase>> parseQuarantine(std::string_view text, std::string_view fileName)
{
    const auto document = parseYaml(text, fileName);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (const auto fits = checkAgainst(kQuarantineSchema, *document); !fits) {
        return tl::unexpected(fits.error());
    }
    std::vector<QuarantinedCase> cases;
    if (document->value.is_null()) {
        return cases;
    }
    const auto& entries = document->value["quarantine"];
    for (std::size_t index = 0; index < entries.size(); ++index) {
        const auto& entry = entries[index];
        const std::string pointer = "/quarantine/" + std::to_string(index);
        const auto expires = parseDate(entry["expires"].get<std::string>());
        if (!expires) {
            return failure(ErrorCode::BadInput, "'expires': " + expires.error().message,
                           document->where(pointer + "/expires"));
        }
        cases.push_back({entry["case"], entry["owner"], *expires, entry["reason"], document->where(pointer)});
    }
    return cases;
}

Result<std::vector<QuarantinedCase>> readQuarantine(const std::filesystem::path& path)
{
    const auto text = readFile(path, kMostBytes);
    if (!text) {
        if (text.error().code == ErrorCode::NotFound) {
            return std::vector<QuarantinedCase>{};
        }
        return tl::unexpected(text.error());
    }
    return parseQuarantine(*text, path.string());
}

std::set<std::string, std::less<>> setAside(const std::vector<QuarantinedCase>& cases, Date day)
{
    std::set<std::string, std::less<>> ids;
    for (const QuarantinedCase& one : cases) {
        if (day <= one.expires) {
            ids.insert(one.caseId);
        }
    }
    return ids;
}

std::vector<QuarantinedCase> overdue(const std::vector<QuarantinedCase>& cases, Date day)
{
    std::vector<QuarantinedCase> over;
    for (const QuarantinedCase& one : cases) {
        if (day > one.expires) {
            over.push_back(one);
        }
    }
    return over;
}

} // namespace plumbline::evals
