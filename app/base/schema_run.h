// One walk of a schema over an instance: the keywords that apply further schemas, and what they have
// evaluated.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "app/base/schema_documents.h"

namespace plumbline {

// What of one object or list some schema has looked at (2020-12, section 7.7: annotations).
struct Evaluated {
    bool all = false;
    std::set<std::string> keys;
    std::set<std::size_t> items;

    void add(const Evaluated& other);
};

// A JSON Pointer as a chain towards the root; written out only for a violation.
struct PointerChain {
    const PointerChain* up = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool isIndex = false;

    PointerChain under(std::string_view name) const { return {this, name, 0, false}; }
    PointerChain under(std::size_t position) const { return {this, {}, position, true}; }
    std::string text() const;
};

class SchemaRun {
public:
    explicit SchemaRun(const SchemaDocuments& documents) : m_documents(documents), m_found(&m_violations) {}

    std::vector<SchemaViolation> run(const nlohmann::ordered_json& instance);

private:
    using Json = nlohmann::ordered_json;

    // One keyword of one schema against one value.
    struct Frame {
        const Json& schema;
        const Json& keyword;
        const Json& instance;
        const PointerChain& at;
        const PointerChain& by;
        Evaluated& evaluated;
    };
    using Applicator = bool (SchemaRun::*)(const Frame&);
    static Applicator applicator(std::string_view keyword, SchemaDialect dialect);

    bool check(const Json& schema, const Json& instance, const PointerChain& at, const PointerChain& by,
               Evaluated& evaluated);
    bool checkKeywords(const Json& schema, const SchemaResource& resource, const Json& instance,
                       const PointerChain& at, const PointerChain& by, Evaluated& evaluated);
    bool checkKeyword(std::string_view name, const SchemaResource& resource, const Frame& frame);
    // The same without reporting.
    bool holds(const Json& schema, const Json& instance, const PointerChain& at, const PointerChain& by,
               Evaluated& evaluated);
    // For a child of the instance, whose own keys and items are nobody's business here.
    bool checkChild(const Json& schema, const Json& child, const PointerChain& at, const PointerChain& by);
    bool fail(const PointerChain& at, const PointerChain& by, std::string message);

    bool reference(const Frame& frame);
    bool allOf(const Frame& frame);
    bool anyOf(const Frame& frame);
    bool oneOf(const Frame& frame);
    bool negated(const Frame& frame);
    bool conditional(const Frame& frame);
    bool dependentSchemas(const Frame& frame);
    bool pattern(const Frame& frame);

    bool properties(const Frame& frame);
    bool patternProperties(const Frame& frame);
    bool additionalProperties(const Frame& frame);
    bool unevaluatedProperties(const Frame& frame);
    bool propertyNames(const Frame& frame);
    bool refuseKey(const Frame& frame, const std::string& key);
    bool namedByPattern(const Json& schema, const std::string& key);
    bool fitsPattern(const std::string& pattern, const std::string& text);
    bool spend(std::size_t steps);

    bool prefixItems(const Frame& frame);
    bool items(const Frame& frame);
    bool draft7Items(const Frame& frame);
    bool additionalItems(const Frame& frame);
    bool unevaluatedItems(const Frame& frame);
    bool contains(const Frame& frame);
    bool itemsFrom(const Frame& frame, std::size_t first);

    const SchemaDocuments& m_documents;
    std::vector<SchemaViolation> m_violations;
    std::vector<SchemaViolation>* m_found; // where fail() writes; null while a branch is only tried
    std::vector<const SchemaResource*> m_scope;
    int m_depth = 0;
    std::size_t m_stepsLeft = 0; // schemas applied; a hostile schema multiplies them without end
    std::string m_gaveUp;        // why; empty = everything was looked at
};

} // namespace plumbline
