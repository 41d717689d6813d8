// The keywords that apply schemas to the same value: references, combinations and conditions.
#include <algorithm>

#include "app/base/json_values.h"
#include "app/base/schema_run.h"

namespace plumbline {

bool SchemaRun::reference(const Frame& frame)
{
    const auto found = m_documents.references.find(&frame.keyword);
    if (found == m_documents.references.end())
        return true;
    const Json* node = found->second.node;
    if (const std::string& name = found->second.dynamicAnchor; !name.empty()) {
        const auto outermost = std::ranges::find_if(
            m_scope, [&](const SchemaResource* resource) { return resource->dynamicAnchors.contains(name); });
        if (outermost != m_scope.end())
            node = (*outermost)->dynamicAnchors.at(name);
    }
    return check(*node, frame.instance, frame.at, frame.by, frame.evaluated);
}

bool SchemaRun::allOf(const Frame& frame)
{
    bool valid = true;
    for (std::size_t i = 0; i < frame.keyword.size(); ++i)
        valid =
            check(frame.keyword[i], frame.instance, frame.at, frame.by.under(i), frame.evaluated) && valid;
    return valid;
}

bool SchemaRun::anyOf(const Frame& frame)
{
    // The branch that came furthest into the value is the one its author meant; its complaint is the useful
    // one.
    std::vector<SchemaViolation>* reporting = std::exchange(m_found, nullptr);
    std::vector<SchemaViolation> nearest;
    bool valid = false;
    for (std::size_t i = 0; i < frame.keyword.size(); ++i) {
        std::vector<SchemaViolation> branch;
        m_found = reporting != nullptr && !valid ? &branch : nullptr;
        valid =
            check(frame.keyword[i], frame.instance, frame.at, frame.by.under(i), frame.evaluated) || valid;
        const auto reach = [](const auto& list) {
            return list.empty() ? 0 : list.front().instancePath.size();
        };
        if (nearest.empty() || reach(branch) > reach(nearest))
            nearest = std::move(branch);
    }
    m_found = reporting;
    if (valid)
        return true;
    if (reporting == nullptr || !m_gaveUp.empty())
        return false;
    std::string message = "fits none of the " + std::to_string(frame.keyword.size()) + " forms allowed here";
    if (!nearest.empty()) {
        const std::string inner = nearest.front().instancePath.substr(frame.at.text().size());
        message += "; nearest: " + (inner.empty() ? std::string() : "'" + inner.substr(1) + "' ") +
                   nearest.front().message;
    }
    return fail(frame.at, frame.by, std::move(message));
}

bool SchemaRun::oneOf(const Frame& frame)
{
    std::string fitting;
    std::size_t count = 0;
    Evaluated evaluated;
    for (std::size_t i = 0; i < frame.keyword.size(); ++i) {
        if (!holds(frame.keyword[i], frame.instance, frame.at, frame.by.under(i), evaluated))
            continue;
        ++count;
        fitting += (fitting.empty() ? "" : " and ") + std::to_string(i + 1);
    }
    if (count == 0)
        return anyOf(frame);
    if (count > 1)
        return fail(frame.at, frame.by,
                    "must fit exactly one of the forms allowed here, fits numbers " + fitting);
    frame.evaluated.add(evaluated);
    return true;
}

bool SchemaRun::negated(const Frame& frame)
{
    Evaluated ignored;
    return !holds(frame.keyword, frame.instance, frame.at, frame.by, ignored) ||
           fail(frame.at, frame.by, "has a form that is not allowed here");
}

bool SchemaRun::conditional(const Frame& frame)
{
    const bool applies = holds(frame.keyword, frame.instance, frame.at, frame.by, frame.evaluated);
    const std::string_view name = applies ? "then" : "else";
    const auto branch = frame.schema.find(std::string(name));
    if (branch == frame.schema.end())
        return true;
    const PointerChain by = frame.by.up->under(name);
    return check(*branch, frame.instance, frame.at, by, frame.evaluated);
}

// Also draft 7's "dependencies", where a list of names may stand for a schema.
bool SchemaRun::dependentSchemas(const Frame& frame)
{
    if (!frame.instance.is_object() || !frame.keyword.is_object())
        return true;
    bool valid = true;
    for (const auto& [key, needed] : frame.keyword.items()) {
        if (!frame.instance.contains(key))
            continue;
        const PointerChain by = frame.by.under(key);
        if (!needed.is_array()) {
            valid = check(needed, frame.instance, frame.at, by, frame.evaluated) && valid;
            continue;
        }
        for (const auto& name : needed)
            if (name.is_string() && !frame.instance.contains(name.get<std::string>()))
                valid =
                    fail(frame.at, by, "lacks '" + name.get<std::string>() + "', which '" + key + "' needs");
    }
    return valid;
}

bool SchemaRun::pattern(const Frame& frame)
{
    if (!frame.instance.is_string() || !frame.keyword.is_string() || !m_scope.back()->checksValues)
        return true;
    const auto& expression = frame.keyword.get_ref<const std::string&>();
    return fitsPattern(expression, frame.instance.get_ref<const std::string&>()) ||
           fail(frame.at, frame.by,
                "must match the pattern " + expression + ", is " + shortJson(frame.instance));
}

} // namespace plumbline
