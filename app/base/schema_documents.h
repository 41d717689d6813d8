// The documents that one compiled schema stands on, with every reference resolved to the node it means.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "app/base/schema_regex.h"

namespace plumbline {

// A schema with an identifier of its own, or the root of a document.
struct SchemaResource {
    std::string uri; // without fragment; empty for a root that names none
    const nlohmann::ordered_json* root = nullptr;
    SchemaDialect dialect = SchemaDialect::Draft2020;
    bool checksValues = true; // false where the meta-schema leaves the validation vocabulary out
    std::map<std::string, const nlohmann::ordered_json*> anchors;
    std::map<std::string, const nlohmann::ordered_json*> dynamicAnchors;
};

struct SchemaTarget {
    const nlohmann::ordered_json* node = nullptr;
    std::string
        dynamicAnchor; // not empty: the outermost resource that has it decides (2020-12 section 8.2.3.2)
};

// Read-only once compiled.
struct SchemaDocuments {
    std::map<std::string, std::unique_ptr<const nlohmann::ordered_json>>
        documents; // by the URI they came from
    std::vector<std::unique_ptr<SchemaResource>> resources;
    std::map<std::string, SchemaResource*> byUri;
    std::unordered_map<const nlohmann::ordered_json*, SchemaResource*> resourceOf; // every schema node
    std::unordered_map<const nlohmann::ordered_json*, SchemaTarget> references; // by the "$ref" value's node
    SchemaPatterns patterns;
    const nlohmann::ordered_json* root = nullptr;
    bool collectsEvaluated = false; // some schema has unevaluatedItems or unevaluatedProperties
};

// Registers `schema` and whatever it leads to. Errors as JsonSchema::compile.
Result<std::shared_ptr<const SchemaDocuments>>
compileDocuments(nlohmann::ordered_json schema, const SchemaLoader& loader, SchemaDialect fallback);

} // namespace plumbline
