// JSON Schema, draft 7 and 2020-12: a compiled schema says where an instance breaks it and what was expected.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline {

enum class SchemaDialect { Draft7, Draft2020 };

struct SchemaViolation {
    std::string instancePath; // JSON Pointer to the offending value; of an unknown key: the key
    std::string schemaPath;   // JSON Pointer through the schema, as followed
    std::string message; // for a person; reads on after the name of the value: "must be at least 1, is 0"
};

// Fetches a schema that is referred to by URI (without fragment).
using SchemaLoader = std::function<Result<nlohmann::ordered_json>(const std::string& uri)>;

struct SchemaDocuments;

class JsonSchema {
public:
    // Resolves every reference at once: `loader` is not called afterwards. A schema without "$schema" is of
    // dialect `fallback`. "format" and "content*" are annotations and check nothing, as both drafts allow.
    // BadInput: breaks its meta-schema, or a pattern is no ECMAScript expression. NotFound: a reference leads
    // nowhere. Unsupported: another draft, or a vocabulary that is required and unknown. TooLarge: nested
    // deeper than 256 or more than 1,000 documents. Errors of the loader are handed on.
    static Result<JsonSchema> compile(nlohmann::ordered_json schema, const SchemaLoader& loader = {},
                                      SchemaDialect fallback = SchemaDialect::Draft2020);

    // Empty when the instance is valid; at most 1,000 violations, in the order of the schema. Thread-safe.
    std::vector<SchemaViolation> validate(const nlohmann::ordered_json& instance) const;

private:
    explicit JsonSchema(std::shared_ptr<const SchemaDocuments> documents);

    std::shared_ptr<const SchemaDocuments> m_documents;
};

} // namespace plumbline
