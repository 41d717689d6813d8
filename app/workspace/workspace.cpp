#include "app/workspace/workspace.h"

#include "app/base/file.h"
#include "app/base/yaml.h"
#include "app/evals/runner.h"
#include "app/store/migrations.h"
#include "app/workspace/identity.h"
#include "app/workspace/secrets.h"

namespace plumbline::workspace {

namespace fs = std::filesystem;

namespace {

// A list of lists of words: groups that mean the same.
Result<retrieval::Synonyms> readSynonyms(const fs::path& file)
{
    auto text = readFile(file, 4'000'000);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto document = parseYaml(*text, file.string());
    if (!document) {
        return tl::unexpected(document.error());
    }
    retrieval::Synonyms groups;
    const auto& lists = document->value;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        std::vector<std::string> group;
        for (std::size_t j = 0; lists.is_array() && lists[i].is_array() && j < lists[i].size(); ++j) {
            if (lists[i][j].is_string()) {
                group.push_back(lists[i][j].get<std::string>());
            }
        }
        if (group.size() < 2 || group.size() != lists[i].size()) {
            return failure(
                ErrorCode::BadInput,
                "expected a list of two or more texts that mean the same, such as [kyc, know your customer]",
                document->where("/" + std::to_string(i)));
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

Result<void> prepareState(const fs::path& state)
{
    std::error_code error;
    fs::create_directories(state, error);
    if (error) {
        return tl::unexpected(fileError(error.value(), "make the folder", state.string()));
    }
    if (!fs::exists(state / ".gitignore", error)) {
        if (auto written = writeFileAtomically(state / ".gitignore", "*\n"); !written) {
            return written;
        }
    }
    return store::migrate(state / "plumbline.db");
}

retrieval::ModelServices servicesOf(const Models& models)
{
    return {[&models](const std::string& name) { return models.embedder(name); },
            [&models](const std::string& name) { return models.reranker(name); }};
}

} // namespace

Result<Config> Workspace::check(const fs::path& home)
{
    std::error_code ignored;
    const fs::path file = home / "workspace.yaml";
    if (!fs::exists(file, ignored)) {
        return failure(ErrorCode::NotFound,
                       "there is no workspace.yaml here; `plumbline init " + home.string() + "` makes one",
                       home.string());
    }
    auto text = readFile(file, 4'000'000);
    return text ? parseConfig(*text, file.string()) : Result<Config>(tl::unexpected(text.error()));
}

Result<std::unique_ptr<Workspace>> Workspace::open(const fs::path& home, SecretSource secrets)
{
    auto config = check(home);
    if (!config) {
        return tl::unexpected(config.error());
    }
    retrieval::Synonyms synonyms;
    if (!config->synonymsFile.empty()) {
        auto read = readSynonyms(home / config->synonymsFile);
        if (!read) {
            return tl::unexpected(read.error());
        }
        synonyms = std::move(*read);
    }
    if (auto ready = prepareState(home / ".plumbline"); !ready) {
        return tl::unexpected(ready.error());
    }
    const fs::path state = home / ".plumbline";
    auto models = Models::make(*config, state / "plumbline.db",
                               secrets ? std::move(secrets) : secretSource(secretPlaces(state)));
    if (!models) {
        return tl::unexpected(models.error());
    }
    return std::unique_ptr<Workspace>(
        new Workspace(home, std::move(*config), std::move(synonyms), std::move(*models)));
}

Workspace::Workspace(fs::path home, Config config, retrieval::Synonyms synonyms,
                     std::unique_ptr<Models> models)
    : m_home(std::move(home)), m_config(std::move(config)), m_models(std::move(models)),
      m_library(std::make_unique<corpus::Library>(databaseFile())),
      m_indexer(std::make_unique<retrieval::Indexer>(m_home, stateFolder(), servicesOf(*m_models))),
      m_searcher(std::make_unique<retrieval::Searcher>(m_home, stateFolder(), std::move(synonyms),
                                                       servicesOf(*m_models))),
      m_assistant(std::make_unique<assistant::Assistant>(
          *m_searcher, [all = m_models.get()](const assistant::ModelUse& use) { return all->chat(use); })),
      m_feedback(std::make_unique<assistant::FeedbackRepository>(databaseFile())),
      m_prompts(std::make_unique<prompts::PromptLibrary>(m_home, databaseFile())),
      m_runner(std::make_unique<evals::Runner>(evals::RunPorts{
          m_searcher.get(), [all = m_models.get()](const assistant::ModelUse& use) { return all->chat(use); },
          databaseFile(), m_home, systemNow,
          [](std::string_view answer, const std::vector<std::string>& sources) {
              return grounding::ground(answer, sources);
          },
          m_models->budget().writer()}))
{
}

Result<prompts::PromptVersion> Workspace::prompt(std::string_view reference, std::string_view model) const
{
    if (auto there = m_models->checkChat(model); !there) {
        return tl::unexpected(there.error());
    }
    const std::string_view named = reference.empty() ? std::string_view(m_config.defaultPrompt) : reference;
    if (named == assistant::kExtractive || (named.empty() && model == kEmbeddedModel)) {
        return prompts::PromptVersion();
    }
    if (named.empty()) {
        return failure(ErrorCode::BadInput, "the model '" + std::string(model) +
                                                "' needs a prompt; name one with --prompt NAME@vN, or set "
                                                "assistant.prompt in workspace.yaml");
    }
    return m_prompts->load(named);
}

Workspace::~Workspace() = default;

const evals::RunRepository& Workspace::runs() const
{
    return m_runner->runs();
}

retrieval::IndexOptions Workspace::indexOptions() const
{
    retrieval::IndexOptions options;
    options.include = m_config.include;
    options.exclude = m_config.exclude;
    options.approvedByDefault = m_config.approvedByDefault;
    options.profile = m_config.profiles.at(m_config.defaultProfile);
    return options;
}

Result<retrieval::Profile> Workspace::profile(std::string_view name) const
{
    const auto found = m_config.profiles.find(name.empty() ? m_config.defaultProfile : std::string(name));
    if (found != m_config.profiles.end()) {
        return found->second;
    }
    std::string known;
    for (const auto& [other, profile] : m_config.profiles) {
        known += (known.empty() ? "" : ", ") + other;
    }
    return failure(ErrorCode::NotFound,
                   "there is no retrieval profile '" + std::string(name) + "'; this workspace has: " + known);
}

Actor Workspace::actor() const
{
    return actorAt(m_home, m_config.actor);
}

} // namespace plumbline::workspace
