#include "app/evals/schema_formats.h"

#include <array>
#include <string>

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

struct Format {
    std::string_view name;
    std::string pattern; // empty: checks nothing
};

std::array<Format, 12> formats()
{
    const std::string leapYear =
        "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
    const std::string date = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|"
                             "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|" +
                             leapYear + "-02-29)";
    const std::string time = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?"
                             "(?:[zZ]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])";
    const std::string label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    const std::string atom = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+";
    const std::string byte = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    return {{{"date", "^" + date + "$"},
             {"time", "^" + time + "$"},
             {"date-time", "^" + date + "[tT ]" + time + "$"},
             {"email", "^" + atom + "(?:\\." + atom + ")*@(?:" + label + "\\.)+" + label + "$"},
             {"uuid", "^(?:urn:uuid:)?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"},
             {"ipv4", "^(?:" + byte + "\\.){3}" + byte + "$"},
             {"hostname", "^" + label + "(?:\\." + label + ")*\\.?$"},
             {"uri", "^[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s<>\"{}|\\\\^`]+$"},
             {"password", ""},
             {"binary", ""},
             {"float", ""},
             {"double", ""}}};
}

bool holdsNoSchema(const std::string& key)
{
    return key == "enum" || key == "const" || key == "default" || key == "examples";
}

} // namespace

Result<ordered_json> withFormats(const ordered_json& schema)
{
    static const auto kFormats = formats();
    if (!schema.is_structured())
        return schema;
    ordered_json out = schema;
    for (const auto& [key, inner] : schema.items()) {
        if (schema.is_object() && holdsNoSchema(key))
            continue;
        auto changed = withFormats(inner);
        if (!changed)
            return changed;
        if (schema.is_object())
            out[key] = std::move(*changed);
        else
            out[std::stoul(key)] = std::move(*changed);
    }
    if (!schema.is_object() || !schema.contains("format") || !schema["format"].is_string())
        return out;
    for (const Format& format : kFormats) {
        if (format.name != schema["format"].get<std::string>())
            continue;
        if (!format.pattern.empty())
            out["allOf"].push_back({{"pattern", format.pattern}});
        return out;
    }
    return failure(ErrorCode::Unsupported, "the schema has the format " + schema["format"].dump());
}

} // namespace plumbline::evals
