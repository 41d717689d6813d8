#include "app/base/schema_dialect.h"

#include <string>
#include <unordered_map>

namespace plumbline {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kDraft7Uri = "http://json-schema.org/draft-07/schema";
constexpr std::string_view kDraft2020Uri = "https://json-schema.org/draft/2020-12/schema";

constexpr std::string_view kDraft7 = R"meta({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "http://json-schema.org/draft-07/schema#",
  "type": ["object", "boolean"],
  "definitions": {
    "count": {"type": "integer", "minimum": 0},
    "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
    "schemas": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
    "schemaMap": {"type": "object", "additionalProperties": {"$ref": "#"}},
    "typeName": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}
  },
  "properties": {
    "$id": {"type": "string"}, "$schema": {"type": "string"}, "$ref": {"type": "string"},
    "$comment": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
    "readOnly": {"type": "boolean"}, "examples": {"type": "array"},
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
    "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
    "maxLength": {"$ref": "#/definitions/count"}, "minLength": {"$ref": "#/definitions/count"},
    "maxItems": {"$ref": "#/definitions/count"}, "minItems": {"$ref": "#/definitions/count"},
    "maxProperties": {"$ref": "#/definitions/count"}, "minProperties": {"$ref": "#/definitions/count"},
    "pattern": {"type": "string"}, "format": {"type": "string"},
    "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"},
    "uniqueItems": {"type": "boolean"}, "required": {"$ref": "#/definitions/names"},
    "enum": {"type": "array"},
    "type": {"anyOf": [{"$ref": "#/definitions/typeName"},
      {"type": "array", "items": {"$ref": "#/definitions/typeName"}, "minItems": 1, "uniqueItems": true}]},
    "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/schemas"}]},
    "dependencies": {"type": "object",
      "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/names"}]}},
    "additionalItems": {"$ref": "#"}, "contains": {"$ref": "#"}, "additionalProperties": {"$ref": "#"},
    "propertyNames": {"$ref": "#"}, "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
    "not": {"$ref": "#"},
    "definitions": {"$ref": "#/definitions/schemaMap"}, "properties": {"$ref": "#/definitions/schemaMap"},
    "patternProperties": {"$ref": "#/definitions/schemaMap"},
    "allOf": {"$ref": "#/definitions/schemas"}, "anyOf": {"$ref": "#/definitions/schemas"},
    "oneOf": {"$ref": "#/definitions/schemas"}
  }
})meta";

constexpr std::string_view kDraft2020 = R"meta({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://json-schema.org/draft/2020-12/schema",
  "$dynamicAnchor": "meta",
  "type": ["object", "boolean"],
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
    "schemas": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}},
    "schemaMap": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
    "typeName": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
    "anchor": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"}
  },
  "properties": {
    "$id": {"type": "string", "pattern": "^[^#]*#?$"}, "$schema": {"type": "string"},
    "$ref": {"type": "string"}, "$dynamicRef": {"type": "string"},
    "$anchor": {"$ref": "#/$defs/anchor"}, "$dynamicAnchor": {"$ref": "#/$defs/anchor"},
    "$vocabulary": {"type": "object", "additionalProperties": {"type": "boolean"}},
    "$comment": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
    "deprecated": {"type": "boolean"}, "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"},
    "examples": {"type": "array"},
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
    "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
    "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"},
    "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"},
    "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
    "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"},
    "pattern": {"type": "string"}, "format": {"type": "string"},
    "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"},
    "uniqueItems": {"type": "boolean"}, "required": {"$ref": "#/$defs/names"},
    "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/names"}},
    "enum": {"type": "array"},
    "type": {"anyOf": [{"$ref": "#/$defs/typeName"},
      {"type": "array", "items": {"$ref": "#/$defs/typeName"}, "minItems": 1, "uniqueItems": true}]},
    "items": {"$dynamicRef": "#meta"}, "contains": {"$dynamicRef": "#meta"},
    "additionalProperties": {"$dynamicRef": "#meta"}, "propertyNames": {"$dynamicRef": "#meta"},
    "if": {"$dynamicRef": "#meta"}, "then": {"$dynamicRef": "#meta"}, "else": {"$dynamicRef": "#meta"},
    "not": {"$dynamicRef": "#meta"}, "contentSchema": {"$dynamicRef": "#meta"},
    "unevaluatedItems": {"$dynamicRef": "#meta"}, "unevaluatedProperties": {"$dynamicRef": "#meta"},
    "prefixItems": {"$ref": "#/$defs/schemas"}, "allOf": {"$ref": "#/$defs/schemas"},
    "anyOf": {"$ref": "#/$defs/schemas"}, "oneOf": {"$ref": "#/$defs/schemas"},
    "$defs": {"$ref": "#/$defs/schemaMap"}, "definitions": {"$ref": "#/$defs/schemaMap"},
    "properties": {"$ref": "#/$defs/schemaMap"}, "patternProperties": {"$ref": "#/$defs/schemaMap"},
    "dependentSchemas": {"$ref": "#/$defs/schemaMap"},
    "dependencies": {"type": "object",
      "additionalProperties": {"anyOf": [{"$dynamicRef": "#meta"}, {"$ref": "#/$defs/names"}]}}
  }
})meta";

struct Place {
    SubschemaPlace draft7;
    SubschemaPlace draft2020;
};

using enum SubschemaPlace;

const std::unordered_map<std::string_view, Place>& places()
{
    static const std::unordered_map<std::string_view, Place> kPlaces = {
        {"properties", {Map, Map}},
        {"patternProperties", {Map, Map}},
        {"additionalProperties", {Schema, Schema}},
        {"propertyNames", {Schema, Schema}},
        {"items", {SchemaOrList, Schema}},
        {"prefixItems", {None, List}},
        {"additionalItems", {Schema, None}},
        {"contains", {Schema, Schema}},
        {"unevaluatedItems", {None, Schema}},
        {"unevaluatedProperties", {None, Schema}},
        {"allOf", {List, List}},
        {"anyOf", {List, List}},
        {"oneOf", {List, List}},
        {"not", {Schema, Schema}},
        {"if", {Schema, Schema}},
        {"then", {Schema, Schema}},
        {"else", {Schema, Schema}},
        {"dependencies", {MapOfSchemaOrNames, MapOfSchemaOrNames}},
        {"dependentSchemas", {None, Map}},
        {"definitions", {Map, Map}},
        {"$defs", {None, Map}},
        {"contentSchema", {None, Schema}},
    };
    return kPlaces;
}

} // namespace

SubschemaPlace subschemaPlace(std::string_view keyword, SchemaDialect dialect)
{
    const auto found = places().find(keyword);
    if (found == places().end())
        return None;
    return dialect == SchemaDialect::Draft7 ? found->second.draft7 : found->second.draft2020;
}

std::optional<SchemaDialect> dialectOf(std::string_view uri)
{
    if (uri.ends_with('#'))
        uri.remove_suffix(1);
    if (uri == kDraft7Uri)
        return SchemaDialect::Draft7;
    if (uri == kDraft2020Uri)
        return SchemaDialect::Draft2020;
    return std::nullopt;
}

const ordered_json* metaSchema(std::string_view uri)
{
    static const ordered_json kDraft7Json = ordered_json::parse(kDraft7);
    static const ordered_json kDraft2020Json = ordered_json::parse(kDraft2020);
    return uri == kDraft7Uri ? &kDraft7Json : uri == kDraft2020Uri ? &kDraft2020Json : nullptr;
}

std::string_view metaSchemaUri(SchemaDialect dialect)
{
    return dialect == SchemaDialect::Draft7 ? kDraft7Uri : kDraft2020Uri;
}

} // namespace plumbline
