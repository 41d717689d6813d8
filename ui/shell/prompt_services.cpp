#include "ui/shell/prompt_services.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <QDateTime>

#include "app/assistant/model_turn.h"
#include "app/base/date.h"
#include "app/base/digest.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/prompt_library.h"
#include "app/workspace/workspace.h"
#include "ui/shell/case_file.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::shell {

namespace {

using plumbline::assistant::Answer;
using plumbline::assistant::TurnRequest;
using plumbline::prompts::PromptEntry;
using plumbline::prompts::PromptLibrary;
using plumbline::prompts::PromptVersion;
using plumbline::prompts::VersionEntry;
using Shared = std::shared_ptr<workspace::Workspace>;
using Library = std::shared_ptr<const PromptLibrary>;

// Lives as long as its workspace.
Library libraryOf(const Shared& workspace)
{
    return {workspace, &workspace->prompts()};
}

std::string reference(const std::string& name, int version)
{
    return name + "@v" + std::to_string(version);
}

// "prompts/triage/v6.md:12:17" into its parts.
prompts::Problem problemOf(const VersionEntry& version)
{
    prompts::Problem problem{version.path, 0, 0, version.problem->message};
    const std::string& where = version.problem->where;
    if (!where.starts_with(version.path + ':'))
        return problem;
    const std::string place = where.substr(version.path.size() + 1);
    const std::size_t colon = place.find(':');
    problem.line = std::atoi(place.c_str());
    problem.column = colon == std::string::npos ? 0 : std::atoi(place.c_str() + colon + 1);
    return problem;
}

prompts::VersionRow rowOf(const VersionEntry& version)
{
    prompts::VersionRow row;
    row.version = version.version;
    row.labels = version.labels;
    row.path = version.path;
    if (version.prompt) {
        row.title = version.prompt->title;
        row.changeNote = version.prompt->changeNote;
        row.author = version.prompt->authorRole;
    }
    if (version.release) {
        row.at = version.release->at;
        row.author = version.release->who.name;
        row.state =
            version.problem ? prompts::VersionState::ChangedAfterRelease : prompts::VersionState::Released;
    }
    return row;
}

Result<prompts::Catalogue> listOf(const Library& library, std::stop_token stop)
{
    const auto listing = library->list(std::move(stop));
    if (!listing)
        return tl::unexpected(listing.error());
    prompts::Catalogue catalogue;
    std::error_code ignored;
    catalogue.hasFolder = std::filesystem::is_directory(library->folder(), ignored);
    for (const PromptEntry& entry : listing->prompts) {
        prompts::PromptRow prompt;
        prompt.name = entry.name;
        for (auto version = entry.versions.rbegin(); version != entry.versions.rend(); ++version) {
            if (version->problem)
                catalogue.problems.push_back(problemOf(*version));
            if (!version->prompt)
                continue;
            if (prompt.task.empty())
                prompt.task = version->prompt->task;
            prompt.versions.push_back(rowOf(*version));
        }
        if (!prompt.versions.empty())
            catalogue.prompts.push_back(std::move(prompt));
    }
    for (const auto& file : listing->ignored)
        catalogue.problems.push_back({file.path, 0, 0, file.reason});
    return catalogue;
}

// So that the history outside of Git begins when a version is first seen. What cannot be kept is no reason
// not to show.
void remember(const Library& library, const Actor& actor, std::stop_token stop)
{
    (void)library->remember(actor, systemNow(), std::move(stop));
}

// As it stands, also when it was changed after its release: a person must see what.
Result<PromptVersion> showOf(const Library& library, const std::string& name, int version)
{
    const auto listing = library->list();
    if (!listing)
        return tl::unexpected(listing.error());
    for (const PromptEntry& entry : listing->prompts) {
        for (const VersionEntry& one : entry.versions) {
            if (entry.name == name && one.version == version)
                return one.prompt ? Result<PromptVersion>(*one.prompt) : tl::unexpected(*one.problem);
        }
    }
    return failure(ErrorCode::NotFound, "there is no " + reference(name, version), "prompts/" + name);
}

// Takes what would be sent and answers nothing.
class Preview final : public llm::ChatModel {
public:
    std::string name() const override { return "preview"; }
    Result<llm::ChatReply> chat(const llm::ChatRequest&, std::stop_token, const llm::DeltaFn&) const override
    {
        llm::ChatReply reply;
        reply.text = "NOT_FOUND";
        return reply;
    }
};

TurnRequest turnOf(const Shared& workspace, const PromptVersion& prompt, const std::string& question,
                   Date asOf)
{
    TurnRequest request;
    request.question = question;
    request.asOf = asOf;
    if (const auto profile = workspace->profile({}))
        request.profile = *profile;
    request.prompt = prompt;
    return request;
}

// By the pipeline itself, so that what is shown is what is sent.
Result<plumbline::prompts::Rendered> renderOf(const Shared& workspace, PromptVersion prompt,
                                              const std::string& question, Date asOf, std::stop_token stop)
{
    const std::string schema = prompt.outputSchema;
    prompt.outputSchema.clear(); // the preview's answer would not fit it
    const TurnRequest request = turnOf(workspace, prompt, question, asOf);
    auto grounds = workspace->assistant().ask(request, stop);
    if (!grounds)
        return tl::unexpected(grounds.error());
    auto answer =
        plumbline::assistant::answerByModel(std::move(*grounds), request, Preview(), std::move(stop), {});
    if (!answer)
        return tl::unexpected(answer.error());
    plumbline::prompts::Rendered rendered;
    rendered.parameters = prompt.parameters;
    rendered.responseSchema = schema;
    if (answer->generation) {
        rendered.messages = answer->generation->messages;
        rendered.digest = answer->generation->promptDigest;
    }
    return rendered;
}

prompts::RunOutcome outcomeOf(Answer answer)
{
    prompts::RunOutcome outcome;
    outcome.usage = answer.usage();
    outcome.cost = answer.cost();
    outcome.totalMs = answer.latency.total;
    if (answer.generation) {
        outcome.messages = answer.generation->messages;
        outcome.simulated = answer.generation->reply.simulated;
        outcome.firstTokenMs = answer.generation->reply.firstTokenMs;
        outcome.notes = answer.generation->reply.notes;
    }
    outcome.answer = std::move(answer);
    return outcome;
}

Result<prompts::LabelBook> labelsOf(const Library& library, const std::string& name)
{
    const auto book = library->labels();
    if (!book)
        return tl::unexpected(book.error());
    prompts::LabelBook result;
    const auto place = book->find(name);
    if (place == book->end())
        return result;
    std::map<std::string, int> before;
    for (const auto& move : place->second.moves) {
        result.moves.insert(result.moves.begin(),
                            {move.label, before[move.label], move.version, move.who.name, move.at, move.why});
        before[move.label] = move.version;
    }
    for (const auto& [label, version] : place->second.current) {
        const auto move = std::find_if(result.moves.begin(), result.moves.end(),
                                       [&](const prompts::LabelMove& one) { return one.label == label; });
        if (move != result.moves.end())
            result.labels.push_back({label, version, move->who, move->at, move->why});
    }
    return result;
}

// Git's ISO 8601 has an offset, the store's is UTC.
Timestamp timeOf(const std::string& iso)
{
    const QDateTime time = QDateTime::fromString(widgets::toQt(iso), Qt::ISODate);
    return Timestamp(std::chrono::milliseconds(time.isValid() ? time.toMSecsSinceEpoch() : 0));
}

// The store has no words and no commit: what it has is the text.
prompts::HistoryEntry entryOf(const plumbline::prompts::PastVersion& past, int version)
{
    if (!past.commit.empty())
        return {timeOf(past.at), past.author, past.subject, version, past.commit};
    return {timeOf(past.at), past.author, "text first seen", version, sha256Hex(past.text)};
}

Result<prompts::History> historyOf(const Library& library, const std::string& name)
{
    const auto listing = library->list();
    if (!listing)
        return tl::unexpected(listing.error());
    prompts::History history;
    history.from = "the store";
    for (const PromptEntry& entry : listing->prompts) {
        if (entry.name != name)
            continue;
        for (const VersionEntry& version : entry.versions) {
            const auto past = library->history(name, version.version);
            if (!past)
                return tl::unexpected(past.error());
            for (const auto& one : *past) {
                if (!one.commit.empty())
                    history.from = "Git";
                history.entries.push_back(entryOf(one, version.version));
            }
        }
    }
    std::stable_sort(history.entries.begin(), history.entries.end(),
                     [](const auto& a, const auto& b) { return a.at > b.at; });
    return history;
}

Result<std::vector<assistant::PromptChoice>> choicesOf(const Library& library, std::stop_token stop)
{
    const auto catalogue = listOf(library, std::move(stop));
    if (!catalogue)
        return tl::unexpected(catalogue.error());
    std::vector<assistant::PromptChoice> choices;
    for (const auto& prompt : catalogue->prompts) {
        if (prompt.task != "answer")
            continue;
        for (const auto& version : prompt.versions) {
            const std::string number = "v" + std::to_string(version.version);
            for (const std::string& label : version.labels)
                choices.push_back(
                    {prompt.name + '@' + label, prompt.name + " · " + label + " (" + number + ')'});
        }
        for (const auto& version : prompt.versions) {
            const std::string number = "v" + std::to_string(version.version);
            choices.push_back({prompt.name + '@' + number, prompt.name + " · " + number});
        }
    }
    return choices;
}

} // namespace

void addPromptServices(assistant::Services& services, const Shared& workspace)
{
    const Library library = libraryOf(workspace);
    services.prompts = [library](std::stop_token stop) { return choicesOf(library, std::move(stop)); };
    services.prompt = [library](const std::string& reference) { return library->load(reference); };
    const auto& config = workspace->config();
    services.defaultPrompt = config.defaultPrompt;
    services.models = {{std::string(plumbline::assistant::kEmbedded), false}};
    for (const auto& [name, endpoint] : config.models) {
        const bool simulated = endpoint.kind == llm::EndpointKind::Simulated;
        const auto place = name == config.defaultModel ? services.models.begin() : services.models.end();
        if (simulated || endpoint.kind == llm::EndpointKind::Chat)
            services.models.insert(place, {name, simulated});
    }
}

prompts::Services promptServices(const Shared& workspace, const Actor& actor)
{
    const Library library = libraryOf(workspace);
    prompts::Services services;
    services.list = [library, actor](std::stop_token stop) {
        remember(library, actor, stop);
        return listOf(library, std::move(stop));
    };
    services.show = [library](const std::string& name, int version) {
        return showOf(library, name, version);
    };
    services.render = [workspace](const PromptVersion& prompt, const std::string& question, Date asOf,
                                  std::stop_token stop) {
        return renderOf(workspace, prompt, question, asOf, std::move(stop));
    };
    services.run = [workspace](const prompts::RunRequest& run, std::stop_token stop,
                               const llm::DeltaFn& onText) -> Result<prompts::RunOutcome> {
        TurnRequest request = turnOf(workspace, run.prompt, run.question, run.asOf);
        request.model = run.model;
        auto answer = workspace->assistant().ask(
            request, std::move(stop), {onText, "prompts", "turn-" + plumbline::toString(systemNow())});
        if (!answer)
            return tl::unexpected(answer.error());
        return outcomeOf(std::move(*answer));
    };
    services.labels = [library](const std::string& name) { return labelsOf(library, name); };
    services.moveLabel = [library, actor](const std::string& name, const std::string& label, int version,
                                          const std::string& why) -> Result<void> {
        const auto moved = library->moveLabel({name, version, label, why, {}}, actor, systemNow());
        if (!moved)
            return tl::unexpected(moved.error());
        remember(library, actor, {});
        return {};
    };
    services.history = [library](const std::string& name) { return historyOf(library, name); };
    services.keepAsCase = [home = workspace->home()](const prompts::CaseRequest& request) {
        return keepCase(home, request);
    };
    services.now = systemNow;
    services.models = {{std::string(plumbline::assistant::kEmbedded), false, true}};
    for (const auto& [name, endpoint] : workspace->config().models) {
        if (endpoint.kind == llm::EndpointKind::Chat || endpoint.kind == llm::EndpointKind::Simulated)
            services.models.push_back({name, endpoint.kind == llm::EndpointKind::Simulated, true});
    }
    services.suites = suitesOf(workspace->home());
    services.suggested = workspace->config().suggestedQuestions;
    services.folder = workspace->home().string();
    services.actor = actor.name;
    return services;
}

} // namespace plumbline::ui::shell
