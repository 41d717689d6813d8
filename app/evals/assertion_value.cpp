#include "app/evals/assertion_value.h"

#include "app/base/file.h"
#include "app/base/yaml.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kFile = "file://";
constexpr std::uint64_t kLargest = 16'000'000;

Result<ordered_json> renderedText(const std::string& text, const Variables& variables,
                                  const std::filesystem::path& folder)
{
    if (text.starts_with(kFile))
        return readValueFile(text, folder);
    if (text.starts_with("package:"))
        return failure(ErrorCode::Unsupported, "the value is a package of Node.js");
    auto rendered = renderTemplate(text, variables);
    if (!rendered)
        return tl::unexpected(rendered.error());
    return ordered_json(std::move(*rendered));
}

} // namespace

Result<ordered_json> readValueFile(std::string_view reference, const std::filesystem::path& folder)
{
    const std::filesystem::path file = std::string(reference.substr(kFile.size()));
    const std::string name = file.generic_string();
    const std::filesystem::path normal = file.lexically_normal();
    if (folder.empty() || file.is_absolute() || (!normal.empty() && *normal.begin() == ".."))
        return failure(ErrorCode::Unsupported, "the file '" + name + "' is outside of the suite's folder");
    const std::string extension = file.extension().string();
    const bool structured = extension == ".json" || extension == ".yaml" || extension == ".yml";
    if (!structured && extension != ".txt")
        return failure(ErrorCode::Unsupported, "the value is made by the program '" + name + "'");
    auto text = readFile(folder / file, kLargest);
    if (!text)
        return tl::unexpected(text.error());
    if (!structured)
        return ordered_json(std::string(jsTrim(*text)));
    auto parsed = parseYaml(*text, name);
    if (!parsed)
        return tl::unexpected(parsed.error());
    return std::move(parsed->value);
}

Result<ordered_json> renderedValue(const ordered_json& value, const Variables& variables,
                                   const std::filesystem::path& folder)
{
    if (value.is_string())
        return renderedText(value.get<std::string>(), variables, folder);
    if (!value.is_array())
        return value;
    ordered_json list = ordered_json::array();
    for (const auto& item : value) {
        if (!item.is_string()) {
            list.push_back(item);
            continue;
        }
        auto rendered = renderedText(item.get<std::string>(), variables, folder);
        if (!rendered)
            return rendered;
        list.push_back(std::move(*rendered));
    }
    return list;
}

} // namespace plumbline::evals
