#include "app/llm/structured_output.h"

#include <algorithm>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostDepth = 256;
constexpr std::size_t kViolationsShown = 20;

// Before parsing: the parser's own tree is as deep as the text, and is taken down by recursion.
bool isTooDeep(std::string_view text)
{
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMostDepth) {
                return true;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

// The inside of the first fence, when the text has one; else the text.
std::string_view withoutFence(std::string_view text)
{
    constexpr std::string_view kFence = "```";
    const std::size_t open = text.find(kFence);
    if (open == std::string_view::npos || text.starts_with('{') || text.starts_with('[')) {
        return text;
    }
    const std::size_t line = text.find('\n', open);
    const std::size_t start = line == std::string_view::npos ? text.size() : line + 1;
    const std::size_t close = text.find(kFence, start);
    return trimmed(text.substr(start, close == std::string_view::npos ? close : close - start));
}

struct Checked {
    ordered_json value;
    std::vector<SchemaViolation> violations;
};

Checked check(const JsonSchema& schema, const ChatReply& reply)
{
    if (!reply.refusal.empty()) {
        return {nullptr, {{"", "", "is a refusal in place of JSON"}}};
    }
    auto value = jsonOfAnswer(reply.text);
    if (!value) {
        return {nullptr, {{"", "", value.error().message}}};
    }
    auto violations = schema.validate(*value);
    return {std::move(*value), std::move(violations)};
}

ChatRequest repairOf(const ChatRequest& request, const ChatReply& first,
                     const std::vector<SchemaViolation>& violations)
{
    // As JSON texts: what they quote came from the model and is data.
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < std::min(violations.size(), kViolationsShown); ++i) {
        list.push_back({{"path", violations[i].instancePath}, {"message", violations[i].message}});
    }
    ChatRequest repair = request;
    repair.messages.push_back({Role::Assistant, first.text});
    repair.messages.push_back(
        {Role::User, "Your answer does not fit the JSON Schema. Answer again with the corrected JSON alone, "
                     "without any other "
                     "text. The violations, as data:\n" +
                         list.dump(-1, ' ', false, ordered_json::error_handler_t::replace)});
    return repair;
}

void sumUp(ChatReply& second, const ChatReply& first)
{
    second.usage += first.usage;
    second.cost = second.cost && first.cost ? std::optional(*second.cost + *first.cost) : std::nullopt;
    second.attempts += first.attempts;
    second.firstTokenMs = first.firstTokenMs;
    second.totalMs += first.totalMs;
    second.notes.insert(second.notes.begin(), first.notes.begin(), first.notes.end());
}

} // namespace

Result<ordered_json> jsonOfAnswer(std::string_view text)
{
    const std::string_view inside = withoutFence(trimmed(text));
    if (isTooDeep(inside)) {
        return failure(ErrorCode::TooLarge,
                       "is nested deeper than " + std::to_string(kMostDepth) + " levels");
    }
    auto value = ordered_json::parse(inside, nullptr, false);
    if (value.is_discarded()) {
        return failure(ErrorCode::BadInput, inside.empty() ? "is empty, expected JSON" : "is no JSON");
    }
    return value;
}

Result<StructuredReply> chatStructured(const ChatModel& model, const ChatRequest& request,
                                       std::stop_token stop, const DeltaFn& onText)
{
    auto parsed = jsonOfAnswer(request.responseSchema);
    if (!parsed) {
        return failure(ErrorCode::BadInput, "the response schema " + parsed.error().message);
    }
    auto schema = JsonSchema::compile(std::move(*parsed));
    if (!schema) {
        return failure(schema.error().code, "the response schema " + schema.error().message);
    }
    auto first = model.chat(request, stop, onText);
    if (!first) {
        return tl::unexpected(first.error());
    }
    StructuredReply structured;
    Checked checked = check(*schema, *first);
    const bool asksAgain = !checked.violations.empty() && first->refusal.empty();
    structured.reply = std::move(*first);
    if (asksAgain) {
        auto second = model.chat(repairOf(request, structured.reply, checked.violations), stop, {});
        if (!second && second.error().code == ErrorCode::Cancelled) {
            return tl::unexpected(second.error());
        }
        if (!second) { // the first answer is there, and paid for
            structured.reply.notes.push_back("the repair could not be asked for: " +
                                             second.error().describe());
            structured.value = std::move(checked.value);
            structured.violations = std::move(checked.violations);
            return structured;
        }
        sumUp(*second, structured.reply);
        checked = check(*schema, *second);
        structured.firstText = std::move(structured.reply.text);
        structured.reply = std::move(*second);
        structured.repaired = true;
        structured.reply.notes.emplace_back(
            checked.violations.empty()
                ? "repaired: the first answer did not fit the schema, the second does"
                : "repaired: asked a second time, and the answer still does not fit the schema");
    }
    structured.value = std::move(checked.value);
    structured.violations = std::move(checked.violations);
    return structured;
}

} // namespace plumbline::llm
