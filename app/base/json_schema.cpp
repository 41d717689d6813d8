#include "app/base/json_schema.h"

#include "app/base/schema_dialect.h"
#include "app/base/schema_documents.h"
#include "app/base/schema_run.h"

namespace plumbline {

namespace {

using nlohmann::ordered_json;

// The meta-schema of a dialect, compiled once; null cannot happen, a test compiles both.
std::shared_ptr<const SchemaDocuments> compiledMetaSchema(SchemaDialect dialect)
{
    const auto compiled = [](SchemaDialect one) {
        return compileDocuments(*metaSchema(metaSchemaUri(one)), {}, one).value_or(nullptr);
    };
    static const auto kDraft7 = compiled(SchemaDialect::Draft7);
    static const auto kDraft2020 = compiled(SchemaDialect::Draft2020);
    return dialect == SchemaDialect::Draft7 ? kDraft7 : kDraft2020;
}

// Every document must be a schema of its own draft, or its keywords would silently check nothing.
Result<void> checkDocuments(const SchemaDocuments& all)
{
    for (const auto& [uri, document] : all.documents) {
        const SchemaResource* resource = all.resourceOf.at(document.get());
        const auto meta = compiledMetaSchema(resource->dialect);
        if (meta == nullptr)
            return failure(ErrorCode::Internal, "the meta-schema cannot be read");
        const auto broken = SchemaRun(*meta).run(*document);
        if (!broken.empty())
            return failure(
                ErrorCode::BadInput,
                "is no JSON Schema: '" + broken.front().instancePath + "' " + broken.front().message, uri);
    }
    return {};
}

} // namespace

JsonSchema::JsonSchema(std::shared_ptr<const SchemaDocuments> documents) : m_documents(std::move(documents))
{
}

Result<JsonSchema> JsonSchema::compile(ordered_json schema, const SchemaLoader& loader,
                                       SchemaDialect fallback)
{
    auto documents = compileDocuments(std::move(schema), loader, fallback);
    if (!documents)
        return tl::unexpected(documents.error());
    if (auto checked = checkDocuments(**documents); !checked)
        return tl::unexpected(checked.error());
    return JsonSchema(std::move(*documents));
}

std::vector<SchemaViolation> JsonSchema::validate(const ordered_json& instance) const
{
    return SchemaRun(*m_documents).run(instance);
}

} // namespace plumbline
