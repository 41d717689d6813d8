#include "app/workspace/config.h"

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "app/base/yaml.h"
#include "app/workspace/model_config.h"
#include "app/workspace/workspace_schema.h"

namespace plumbline::workspace {

namespace {

using nlohmann::ordered_json;
using retrieval::Profile;

// Reads one number where the profile names it; the schema has checked its type and range.
template <typename T>
void take(const ordered_json& from, const char* key, T& into)
{
    if (const auto found = from.find(key); found != from.end()) {
        into = found->template get<T>();
    }
}

Profile profileOf(const std::string& name, const ordered_json& from)
{
    Profile profile;
    profile.name = name;
    take(from, "chunk_target_words", profile.chunks.targetWords);
    take(from, "chunk_max_words", profile.chunks.maxWords);
    take(from, "bm25_k1", profile.bm25K1);
    take(from, "bm25_b", profile.bm25B);
    take(from, "vector_weight", profile.vectorWeight);
    take(from, "synonym_weight", profile.synonymWeight);
    take(from, "heading_weight", profile.headingWeight);
    take(from, "phrase_weight", profile.phraseWeight);
    take(from, "proximity_weight", profile.proximityWeight);
    take(from, "identifier_weight", profile.identifierWeight);
    take(from, "latent_dimensions", profile.latentDimensions);
    take(from, "embedder", profile.embedder);
    take(from, "document_prefix", profile.documentPrefix);
    take(from, "query_prefix", profile.queryPrefix);
    take(from, "reranker", profile.reranker);
    take(from, "reranker_weight", profile.rerankerWeight);
    take(from, "rerank_candidates", profile.rerankCandidates);
    take(from, "candidates", profile.candidates);
    take(from, "top", profile.top);
    return profile;
}

Result<void> check(const YamlDocument& document)
{
    auto schema = JsonSchema::compile(ordered_json::parse(kWorkspaceSchema));
    if (!schema) {
        return tl::unexpected(schema.error());
    }
    const auto violations = schema->validate(document.value);
    if (violations.empty()) {
        return {};
    }
    const auto& first = violations.front();
    const std::string more =
        violations.size() > 1 ? " (and " + std::to_string(violations.size() - 1) + " more)" : std::string();
    const std::string key =
        first.instancePath.empty() ? std::string("the file") : "'" + first.instancePath.substr(1) + "'";
    return failure(ErrorCode::BadInput, key + ": " + first.message + more,
                   document.where(first.instancePath));
}

Config configOf(const ordered_json& value)
{
    static const ordered_json kNothing = ordered_json::object();
    const auto part = [&](const char* key) -> const ordered_json& {
        const auto found = value.find(key);
        return found != value.end() && found->is_object() ? *found : kNothing;
    };
    Config config;
    take(value, "name", config.name);
    take(value, "actor", config.actor);
    take(part("documents"), "include", config.include);
    take(part("documents"), "exclude", config.exclude);
    config.approvedByDefault = part("approval").value("default", std::string("draft")) == "approved";
    const ordered_json& retrieval = part("retrieval");
    take(retrieval, "profile", config.defaultProfile);
    take(retrieval, "synonyms", config.synonymsFile);
    config.profiles["default"] = Profile();
    if (const auto profiles = retrieval.find("profiles");
        profiles != retrieval.end() && profiles->is_object()) {
        for (const auto& [name, numbers] : profiles->items()) {
            config.profiles[name] = profileOf(name, numbers);
        }
    }
    take(part("assistant"), "suggested", config.suggestedQuestions);
    return config;
}

} // namespace

Result<Config> parseConfig(std::string_view yaml, std::string_view fileName)
{
    auto document = parseYaml(yaml, fileName);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (document->value.is_null()) {
        document->value = ordered_json::object();
    }
    if (auto checked = check(*document); !checked) {
        return tl::unexpected(checked.error());
    }
    Config config = configOf(document->value);
    if (!config.profiles.contains(config.defaultProfile)) {
        return failure(ErrorCode::BadInput,
                       "retrieval.profile names '" + config.defaultProfile +
                           "', which retrieval.profiles does not hold",
                       document->where("/retrieval/profile"));
    }
    if (auto models = readModelConfig(*document, config); !models) {
        return tl::unexpected(models.error());
    }
    return config;
}

namespace {

std::string listed(const std::vector<std::string>& items)
{
    std::string lines;
    for (const std::string& item : items) {
        lines += "\n    - " + ordered_json(item).dump();
    }
    return lines.empty() ? " []" : lines;
}

} // namespace

std::string initialConfig(std::string_view name, const std::vector<std::string>& include,
                          const std::vector<std::string>& exclude)
{
    std::string text =
        "# A Plumbline workspace. Every key is explained in resources/docs/workspace.md.\nname: " +
        ordered_json(name).dump() +
        "\n\ndocuments:\n  # Folders or files below this one; md, html, pdf, docx and txt are read.\n  "
        "include:" +
        listed(include) +
        "\n  # Patterns against the path: * stands for anything but '/', ** for anything.\n  exclude:" +
        listed(exclude) +
        "\n\n"
        "approval:\n"
        "  # What documents without front matter count as: approved or draft. Answers from documents that "
        "only this line\n"
        "  # lets speak say \"approved by default\".\n  default: approved\n\n"
        "retrieval:\n  profile: default\n"
        "  # A file of words that mean the same, a list of lists: [[kyc, know your customer], …]\n"
        "  # synonyms: synonyms.yaml\n\n"
        "# assistant:\n#   prompt: policy-answer\n#   model: local\n"
        "# Endpoints of models that speak the OpenAI protocol; keys are named here and kept elsewhere.\n"
        "# models:\n#   local:\n#     url: http://127.0.0.1:8080/v1\n#     model: qwen2.5-7b-instruct\n"
        "#     price: free\n# budgets:\n#   per_day_usd: 5.00\n\n"
        "# Who approvals are recorded under; without it Git's user.name and user.email, or the login name.\n"
        "# actor: Ada Byron <ada@bank.example>\n";
    return text;
}

} // namespace plumbline::workspace
