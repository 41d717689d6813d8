#include "app/base/schema_regex.h"

#include <cstdio>

#include <duktape.h>
#include <re2/re2.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include "app/base/linear_pattern.h"

namespace plumbline {

namespace {

void appendCodePoint(std::string& out, UChar32 c)
{
    if (c > 0xFFFF) { // \u takes four digits only, so the character itself
        icu::UnicodeString(c).toUTF8String(out);
        return;
    }
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "\\u%04X", static_cast<unsigned>(c));
    out += buffer;
}

// The inside of a character class that holds the same characters; empty when ICU does not know the property.
std::string classOfProperty(std::string_view escape)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8("[" + std::string(escape) + "]");
    const icu::UnicodeSet set(text, status);
    std::string out;
    if (U_FAILURE(status) != 0)
        return out;
    for (int32_t i = 0; i < set.getRangeCount(); ++i) {
        appendCodePoint(out, set.getRangeStart(i));
        out += '-';
        appendCodePoint(out, set.getRangeEnd(i));
    }
    return out;
}

// Writes \p{…} out as ranges, which ECMAScript 5.1 understands.
std::string withoutProperties(const std::string& pattern)
{
    std::string out;
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c != '\\' || i + 1 >= pattern.size()) {
            inClass = c == '[' ? true : c == ']' ? false : inClass;
            out += c;
            continue;
        }
        const char next = pattern[i + 1];
        const std::size_t close = pattern.find('}', i);
        const bool property = (next == 'p' || next == 'P') && i + 2 < pattern.size() &&
                              pattern[i + 2] == '{' && close != std::string::npos;
        const std::string ranges =
            property ? classOfProperty(std::string_view(pattern).substr(i, close + 1 - i)) : std::string();
        if (ranges.empty()) {
            out += c;
            out += next;
            ++i;
            continue;
        }
        out += inClass ? ranges : "[" + ranges + "]";
        i = close;
    }
    return out;
}

struct Search {
    unsigned slot;
    const std::string* text;
};

duk_ret_t compilePattern(duk_context* context, void* pattern)
{
    const auto& source = *static_cast<const std::string*>(pattern);
    duk_get_global_string(context, "RegExp");
    duk_push_lstring(context, source.data(), source.size());
    duk_new(context, 1);
    return 1;
}

duk_ret_t runSearch(duk_context* context, void* data)
{
    const auto& search = *static_cast<const Search*>(data);
    duk_get_global_string(context, "patterns");
    duk_get_prop_index(context, -1, search.slot);
    duk_push_string(context, "test");
    duk_push_lstring(context, search.text->data(), search.text->size());
    duk_call_prop(context, -3, 1);
    return 1;
}

} // namespace

struct SchemaPatterns::Engine {
    duk_context* context = nullptr;
    std::map<std::string, std::unique_ptr<const RE2>> linear; // those that RE2 can search
};

SchemaPatterns::SchemaPatterns() : m_engine(std::make_unique<Engine>()) {}

SchemaPatterns::~SchemaPatterns()
{
    if (m_engine->context != nullptr)
        duk_destroy_heap(m_engine->context);
}

Result<void> SchemaPatterns::add(const std::string& pattern)
{
    if (m_slots.contains(pattern))
        return {};
    const std::lock_guard lock(m_mutex);
    duk_context*& context = m_engine->context;
    if (context == nullptr) {
        context = duk_create_heap_default();
        if (context == nullptr)
            return failure(ErrorCode::Internal, "cannot start the engine for patterns");
        duk_push_array(context);
        duk_put_global_string(context, "patterns");
    }
    std::string source = withoutProperties(pattern);
    if (duk_safe_call(context, compilePattern, &source, 0, 1) != DUK_EXEC_SUCCESS) {
        const std::string why = duk_safe_to_string(context, -1);
        duk_pop(context);
        return failure(ErrorCode::BadInput,
                       "the pattern '" + pattern + "' is no regular expression of ECMAScript: " + why);
    }
    const auto slot = static_cast<unsigned>(m_slots.size());
    duk_get_global_string(context, "patterns");
    duk_insert(context, -2);
    duk_put_prop_index(context, -2, slot);
    duk_pop(context);
    m_slots.emplace(pattern, slot);
    if (const auto linear = asLinearPattern(source)) {
        RE2::Options options;
        options.set_log_errors(false);
        auto compiled = std::make_unique<const RE2>(*linear, options);
        if (compiled->ok())
            m_engine->linear.emplace(pattern, std::move(compiled));
    }
    return {};
}

std::optional<bool> SchemaPatterns::search(const std::string& pattern, const std::string& text) const
{
    const auto found = m_slots.find(pattern);
    if (found == m_slots.end())
        return false;
    if (const auto linear = m_engine->linear.find(pattern); linear != m_engine->linear.end())
        return RE2::PartialMatch(text, *linear->second);
    if (mayBacktrackLong(pattern, text.size()))
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    Search search{found->second, &text};
    const bool ran = duk_safe_call(m_engine->context, runSearch, &search, 0, 1) == DUK_EXEC_SUCCESS;
    const bool hit = ran && duk_to_boolean(m_engine->context, -1) != 0;
    duk_pop(m_engine->context);
    if (!ran)
        return std::nullopt; // over the engine's own limits: no answer, which is not "does not match"
    return hit;
}

} // namespace plumbline
