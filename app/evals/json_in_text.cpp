#include "app/evals/json_in_text.h"

#include <algorithm>
#include <string>

#include "app/base/yaml.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongest = 100'000;

// "// why" as "# why", outside of quotes and of addresses.
std::string withHashComments(const std::string& text)
{
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n')
            quote = 0;
        if (quote != 0) {
            if (c == '\\' && i + 1 < text.size())
                out += text[i++];
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '/' && text.substr(i, 2) == "//" && (i == 0 || text[i - 1] != ':')) {
            out += '#';
            ++i;
            continue;
        }
        out += text[i];
    }
    return out;
}

ordered_json readLoosely(const std::string& text)
{
    ordered_json strict = ordered_json::parse(text, nullptr, false);
    if (strict.is_structured())
        return strict;
    auto parsed = parseYaml(withHashComments(text), "output");
    return parsed ? std::move(parsed->value) : ordered_json(ordered_json::value_t::discarded);
}

} // namespace

std::vector<ordered_json> jsonObjectsIn(std::string_view text)
{
    std::vector<ordered_json> found;
    if (text.empty())
        return found;
    for (std::size_t i = text.find('{'); i < text.size() - 1; i = text.find('{', i + 1)) {
        std::size_t open = 1;
        std::size_t j = i + 1;
        const std::size_t end = std::min(i + kLongest, text.size());
        for (; j < end && open > 0; ++j) {
            open += text[j] == '{' ? 1U : 0U;
            open -= text[j] == '}' ? 1U : 0U;
        }
        ordered_json value = readLoosely(std::string(text.substr(i, j - i)) + std::string(open, '}'));
        if (value.is_structured()) {
            found.push_back(std::move(value));
            i = j - 1;
        }
    }
    return found;
}

} // namespace plumbline::evals
