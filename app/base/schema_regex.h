// The patterns of one schema: ECMAScript expressions, compiled once, searched (not anchored) in UTF-8 text.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/base/result.h"

namespace plumbline {

// ECMAScript 5.1 by Duktape, over whole code points, with \p{…} and \P{…} of Unicode mode added.
class SchemaPatterns {
public:
    SchemaPatterns();
    ~SchemaPatterns();
    SchemaPatterns(const SchemaPatterns&) = delete;
    SchemaPatterns& operator=(const SchemaPatterns&) = delete;

    // BadInput: not an expression.
    Result<void> add(const std::string& pattern);

    // False for a pattern that was not added. Empty: given up, because the pattern might backtrack without
    // end on this text. Most patterns cannot: they are searched by RE2, in linear time. Thread-safe.
    std::optional<bool> search(const std::string& pattern, const std::string& text) const;

private:
    struct Engine;
    std::unique_ptr<Engine> m_engine;
    std::map<std::string, unsigned> m_slots;
    mutable std::mutex m_mutex;
};

} // namespace plumbline
