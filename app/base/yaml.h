// YAML 1.2 (core schema) as JSON values, with the place of every node, so that an error can name file, line
// and column.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline {

// Where a node begins; both from 1.
struct YamlPlace {
    int line = 1;
    int column = 1;
};

struct YamlDocument {
    nlohmann::ordered_json value;            // null for an empty document
    std::map<std::string, YamlPlace> places; // by JSON Pointer (RFC 6901); of a mapping's entry: its key
    std::string fileName;

    // "file:line:column" of the node, or of the nearest one above it that is known.
    std::string where(const std::string& pointer) const;
};

// Parses one document. Plain scalars: null, ~, true, false, integers, floats; everything else (yes, 010,
// 2026-01-01) is a string, and so is all that is quoted. BadInput with file:line:column: bad syntax, a key
// twice, a key that is no text, a second document; TooLarge: more than 100,000 nodes after aliases are
// expanded, or nested deeper than 64.
Result<YamlDocument> parseYaml(std::string_view text, std::string_view fileName);

} // namespace plumbline
