#include "app/base/schema_documents.h"

#include <charconv>
#include <optional>

#include "app/base/schema_dialect.h"
#include "app/base/uri.h"

namespace plumbline {

namespace {

using nlohmann::ordered_json;

constexpr int kMaxDepth = 256;
constexpr std::size_t kMaxDocuments = 1'000;
constexpr std::string_view kValidationVocabulary = "https://json-schema.org/draft/2020-12/vocab/validation";

// The text under a key, or nothing where there is none or it is of another type.
std::string textAt(const ordered_json& schema, const char* key)
{
    const auto found = schema.find(key);
    return found != schema.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string unescaped(std::string_view part)
{
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool escape =
            part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        out += !escape ? part[i] : part[i + 1] == '0' ? '~' : '/';
        i += escape ? 1 : 0;
    }
    return out;
}

const ordered_json* child(const ordered_json& node, const std::string& key)
{
    if (node.is_object()) {
        const auto found = node.find(key);
        return found != node.end() ? &*found : nullptr;
    }
    std::size_t index = 0;
    const auto read = std::from_chars(key.data(), key.data() + key.size(), index);
    const bool whole = read.ec == std::errc() && read.ptr == key.data() + key.size();
    return node.is_array() && whole && index < node.size() ? &node[index] : nullptr;
}

class Compiler {
public:
    Compiler(SchemaDocuments& all, const SchemaLoader& loader, SchemaDialect fallback)
        : m_all(all), m_loader(loader), m_fallback(fallback)
    {
    }

    Result<void> compile(ordered_json schema)
    {
        auto root = addDocument("", std::move(schema));
        if (!root)
            return tl::unexpected(root.error());
        m_all.root = (*root)->root;
        while (!m_open.empty()) { // resolving may load documents, which open more references
            const Reference reference = m_open.back();
            m_open.pop_back();
            auto target = resolve(reference);
            if (!target)
                return tl::unexpected(target.error());
            m_all.references[reference.value] = std::move(*target);
        }
        return {};
    }

private:
    struct Reference {
        const ordered_json* value;
        SchemaResource* from;
        bool dynamic;
    };

    Result<SchemaResource*> addDocument(const std::string& uri, ordered_json document)
    {
        if (m_all.documents.size() >= kMaxDocuments)
            return failure(ErrorCode::TooLarge, "the schema leads to more than 1,000 documents", uri);
        if (!document.is_object() && !document.is_boolean())
            return failure(ErrorCode::BadInput, "a JSON Schema is an object, true or false", uri);
        auto owned = std::make_unique<const ordered_json>(std::move(document));
        const ordered_json* node = owned.get();
        m_all.documents.emplace(uri, std::move(owned));
        SchemaResource* resource = newResource(uri, *node);
        m_all.byUri.emplace(uri, resource);
        if (auto known = setDialect(*resource, m_fallback); !known)
            return tl::unexpected(known.error());
        if (auto scanned = scan(*node, resource, 0); !scanned)
            return tl::unexpected(scanned.error());
        return resource;
    }

    SchemaResource* newResource(const std::string& uri, const ordered_json& root)
    {
        auto resource = std::make_unique<SchemaResource>();
        resource->uri = uri;
        resource->root = &root;
        m_all.resources.push_back(std::move(resource));
        return m_all.resources.back().get();
    }

    Result<void> setDialect(SchemaResource& resource, SchemaDialect inherited)
    {
        resource.dialect = inherited;
        const std::string name =
            resource.root->is_object() ? textAt(*resource.root, "$schema") : std::string();
        if (name.empty())
            return {};
        if (const auto known = dialectOf(name)) {
            resource.dialect = *known;
            return {};
        }
        const std::string uri = splitFragment(name).withoutFragment;
        const auto unsupported =
            failure(ErrorCode::Unsupported,
                    "the draft '" + name + "' is not known; expected draft 7 or 2020-12", resource.uri);
        if (!m_loader || uri.starts_with("http://json-schema.org/") ||
            uri.starts_with("https://json-schema.org/"))
            return unsupported;
        const auto meta = m_loader(uri);
        if (!meta)
            return tl::unexpected(meta.error());
        const auto base = dialectOf(meta->is_object() ? textAt(*meta, "$schema") : std::string());
        if (!base)
            return unsupported;
        resource.dialect = *base;
        return takeVocabularies(resource, *meta);
    }

    static Result<void> takeVocabularies(SchemaResource& resource, const ordered_json& meta)
    {
        const auto list = meta.find("$vocabulary");
        if (list == meta.end() || !list->is_object())
            return {};
        for (const auto& [name, required] : list->items()) {
            const bool known = name.starts_with("https://json-schema.org/draft/2020-12/vocab/");
            if (!known && required.is_boolean() && required.get<bool>())
                return failure(ErrorCode::Unsupported,
                               "the vocabulary '" + name + "' is required and not known", resource.uri);
        }
        resource.checksValues = list->contains(std::string(kValidationVocabulary));
        return {};
    }

    // Opens a resource where the schema has an identifier, and notes its anchors.
    Result<SchemaResource*> identify(const ordered_json& schema, SchemaResource* resource)
    {
        const bool draft7 = resource->dialect == SchemaDialect::Draft7;
        if (draft7 && schema.contains("$ref")) // what stands beside a reference does not count in draft 7
            return resource;
        const UriParts id = splitFragment(textAt(schema, "$id"));
        if (!id.withoutFragment.empty()) {
            const std::string uri =
                splitFragment(resolveUri(resource->uri, id.withoutFragment)).withoutFragment;
            if (resource->root == &schema) {
                resource->uri = uri;
            } else {
                const SchemaResource* outer = resource;
                resource = newResource(uri, schema);
                resource->checksValues = outer->checksValues;
                if (auto known = setDialect(*resource, outer->dialect); !known)
                    return tl::unexpected(known.error());
            }
            m_all.byUri.emplace(uri, resource);
        }
        if (draft7) {
            if (!id.fragment.empty())
                resource->anchors[id.fragment] = &schema;
            return resource;
        }
        if (const std::string anchor = textAt(schema, "$anchor"); !anchor.empty())
            resource->anchors[anchor] = &schema;
        if (const std::string anchor = textAt(schema, "$dynamicAnchor"); !anchor.empty()) {
            resource->anchors[anchor] = &schema;
            resource->dynamicAnchors[anchor] = &schema;
        }
        return resource;
    }

    Result<void> scan(const ordered_json& schema, SchemaResource* resource, int depth)
    {
        if (depth > kMaxDepth)
            return failure(ErrorCode::TooLarge, "the schema is nested deeper than 256 levels", resource->uri);
        if (!schema.is_object()) {
            m_all.resourceOf.emplace(&schema, resource);
            return {};
        }
        auto within = identify(schema, resource);
        if (!within)
            return tl::unexpected(within.error());
        resource = *within;
        m_all.resourceOf.emplace(&schema, resource);
        for (const auto& [key, value] : schema.items()) {
            if (auto noted = noteKeyword(key, value, resource); !noted)
                return noted;
            if (auto scanned = scanUnder(subschemaPlace(key, resource->dialect), value, resource, depth);
                !scanned)
                return scanned;
        }
        return {};
    }

    Result<void> noteKeyword(const std::string& key, const ordered_json& value, SchemaResource* resource)
    {
        const bool draft2020 = resource->dialect == SchemaDialect::Draft2020;
        if (value.is_string() && (key == "$ref" || (key == "$dynamicRef" && draft2020)))
            m_open.push_back({&value, resource, key == "$dynamicRef"});
        if (draft2020 && (key == "unevaluatedItems" || key == "unevaluatedProperties"))
            m_all.collectsEvaluated = true;
        if (key == "pattern" && value.is_string())
            return m_all.patterns.add(value.get<std::string>());
        if (key == "patternProperties" && value.is_object())
            for (const auto& [pattern, ignored] : value.items())
                if (auto added = m_all.patterns.add(pattern); !added)
                    return added;
        return {};
    }

    Result<void> scanUnder(SubschemaPlace place, const ordered_json& value, SchemaResource* resource,
                           int depth)
    {
        using enum SubschemaPlace;
        const bool isSchema = value.is_object() || value.is_boolean();
        if ((place == Schema || place == SchemaOrList) && isSchema)
            return scan(value, resource, depth + 1);
        const bool list = (place == List || place == SchemaOrList) && value.is_array();
        const bool map = (place == Map || place == MapOfSchemaOrNames) && value.is_object();
        if (!list && !map)
            return {};
        for (const auto& inner : value)
            if (inner.is_object() || inner.is_boolean())
                if (auto scanned = scan(inner, resource, depth + 1); !scanned)
                    return scanned;
        return {};
    }

    Result<SchemaTarget> resolve(const Reference& reference)
    {
        const std::string uri = resolveUri(reference.from->uri, reference.value->get<std::string>());
        const UriParts parts = splitFragment(uri);
        auto resource = resourceAt(parts.withoutFragment);
        if (!resource)
            return tl::unexpected(resource.error());
        SchemaTarget target;
        if (parts.fragment.empty()) {
            target.node = (*resource)->root;
        } else if (parts.fragment.starts_with('/')) {
            auto node = nodeAt(**resource, parts.fragment);
            if (!node)
                return tl::unexpected(node.error());
            target.node = *node;
        } else if (const auto found = (*resource)->anchors.find(parts.fragment);
                   found != (*resource)->anchors.end()) {
            target.node = found->second;
            if (reference.dynamic && (*resource)->dynamicAnchors.contains(parts.fragment))
                target.dynamicAnchor = parts.fragment;
        }
        if (target.node == nullptr)
            return failure(ErrorCode::NotFound, "the schema refers to '" + uri + "', which is not there");
        return target;
    }

    Result<SchemaResource*> resourceAt(const std::string& uri)
    {
        if (const auto found = m_all.byUri.find(uri); found != m_all.byUri.end())
            return found->second;
        if (const ordered_json* meta = metaSchema(uri))
            return addDocument(uri, *meta);
        if (!m_loader)
            return failure(ErrorCode::NotFound,
                           "the schema refers to '" + uri + "', which is not part of it");
        auto loaded = m_loader(uri);
        if (!loaded)
            return tl::unexpected(loaded.error());
        return addDocument(uri, std::move(*loaded));
    }

    // Follows a JSON Pointer; what it reaches is a schema even where no keyword says so.
    Result<const ordered_json*> nodeAt(SchemaResource& resource, std::string_view pointer)
    {
        const ordered_json* node = resource.root;
        SchemaResource* within = &resource;
        while (node != nullptr && !pointer.empty()) {
            pointer.remove_prefix(1);
            const std::size_t slash = std::min(pointer.find('/'), pointer.size());
            node = child(*node, unescaped(pointer.substr(0, slash)));
            pointer = pointer.substr(slash);
            if (const auto known = m_all.resourceOf.find(node); known != m_all.resourceOf.end())
                within = known->second;
        }
        const bool isSchema = node != nullptr && (node->is_object() || node->is_boolean());
        if (!isSchema)
            return static_cast<const ordered_json*>(nullptr);
        if (!m_all.resourceOf.contains(node))
            if (auto scanned = scan(*node, within, 0); !scanned)
                return tl::unexpected(scanned.error());
        return node;
    }

    SchemaDocuments& m_all;
    const SchemaLoader& m_loader;
    SchemaDialect m_fallback;
    std::vector<Reference> m_open;
};

} // namespace

Result<std::shared_ptr<const SchemaDocuments>>
compileDocuments(ordered_json schema, const SchemaLoader& loader, SchemaDialect fallback)
{
    auto all = std::make_shared<SchemaDocuments>();
    if (auto compiled = Compiler(*all, loader, fallback).compile(std::move(schema)); !compiled)
        return tl::unexpected(compiled.error());
    return std::shared_ptr<const SchemaDocuments>(std::move(all));
}

} // namespace plumbline
