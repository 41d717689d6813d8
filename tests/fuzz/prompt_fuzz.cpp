// A prompt file that parses renders whatever values are given, and they stay in their fences. The bytes are
// also values, and two texts to compare.
#include "app/base/text_diff.h"
#include "app/prompts/fence.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/render.h"
#include "tests/fuzz/require.h"

using namespace plumbline;
using namespace plumbline::prompts;
using fuzz::require;

namespace {

Values hostileValues(const PromptVersion& prompt, std::string_view bytes)
{
    Values values;
    for (const Variable& variable : prompt.variables) {
        std::string& value = values.texts[variable.name];
        switch (variable.kind) {
        case VariableKind::Integer:
        case VariableKind::Number:
            value = "7";
            break;
        case VariableKind::Date:
            value = "2026-11-26";
            break;
        case VariableKind::Choice:
            value = variable.choices.front();
            break;
        case VariableKind::Passages:
            values.texts.erase(variable.name);
            values.passages.push_back(
                {1, "D", "1", std::string(bytes.substr(0, 40)), "", std::string(bytes)});
            break;
        default:
            value = std::string(bytes);
        }
    }
    return values;
}

void checkRendered(const PromptVersion& prompt, std::string_view bytes)
{
    const Values values = hostileValues(prompt, bytes);
    const auto rendered = render(prompt, values);
    require(rendered.has_value());
    const std::size_t expected = (prompt.system.empty() ? 0U : 1U) + 2 * prompt.examples.size() + 1;
    require(rendered->messages.size() == expected);
    require((rendered->messages.front().role == llm::Role::System) == !prompt.system.empty());
    require(rendered->messages.back().role == llm::Role::User);
    const std::string clean = cleanText(bytes);
    for (const std::string& value : untrustedIn(rendered->messages.back().content, fenceMarkOf(values))) {
        require(value == clean);
    }
    require(render(prompt, values)->digest == rendered->digest);
}

void checkDiff(std::string_view left, std::string_view right)
{
    const TextDiff diff = diffText(left, right);
    require(applyDiff(left, diff).value_or("?") == right);
    require(applyUnified(left, unified(diff, "left", "right", left.size() % 4)).value_or("?") == right);
    [[maybe_unused]] const auto foreign = applyUnified(right, left);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    require(unescapeUntrusted(escapeUntrusted(bytes)) == cleanText(bytes));
    checkDiff(bytes.substr(0, size / 2), bytes.substr(size / 2));
    const auto prompt = parsePrompt(bytes, "prompts/fuzz/v1.md");
    require(prompt || !prompt.error().where.empty());
    if (prompt) {
        require(parsePrompt(prompt->text, "prompts/fuzz/v1.md")->digest == prompt->digest);
        checkRendered(*prompt, bytes);
    }
    return 0;
}
