// What tells the drafts of JSON Schema apart: names, meta-schemas, and where a keyword holds further schemas.
#pragma once

#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"

namespace plumbline {

// What stands under a keyword, as far as schemas are concerned.
enum class SubschemaPlace { None, Schema, List, Map, SchemaOrList, MapOfSchemaOrNames };

SubschemaPlace subschemaPlace(std::string_view keyword, SchemaDialect dialect);

// The dialect of a "$schema" that is known by name; the trailing "#" does not count.
std::optional<SchemaDialect> dialectOf(std::string_view uri);

// The meta-schema under this URI (without fragment), or null: a rendering of our own that accepts the same
// schemas, in one document per draft.
const nlohmann::ordered_json* metaSchema(std::string_view uri);
std::string_view metaSchemaUri(SchemaDialect dialect);

} // namespace plumbline
