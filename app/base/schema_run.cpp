#include "app/base/schema_run.h"

#include <algorithm>
#include <unordered_map>

#include "app/base/json_values.h"
#include "app/base/schema_assertions.h"

namespace plumbline {

namespace {

constexpr int kMaxDepth = 1'000;
constexpr std::size_t kMaxViolations = 1'000;
// Counted and not timed, so that the same schema and instance always have the same outcome.
constexpr std::size_t kStepsAtLeast = 20'000;
constexpr std::size_t kStepsPerValue = 200;
constexpr std::size_t kEntriesPerStep = 4; // of an enum
constexpr std::size_t kShownOfPattern = 100;

std::size_t valuesIn(const nlohmann::ordered_json& value)
{
    std::size_t count = 1;
    if (value.is_structured())
        for (const auto& inner : value)
            count += valuesIn(inner);
    return count;
}

// Keywords that look at what their neighbours have evaluated, so they go last.
bool goesLast(std::string_view keyword)
{
    return keyword == "unevaluatedProperties" || keyword == "unevaluatedItems";
}

} // namespace

void Evaluated::add(const Evaluated& other)
{
    all = all || other.all;
    keys.insert(other.keys.begin(), other.keys.end());
    items.insert(other.items.begin(), other.items.end());
}

std::string PointerChain::text() const
{
    std::vector<const PointerChain*> parts;
    for (const PointerChain* part = this; part->up != nullptr; part = part->up)
        parts.push_back(part);
    std::string out;
    std::for_each(parts.rbegin(), parts.rend(), [&](const PointerChain* part) {
        out += "/" + (part->isIndex ? std::to_string(part->index) : pointerPart(part->key));
    });
    return out;
}

std::vector<SchemaViolation> SchemaRun::run(const Json& instance)
{
    Evaluated evaluated;
    const PointerChain root;
    m_stepsLeft = kStepsAtLeast + kStepsPerValue * valuesIn(instance);
    check(*m_documents.root, instance, root, root, evaluated);
    if (!m_gaveUp.empty()) // whatever a branch made of it: what was not looked at is not valid
        m_violations.push_back({"", "", m_gaveUp});
    return std::move(m_violations);
}

bool SchemaRun::check(const Json& schema, const Json& instance, const PointerChain& at,
                      const PointerChain& by, Evaluated& evaluated)
{
    if (schema.is_boolean())
        return schema.get<bool>() || fail(at, by, "is not allowed here");
    if (!spend(1))
        return false;
    const auto resource = m_documents.resourceOf.find(&schema);
    if (resource == m_documents.resourceOf.end()) // no schema: a malformed keyword
        return true;
    if (m_depth >= kMaxDepth) {
        m_gaveUp = "is nested too deeply, or the schema refers to itself without an end";
        return false;
    }
    ++m_depth;
    const bool enters = m_scope.empty() || m_scope.back() != resource->second;
    if (enters)
        m_scope.push_back(resource->second);
    Evaluated own;
    const bool valid = checkKeywords(schema, *resource->second, instance, at, by, own);
    if (valid && m_documents.collectsEvaluated)
        evaluated.add(own);
    if (enters)
        m_scope.pop_back();
    --m_depth;
    return valid;
}

bool SchemaRun::spend(std::size_t steps)
{
    if (m_gaveUp.empty() && m_stepsLeft < steps)
        m_gaveUp = "cannot be checked: the schema multiplies its own work without an end";
    m_stepsLeft -= std::min(steps, m_stepsLeft);
    return m_gaveUp.empty();
}

bool SchemaRun::fitsPattern(const std::string& pattern, const std::string& text)
{
    const auto found = m_documents.patterns.search(pattern, text);
    if (!found)
        m_gaveUp = "cannot be checked: the pattern " + pattern.substr(0, kShownOfPattern) +
                   " may backtrack without an end on a text as long as this";
    return found.value_or(false);
}

bool SchemaRun::checkKeywords(const Json& schema, const SchemaResource& resource, const Json& instance,
                              const PointerChain& at, const PointerChain& by, Evaluated& evaluated)
{
    const auto one = [&](const std::string& name, const Json& value) {
        const PointerChain under = by.under(name);
        return checkKeyword(name, resource, Frame{schema, value, instance, at, under, evaluated});
    };
    if (resource.dialect == SchemaDialect::Draft7)
        if (const auto ref = schema.find("$ref"); ref != schema.end() && ref->is_string())
            return one("$ref", *ref); // in draft 7 nothing beside it counts
    bool valid = true;
    bool late = false;
    for (const auto& [name, value] : schema.items()) {
        if (goesLast(name))
            late = true;
        else
            valid = one(name, value) && valid;
    }
    if (late)
        for (const auto& [name, value] : schema.items())
            if (goesLast(name))
                valid = one(name, value) && valid;
    return valid;
}

bool SchemaRun::checkKeyword(std::string_view name, const SchemaResource& resource, const Frame& frame)
{
    if (const SchemaAssertion assertion = schemaAssertion(name, resource.dialect)) {
        if (!resource.checksValues)
            return true;
        if (name == "enum" && !spend(frame.keyword.size() / kEntriesPerStep))
            return false;
        auto broken = assertion(frame.keyword, frame.instance);
        return !broken || fail(frame.at, frame.by, std::move(*broken));
    }
    const Applicator apply = applicator(name, resource.dialect);
    return apply == nullptr || (this->*apply)(frame);
}

bool SchemaRun::holds(const Json& schema, const Json& instance, const PointerChain& at,
                      const PointerChain& by, Evaluated& evaluated)
{
    std::vector<SchemaViolation>* reporting = std::exchange(m_found, nullptr);
    const bool valid = check(schema, instance, at, by, evaluated);
    m_found = reporting;
    return valid;
}

bool SchemaRun::checkChild(const Json& schema, const Json& child, const PointerChain& at,
                           const PointerChain& by)
{
    Evaluated ofChild;
    return check(schema, child, at, by, ofChild);
}

bool SchemaRun::fail(const PointerChain& at, const PointerChain& by, std::string message)
{
    if (m_found != nullptr && m_gaveUp.empty() && m_found->size() < kMaxViolations)
        m_found->push_back({at.text(), by.text(), std::move(message)});
    return false;
}

SchemaRun::Applicator SchemaRun::applicator(std::string_view keyword, SchemaDialect dialect)
{
    struct Entry {
        Applicator draft7;
        Applicator draft2020;
    };
    using Run = SchemaRun;
    static const std::unordered_map<std::string_view, Entry> kEntries = {
        {"$ref", {&Run::reference, &Run::reference}},
        {"$dynamicRef", {nullptr, &Run::reference}},
        {"allOf", {&Run::allOf, &Run::allOf}},
        {"anyOf", {&Run::anyOf, &Run::anyOf}},
        {"oneOf", {&Run::oneOf, &Run::oneOf}},
        {"not", {&Run::negated, &Run::negated}},
        {"if", {&Run::conditional, &Run::conditional}},
        {"dependencies", {&Run::dependentSchemas, &Run::dependentSchemas}},
        {"dependentSchemas", {nullptr, &Run::dependentSchemas}},
        {"pattern", {&Run::pattern, &Run::pattern}},
        {"properties", {&Run::properties, &Run::properties}},
        {"patternProperties", {&Run::patternProperties, &Run::patternProperties}},
        {"additionalProperties", {&Run::additionalProperties, &Run::additionalProperties}},
        {"unevaluatedProperties", {nullptr, &Run::unevaluatedProperties}},
        {"propertyNames", {&Run::propertyNames, &Run::propertyNames}},
        {"prefixItems", {nullptr, &Run::prefixItems}},
        {"items", {&Run::draft7Items, &Run::items}},
        {"additionalItems", {&Run::additionalItems, nullptr}},
        {"unevaluatedItems", {nullptr, &Run::unevaluatedItems}},
        {"contains", {&Run::contains, &Run::contains}},
    };
    const auto found = kEntries.find(keyword);
    if (found == kEntries.end())
        return nullptr;
    return dialect == SchemaDialect::Draft7 ? found->second.draft7 : found->second.draft2020;
}

} // namespace plumbline
