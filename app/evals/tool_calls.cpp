#include "app/evals/tool_calls.h"

#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

const ordered_json* member(const ordered_json& value, const char* key)
{
    if (!value.is_object())
        return nullptr;
    const auto found = value.find(key);
    return found == value.end() ? nullptr : &*found;
}

void addName(const ordered_json* holder, ToolNames& names)
{
    if (holder == nullptr)
        return;
    const ordered_json* name = member(*holder, "name");
    if (name != nullptr && name->is_string())
        names.insert(name->get<std::string>());
}

bool isOfType(const ordered_json& value, std::string_view type)
{
    const ordered_json* own = member(value, "type");
    return own != nullptr && own->is_string() && own->get<std::string>() == type;
}

bool hasName(const ordered_json& value)
{
    const ordered_json* name = member(value, "name");
    return name != nullptr && name->is_string();
}

// One of a list: the first form that fits counts.
void addFromItem(const ordered_json& item, ToolNames& names)
{
    if (isOfType(item, "tool_use") && hasName(item))
        addName(&item, names);
    else if (const auto* call = member(item, "functionCall"); call != nullptr && call->is_structured())
        addName(call, names);
    else if (const auto* function = member(item, "function");
             function != nullptr && function->is_structured())
        addName(function, names);
    else
        addName(&item, names);
}

bool addFromCalls(const ordered_json& output, ToolNames& names)
{
    const ordered_json* calls = member(output, "tool_calls");
    if (calls == nullptr || !calls->is_array())
        return false;
    for (const auto& call : *calls) {
        addName(member(call, "function"), names);
        addName(&call, names);
    }
    return true;
}

// Where the JSON value that begins at `at` ends; npos when its brackets do not close.
std::size_t blockEnd(std::string_view text, std::size_t at)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"' || c == '\n')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

} // namespace

ToolNames toolsCalledIn(const ordered_json& output)
{
    ToolNames names;
    if (output.is_string())
        return toolsCalledInText(output.get_ref<const std::string&>());
    if (output.is_array()) {
        for (const auto& item : output)
            addFromItem(item, names);
        return names;
    }
    if (addFromCalls(output, names))
        return names;
    if ((isOfType(output, "tool_use") || isOfType(output, "function_call")) && hasName(output)) {
        addName(&output, names);
    } else if (const auto* call = member(output, "functionCall"); call != nullptr && call->is_structured()) {
        addName(call, names);
    } else if (const auto* calls = member(output, "toolCall"); calls != nullptr) {
        const ordered_json* list = member(*calls, "functionCalls");
        for (const auto& one : list != nullptr && list->is_array() ? *list : ordered_json::array())
            addName(&one, names);
    }
    return names;
}

ToolNames toolsCalledInText(std::string_view text)
{
    if (const ordered_json whole = jsParseJson(text); !whole.is_discarded())
        return toolsCalledIn(whole);
    ToolNames names;
    bool fenced = false;
    for (std::size_t line = 0; line < text.size();) {
        const std::size_t lineEnd = std::min(text.find('\n', line), text.size());
        const std::string_view content = jsTrim(text.substr(line, lineEnd - line));
        std::size_t next = lineEnd + 1;
        if (content.starts_with("```") || content.starts_with("~~~")) {
            fenced = !fenced;
        } else if (!fenced && !content.empty() && (content.front() == '{' || content.front() == '[')) {
            const auto at = static_cast<std::size_t>(content.data() - text.data());
            const std::size_t end = blockEnd(text, at);
            if (end != std::string_view::npos) {
                const std::size_t rest = std::min(text.find('\n', end), text.size());
                const ordered_json block = jsParseJson(text.substr(at, end - at));
                if (jsTrim(text.substr(end, rest - end)).empty() && !block.is_discarded()) {
                    names.merge(toolsCalledIn(block));
                    next = rest + 1;
                }
            }
        }
        line = next;
    }
    return names;
}

} // namespace plumbline::evals
