// The keywords that apply schemas to the entries of an object or a list.
#include <algorithm>

#include "app/base/json_values.h"
#include "app/base/schema_run.h"

namespace plumbline {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostSuggestions = 20;

// Levenshtein distance of two short texts, for "did you mean".
std::size_t distance(const std::string& left, const std::string& right)
{
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t corner = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = corner + (left[i - 1] == right[j - 1] ? 0 : 1);
            corner = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

std::string nearestName(const ordered_json& known, const std::string& key)
{
    std::string best;
    std::size_t least = key.size() / 3 + 1; // further away it is another word, not a slip
    for (const auto& [name, ignored] : known.items())
        if (const std::size_t steps = key.size() > 64 ? least + 1 : distance(name, key); steps <= least) {
            least = steps == 0 ? 0 : steps - 1;
            best = name;
        }
    return best;
}

} // namespace

bool SchemaRun::properties(const Frame& frame)
{
    if (!frame.instance.is_object() || !frame.keyword.is_object())
        return true;
    bool valid = true;
    for (const auto& [key, schema] : frame.keyword.items()) {
        const auto value = frame.instance.find(key);
        if (value == frame.instance.end())
            continue;
        valid = checkChild(schema, *value, frame.at.under(key), frame.by.under(key)) && valid;
        if (m_documents.collectsEvaluated)
            frame.evaluated.keys.insert(key);
    }
    return valid;
}

bool SchemaRun::patternProperties(const Frame& frame)
{
    if (!frame.instance.is_object() || !frame.keyword.is_object())
        return true;
    bool valid = true;
    for (const auto& [pattern, schema] : frame.keyword.items()) {
        const PointerChain by = frame.by.under(pattern);
        for (const auto& [key, value] : frame.instance.items()) {
            if (!fitsPattern(pattern, key))
                continue;
            valid = checkChild(schema, value, frame.at.under(key), by) && valid;
            if (m_documents.collectsEvaluated)
                frame.evaluated.keys.insert(key);
        }
    }
    return valid;
}

bool SchemaRun::namedByPattern(const Json& schema, const std::string& key)
{
    const auto patterns = schema.find("patternProperties");
    if (patterns == schema.end() || !patterns->is_object())
        return false;
    for (const auto& [pattern, ignored] : patterns->items())
        if (fitsPattern(pattern, key))
            return true;
    return false;
}

bool SchemaRun::refuseKey(const Frame& frame, const std::string& key)
{
    std::string message = "is not a known key";
    const auto known = frame.schema.find("properties");
    const bool few = m_found != nullptr && m_found->size() < kMostSuggestions; // each looks at all names
    if (few && known != frame.schema.end() && known->is_object() && !known->empty()) {
        const std::string nearest = nearestName(*known, key);
        std::string names;
        for (const auto& [name, ignored] : known->items())
            names += (names.empty() ? "" : ", ") + name;
        message += nearest.empty() ? "; expected one of " + names : "; did you mean '" + nearest + "'?";
    }
    return fail(frame.at.under(key), frame.by, std::move(message));
}

bool SchemaRun::additionalProperties(const Frame& frame)
{
    if (!frame.instance.is_object())
        return true;
    const auto known = frame.schema.find("properties");
    const bool named = known != frame.schema.end() && known->is_object();
    bool valid = true;
    for (const auto& [key, value] : frame.instance.items()) {
        if ((named && known->contains(key)) || namedByPattern(frame.schema, key))
            continue;
        const bool refused = frame.keyword.is_boolean() && !frame.keyword.get<bool>();
        valid = (refused ? refuseKey(frame, key)
                         : checkChild(frame.keyword, value, frame.at.under(key), frame.by)) &&
                valid;
        if (m_documents.collectsEvaluated)
            frame.evaluated.keys.insert(key);
    }
    return valid;
}

bool SchemaRun::unevaluatedProperties(const Frame& frame)
{
    if (!frame.instance.is_object() || frame.evaluated.all)
        return true;
    bool valid = true;
    for (const auto& [key, value] : frame.instance.items()) {
        if (frame.evaluated.keys.contains(key))
            continue;
        const bool refused = frame.keyword.is_boolean() && !frame.keyword.get<bool>();
        valid = (refused ? refuseKey(frame, key)
                         : checkChild(frame.keyword, value, frame.at.under(key), frame.by)) &&
                valid;
    }
    frame.evaluated.all = true;
    return valid;
}

bool SchemaRun::propertyNames(const Frame& frame)
{
    if (!frame.instance.is_object())
        return true;
    bool valid = true;
    for (const auto& [key, ignored] : frame.instance.items()) {
        const Json name = key;
        valid = checkChild(frame.keyword, name, frame.at.under(key), frame.by) && valid;
    }
    return valid;
}

bool SchemaRun::itemsFrom(const Frame& frame, std::size_t first)
{
    bool valid = true;
    for (std::size_t i = first; i < frame.instance.size(); ++i)
        valid = checkChild(frame.keyword, frame.instance[i], frame.at.under(i), frame.by) && valid;
    frame.evaluated.all = true;
    return valid;
}

bool SchemaRun::prefixItems(const Frame& frame)
{
    if (!frame.instance.is_array() || !frame.keyword.is_array())
        return true;
    bool valid = true;
    const std::size_t count = std::min(frame.keyword.size(), frame.instance.size());
    for (std::size_t i = 0; i < count; ++i) {
        valid =
            checkChild(frame.keyword[i], frame.instance[i], frame.at.under(i), frame.by.under(i)) && valid;
        if (m_documents.collectsEvaluated)
            frame.evaluated.items.insert(i);
    }
    return valid;
}

bool SchemaRun::items(const Frame& frame)
{
    if (!frame.instance.is_array())
        return true;
    const auto prefix = frame.schema.find("prefixItems");
    return itemsFrom(frame, prefix != frame.schema.end() && prefix->is_array() ? prefix->size() : 0);
}

bool SchemaRun::draft7Items(const Frame& frame)
{
    if (frame.keyword.is_array())
        return prefixItems(frame);
    return !frame.instance.is_array() || itemsFrom(frame, 0);
}

bool SchemaRun::additionalItems(const Frame& frame)
{
    const auto prefix = frame.schema.find("items");
    if (!frame.instance.is_array() || prefix == frame.schema.end() || !prefix->is_array())
        return true;
    return itemsFrom(frame, prefix->size());
}

bool SchemaRun::unevaluatedItems(const Frame& frame)
{
    if (!frame.instance.is_array() || frame.evaluated.all)
        return true;
    bool valid = true;
    for (std::size_t i = 0; i < frame.instance.size(); ++i)
        if (!frame.evaluated.items.contains(i))
            valid = checkChild(frame.keyword, frame.instance[i], frame.at.under(i), frame.by) && valid;
    frame.evaluated.all = true;
    return valid;
}

bool SchemaRun::contains(const Frame& frame)
{
    if (!frame.instance.is_array())
        return true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < frame.instance.size(); ++i) {
        Evaluated ofItem;
        if (!holds(frame.keyword, frame.instance[i], frame.at.under(i), frame.by, ofItem))
            continue;
        ++count;
        if (m_documents.collectsEvaluated)
            frame.evaluated.items.insert(i);
    }
    const auto limit = [&](const char* name, double otherwise) {
        const auto found = frame.schema.find(name);
        const bool counts =
            m_scope.back()->dialect == SchemaDialect::Draft2020 && found != frame.schema.end();
        return counts && found->is_number() ? found->get<double>() : otherwise;
    };
    const double least = limit("minContains", 1);
    const double most = limit("maxContains", static_cast<double>(frame.instance.size()));
    const auto matching = static_cast<double>(count);
    if (matching < least)
        return fail(frame.at, frame.by,
                    "holds too few entries of the form asked for: " + std::to_string(count));
    return matching <= most ||
           fail(frame.at, frame.by, "holds too many entries of the form asked for: " + std::to_string(count));
}

} // namespace plumbline
