#include "app/evals/assertion_kinds.h"
#include "app/evals/check.h"

namespace plumbline::evals {

namespace {

Result<double> numberOf(const nlohmann::ordered_json& value, const char* key, const std::string& where)
{
    if (!value.is_number())
        return failure(ErrorCode::BadInput, std::string("`") + key + "` of an assertion must be a number",
                       where);
    return value.get<double>();
}

} // namespace

Result<Assertion> parseAssertion(const nlohmann::ordered_json& value, std::string where)
{
    if (!value.is_object())
        return failure(ErrorCode::BadInput, "an assertion must be a mapping with `type`", std::move(where));
    Assertion assertion;
    assertion.where = std::move(where);
    for (const auto& [key, entry] : value.items()) {
        if (key == "type" && entry.is_string()) {
            assertion.type = entry.get<std::string>();
        } else if (key == "value") {
            assertion.value = entry;
        } else if (key == "threshold" && !entry.is_null()) {
            const auto number = numberOf(entry, "threshold", assertion.where);
            if (!number)
                return tl::unexpected(number.error());
            assertion.threshold = *number;
        } else if (key == "weight" && !entry.is_null()) {
            const auto number = numberOf(entry, "weight", assertion.where);
            if (!number)
                return tl::unexpected(number.error());
            assertion.weight = *number;
        } else if (key == "metric" && entry.is_string()) {
            assertion.metric = entry.get<std::string>();
        } else if (key == "assert" && entry.is_array()) {
            for (const auto& child : entry) {
                auto parsed = parseAssertion(child, assertion.where);
                if (!parsed)
                    return tl::unexpected(parsed.error());
                assertion.children.push_back(std::move(*parsed));
            }
        } else if (key != "type") {
            assertion.config[key] = entry;
        }
    }
    if (assertion.type.starts_with("not-")) {
        assertion.negated = true;
        assertion.type.erase(0, 4);
    }
    if (assertion.type.empty())
        return failure(ErrorCode::BadInput, "an assertion must have a `type`", assertion.where);
    if (kindFact(assertion.type) == nullptr)
        return failure(ErrorCode::BadInput, "there is no assertion '" + assertion.type + "'",
                       assertion.where);
    return assertion;
}

} // namespace plumbline::evals
