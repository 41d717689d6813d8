// The composition root: opens a workspace folder and owns the services that stand on it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/assistant/assistant.h"
#include "app/assistant/feedback.h"
#include "app/base/actor.h"
#include "app/base/result.h"
#include "app/corpus/library.h"
#include "app/prompts/prompt_library.h"
#include "app/retrieval/indexer.h"
#include "app/retrieval/searcher.h"
#include "app/workspace/config.h"
#include "app/workspace/models.h"

namespace plumbline::evals {
class Runner;
class RunRepository;
} // namespace plumbline::evals

namespace plumbline::workspace {

class Workspace {
public:
    // Opens the workspace whose workspace.yaml lies in `home`: reads and checks it, makes `.plumbline/` and
    // its database when missing, migrates an older one. Errors: NotFound (no workspace.yaml: run `plumbline
    // init`), BadInput with file:line, and those of store::migrate. `secrets` gives the keys of endpoints;
    // empty = environment and 0600 files (secrets.h).
    static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& home,
                                                   SecretSource secrets = {});
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    // Reads and checks workspace.yaml alone; nothing is made. The same errors as far as it goes.
    static Result<Config> check(const std::filesystem::path& home);

    const std::filesystem::path& home() const { return m_home; }
    std::filesystem::path stateFolder() const { return m_home / ".plumbline"; }
    std::filesystem::path databaseFile() const { return stateFolder() / "plumbline.db"; }
    const Config& config() const { return m_config; }

    const corpus::Library& library() const { return *m_library; }
    retrieval::Indexer& indexer() { return *m_indexer; }
    const retrieval::Searcher& searcher() const { return *m_searcher; }
    const assistant::Assistant& assistant() const { return *m_assistant; }
    const assistant::FeedbackRepository& feedback() const { return *m_feedback; }
    const prompts::PromptLibrary& prompts() const { return *m_prompts; }
    const Models& models() const { return *m_models; }
    const evals::RunRepository& runs() const;
    const evals::Runner& runner() const { return *m_runner; }

    // What `index` takes from workspace.yaml.
    retrieval::IndexOptions indexOptions() const;

    // The named profile, or the workspace's default one when `name` is empty. NotFound lists the names.
    Result<retrieval::Profile> profile(std::string_view name) const;

    // The prompt of a turn: the one named; without a name that of assistant.prompt; without that none for the
    // embedded answerer (version 0), and BadInput for any other model. "extractive@1" names none. Otherwise
    // the errors of PromptLibrary::load.
    Result<prompts::PromptVersion> prompt(std::string_view reference, std::string_view model) const;

    // Who acts here: `actor` of workspace.yaml, else the Git identity of the folder, else the login name.
    Actor actor() const;

private:
    Workspace(std::filesystem::path home, Config config, retrieval::Synonyms synonyms,
              std::unique_ptr<Models> models);

    std::filesystem::path m_home;
    Config m_config;
    std::unique_ptr<Models> m_models; // before those that ask it
    std::unique_ptr<corpus::Library> m_library;
    std::unique_ptr<retrieval::Indexer> m_indexer;
    std::unique_ptr<retrieval::Searcher> m_searcher;
    std::unique_ptr<assistant::Assistant> m_assistant;
    std::unique_ptr<assistant::FeedbackRepository> m_feedback;
    std::unique_ptr<prompts::PromptLibrary> m_prompts;
    std::unique_ptr<evals::Runner> m_runner;
};

} // namespace plumbline::workspace
