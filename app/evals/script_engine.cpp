#include "app/evals/script_engine.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <duktape.h>

namespace plumbline::evals {

namespace {

// Methods of newer editions that assertions use most.
constexpr std::string_view kShims = R"js((function () {
function add(type, name, method) {
    if (!type[name]) Object.defineProperty(type, name, { value: method, writable: true, configurable: true });
}
add(String.prototype, 'includes', function (part, from) { return this.indexOf(part, from) >= 0; });
add(String.prototype, 'startsWith', function (part, from) {
    return this.substr(from || 0, String(part).length) === String(part);
});
add(String.prototype, 'endsWith', function (part) {
    part = String(part);
    return this.length >= part.length && this.substr(this.length - part.length) === part;
});
add(String.prototype, 'repeat', function (count) { return new Array(count + 1).join(this); });
add(String.prototype, 'trimStart', function () { return this.replace(/^\s+/, ''); });
add(String.prototype, 'trimEnd', function () { return this.replace(/\s+$/, ''); });
add(Array.prototype, 'includes', function (item) { return this.indexOf(item) >= 0; });
add(Array.prototype, 'findIndex', function (test) {
    for (var i = 0; i < this.length; i++) if (test(this[i], i, this)) return i;
    return -1;
});
add(Array.prototype, 'find', function (test) { return this[this.findIndex(test)]; });
add(Object, 'values', function (o) { return Object.keys(o).map(function (k) { return o[k]; }); });
add(Object, 'entries', function (o) { return Object.keys(o).map(function (k) { return [k, o[k]]; }); });
add(Number, 'isInteger', function (n) { return typeof n === 'number' && isFinite(n) && Math.floor(n) === n; });
add(Number, 'isFinite', function (n) { return typeof n === 'number' && isFinite(n); });
add(Number, 'isNaN', function (n) { return typeof n === 'number' && isNaN(n); });
})())js";

// Each block carries its size in front, so that what is given back can be counted.
constexpr std::size_t kHead = 16;

struct Memory {
    std::size_t left = 0;
    bool refused = false;
};

void* take(void* memory, duk_size_t size)
{
    auto& budget = *static_cast<Memory*>(memory);
    if (size == 0)
        return nullptr;
    if (size + kHead > budget.left) {
        budget.refused = true;
        return nullptr;
    }
    auto* const block = static_cast<std::size_t*>(std::malloc(size + kHead));
    if (block == nullptr)
        return nullptr;
    budget.left -= size + kHead;
    *block = size;
    return reinterpret_cast<char*>(block) + kHead;
}

void giveBack(void* memory, void* at)
{
    if (at == nullptr)
        return;
    auto* const block = static_cast<char*>(at) - kHead;
    static_cast<Memory*>(memory)->left += *reinterpret_cast<std::size_t*>(block) + kHead;
    std::free(block);
}

void* retake(void* memory, void* at, duk_size_t size)
{
    if (at == nullptr)
        return take(memory, size);
    void* const moved = take(memory, size);
    if (moved != nullptr)
        std::copy_n(
            static_cast<char*>(at),
            std::min<std::size_t>(size, *reinterpret_cast<std::size_t*>(static_cast<char*>(at) - kHead)),
            static_cast<char*>(moved));
    if (moved != nullptr || size == 0)
        giveBack(memory, at);
    return moved;
}

// What a newer edition or Node.js would have had.
bool asksForMore(std::string_view message)
{
    if (message.find("not callable") != std::string_view::npos)
        return true;
    constexpr auto kGlobals = std::to_array<std::string_view>(
        {"'Map'", "'Set'", "'Promise'", "'WeakMap'", "'BigInt'", "'Intl'", "'require'", "'fetch'",
         "'console'", "'Buffer'", "'structuredClone'", "'globalThis'", "'import'", "'module'", "'setTimeout'",
         "'URL'", "'process'"});
    return message.starts_with("ReferenceError") && std::ranges::any_of(kGlobals, [&](std::string_view name) {
               return message.find(name) != std::string_view::npos;
           });
}

duk_ret_t encode(duk_context* context, void* /*unused*/)
{
    duk_json_encode(context, -1);
    return 1;
}

void pushJson(duk_context* context, std::string_view json)
{
    duk_push_lstring(context, json.data(), json.size());
    duk_json_decode(context, -1);
}

// Leaves the function, or an error and false.
bool compile(duk_context* context, std::string_view body)
{
    duk_get_global_string(context, "Function");
    for (const char* name : {"output", "context", "process"})
        duk_push_string(context, name);
    duk_push_lstring(context, body.data(), body.size());
    return duk_pnew(context, 4) == DUK_EXEC_SUCCESS;
}

duk_ret_t evaluate(duk_context* context, void* data)
{
    const auto& source = *static_cast<const ScriptSource*>(data);
    duk_push_lstring(context, kShims.data(), kShims.size());
    duk_eval_noresult(context);
    const auto answer = [&](char kind) {
        const std::string text = duk_is_undefined(context, -1) != 0 ? "" : duk_safe_to_string(context, -1);
        duk_push_lstring(context, (kind + text).c_str(), text.size() + 1);
        return 1;
    };
    if (!compile(context, source.body))
        return answer(kScriptUnsupported);
    pushJson(context, source.output);
    pushJson(context, source.context);
    duk_push_undefined(context);
    if (duk_pcall(context, 3) != DUK_EXEC_SUCCESS) {
        const std::string_view message = duk_safe_to_string(context, -1);
        return answer(asksForMore(message) ? kScriptUnsupported : kScriptThrew);
    }
    if (duk_safe_call(context, encode, nullptr, 1, 1) != DUK_EXEC_SUCCESS)
        return answer(kScriptThrew);
    return answer(kScriptReturned);
}

} // namespace

std::string evaluateScript(const ScriptSource& source)
{
    Memory memory{source.memory, false};
    duk_context* const context = duk_create_heap(take, retake, giveBack, &memory, nullptr);
    if (context == nullptr)
        return {kScriptTooLarge};
    ScriptSource copy = source;
    const bool ran = duk_safe_call(context, evaluate, &copy, 0, 1) == DUK_EXEC_SUCCESS;
    duk_size_t size = 0;
    const char* const text = ran ? duk_get_lstring(context, -1, &size) : nullptr;
    std::string answer = text == nullptr ? std::string() : std::string(text, size);
    if (memory.refused || answer.empty())
        answer = {kScriptTooLarge};
    duk_destroy_heap(context);
    return answer;
}

} // namespace plumbline::evals
