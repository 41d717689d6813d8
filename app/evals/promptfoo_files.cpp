#include "app/evals/promptfoo_files.h"

#include <algorithm>

#include "app/base/file.h"
#include "app/base/text.h"
#include "app/base/yaml.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;
using Parts = std::vector<std::string_view>;

constexpr std::uint64_t kLargest = 64'000'000;
constexpr int kDeepest = 32; // references inside references

bool fitsName(std::string_view name, std::string_view pattern)
{
    if (pattern.empty())
        return name.empty();
    if (pattern.front() == '*')
        return fitsName(name, pattern.substr(1)) || (!name.empty() && fitsName(name.substr(1), pattern));
    return !name.empty() && (pattern.front() == '?' || pattern.front() == name.front()) &&
           fitsName(name.substr(1), pattern.substr(1));
}

bool fitsPath(const Parts& path, std::size_t at, const Parts& pattern, std::size_t next)
{
    if (next == pattern.size())
        return at == path.size();
    if (pattern[next] == "**")
        return fitsPath(path, at, pattern, next + 1) ||
               (at < path.size() && fitsPath(path, at + 1, pattern, next));
    return at < path.size() && fitsName(path[at], pattern[next]) && fitsPath(path, at + 1, pattern, next + 1);
}

void mergeKeys(ordered_json& value)
{
    for (auto& inner : value)
        if (inner.is_structured())
            mergeKeys(inner);
    if (!value.is_object() || !value.contains("<<"))
        return;
    const ordered_json merged = value["<<"];
    value.erase("<<");
    for (const auto& one : merged.is_array() ? merged : ordered_json{merged})
        if (one.is_object())
            for (const auto& [key, inner] : one.items())
                if (!value.contains(key))
                    value[key] = inner;
}

// References that lead nowhere stay: a JSON Schema inside the file has its own.
void putReferences(ordered_json& value, const ordered_json& root, int depth)
{
    if (depth > kDeepest)
        return;
    const bool refers = value.is_object() && value.contains("$ref") && value["$ref"].is_string() &&
                        value["$ref"].get<std::string>().starts_with("#/");
    if (refers) {
        const std::string pointer = value["$ref"].get<std::string>().substr(1);
        try {
            const ordered_json target = root.at(ordered_json::json_pointer(pointer));
            value = target;
        } catch (const ordered_json::exception&) {
            return;
        }
        putReferences(value, root, depth + 1);
        return;
    }
    for (auto& inner : value)
        if (inner.is_structured())
            putReferences(inner, root, depth + 1);
}

} // namespace

Result<std::vector<std::string>> filesNamed(std::string_view reference, const fs::path& folder)
{
    if (reference.starts_with("file://"))
        reference.remove_prefix(7);
    const fs::path pattern = fs::path(std::string(reference)).lexically_normal();
    const std::string wanted = pattern.generic_string();
    if (wanted.empty() || pattern.is_absolute() || *pattern.begin() == "..")
        return failure(ErrorCode::BadInput,
                       "expected a file in the configuration's own folder or below, got '" + wanted +
                           "': move it there");
    std::vector<std::string> names;
    std::error_code ignored;
    if (wanted.find_first_of("*?") == std::string::npos) {
        if (fs::is_regular_file(folder / pattern, ignored))
            names.push_back(wanted);
    } else {
        for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
            const std::string name = entry.path().lexically_relative(folder).generic_string();
            if (entry.is_regular_file(ignored) && fitsPath(split(name, '/'), 0, split(wanted, '/'), 0))
                names.push_back(name);
        }
        std::ranges::sort(names);
    }
    if (names.empty())
        return failure(ErrorCode::NotFound, "there is no file '" + wanted + "' beside the configuration");
    return names;
}

Result<std::string> readPromptfooText(const fs::path& folder, const std::string& name)
{
    return readFile(folder / name, kLargest);
}

Result<PromptfooValue> readPromptfooFile(const fs::path& folder, const std::string& name)
{
    const auto text = readPromptfooText(folder, name);
    if (!text)
        return tl::unexpected(text.error());
    auto document = parseYaml(*text, name);
    if (!document)
        return tl::unexpected(document.error());
    mergeKeys(document->value);
    const ordered_json root = document->value;
    putReferences(document->value, root, 0);
    return PromptfooValue{std::move(document->value), name};
}

} // namespace plumbline::evals
