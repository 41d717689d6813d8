#include "app/evals/ecma_pattern.h"

#include <optional>

#include <re2/re2.h>

#include "app/base/linear_pattern.h"
#include "app/base/schema_regex.h"

namespace plumbline::evals {

namespace {

bool isOfNewerEdition(const std::string& pattern)
{
    for (const char* sign : {"(?<", "(?i:", "(?m:", "(?s:", "(?-", "\\k<", "[[", "--", "&&"})
        if (pattern.find(sign) != std::string::npos)
            return true;
    return false;
}

// The escapes that mean something only to a reader with the flag `u`.
std::string withoutUnicodeMode(const std::string& pattern)
{
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool escape = pattern[i] == '\\' && i + 1 < pattern.size();
        if (escape && (pattern[i + 1] == 'p' || pattern[i + 1] == 'P')) {
            out += pattern[++i];
            if (i + 1 < pattern.size() && pattern[i + 1] == '{') {
                out += "\\{";
                ++i;
            }
            continue;
        }
        out += pattern[i];
        if (escape)
            out += pattern[++i];
    }
    return out;
}

// Whether RE2 alone can tell, without an engine that takes longer to start than the search.
std::optional<bool> searchPlainly(const std::string& pattern, const std::string& text)
{
    const auto linear = pattern.find("(?") == std::string::npos ? asLinearPattern(pattern) : std::nullopt;
    if (!linear)
        return std::nullopt;
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 compiled(*linear, options);
    return compiled.ok() ? std::optional(RE2::PartialMatch(text, compiled)) : std::nullopt;
}

} // namespace

Result<bool> searchEcma(const std::string& pattern, const std::string& text)
{
    const std::string source = withoutUnicodeMode(pattern);
    if (const auto found = searchPlainly(source, text))
        return *found;
    SchemaPatterns patterns;
    if (const auto added = patterns.add(source); !added) {
        if (isOfNewerEdition(pattern))
            return failure(ErrorCode::Unsupported, "the pattern needs more than ECMAScript 5.1");
        return failure(ErrorCode::BadInput, added.error().message);
    }
    const auto found = patterns.search(source, text);
    if (!found)
        return failure(ErrorCode::Unsupported, "the pattern might search this text without end");
    return *found;
}

} // namespace plumbline::evals
