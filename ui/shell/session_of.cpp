#include "ui/shell/session_of.h"

#include "app/base/date.h"
#include "app/workspace/workspace.h"
#include "ui/shell/dashboard_services.h"
#include "ui/shell/evals_services.h"
#include "ui/shell/prompt_services.h"
#include "ui/shell/settings_services.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::shell {

using widgets::toQt;

namespace {

using Shared = std::shared_ptr<workspace::Workspace>;

// The workspace's default profile first.
std::vector<retrieval::Profile> profilesOf(const workspace::Workspace& workspace)
{
    std::vector<retrieval::Profile> profiles;
    if (const auto standard = workspace.profile({}))
        profiles.push_back(*standard);
    for (const auto& [name, profile] : workspace.config().profiles) {
        if (profiles.empty() || name != profiles.front().name)
            profiles.push_back(profile);
    }
    if (profiles.empty())
        profiles.emplace_back();
    return profiles;
}

assistant::Services assistantServices(const Shared& workspace, const Actor& actor)
{
    assistant::Services services;
    services.ask = [workspace](const plumbline::assistant::TurnRequest& request, std::stop_token stop,
                               const llm::DeltaFn& onText) {
        return workspace->assistant().ask(request, std::move(stop),
                                          {onText, "ask", "turn-" + plumbline::toString(systemNow())});
    };
    addPromptServices(services, workspace);
    services.judge = [workspace, actor](const assistant::Turn& turn,
                                        plumbline::assistant::Judgement judgement, const std::string& note) {
        return workspace->feedback().record(turn.request, turn.answer, judgement, note, actor, systemNow());
    };
    services.now = systemNow;
    services.profiles = profilesOf(*workspace);
    services.suggested = workspace->config().suggestedQuestions;
    return services;
}

corpus::Services corpusServices(const Shared& workspace, const Actor& actor)
{
    corpus::Services services;
    services.list = [workspace](Date asOf, std::stop_token stop) {
        return workspace->library().list(asOf, std::move(stop));
    };
    services.show = [workspace](const std::string& document, Date asOf) {
        return workspace->library().show(document, asOf);
    };
    services.approve = [workspace, actor](const std::string& document) {
        return workspace->library().approve(document, actor, systemNow());
    };
    services.release = [workspace, actor](const std::string& document) {
        return workspace->library().release(document, actor, systemNow());
    };
    services.ledger = [workspace] { return workspace->library().ledger(); };
    services.notices = [workspace] { return workspace->library().notices(); };
    services.index = [workspace](std::stop_token stop, const ProgressFn& progress) {
        return workspace->indexer().run(workspace->indexOptions(), std::move(stop), progress);
    };
    services.rollback = [workspace] { return workspace->indexer().rollback(); };
    services.generations = [workspace] { return workspace->indexer().generations(); };
    services.search = [workspace](const retrieval::SearchRequest& request, std::stop_token stop) {
        return workspace->searcher().search(request, std::move(stop));
    };
    services.why = [workspace](const retrieval::SearchRequest& request, const std::string& document,
                               std::stop_token stop) {
        return workspace->searcher().why(request, document, std::move(stop));
    };
    services.now = systemNow;
    services.profiles = profilesOf(*workspace);
    services.actor = actor.name;
    return services;
}

} // namespace

Session sessionOf(const Shared& workspace, const Actor& actor,
                  const std::shared_ptr<settings::KeyCache>& keys)
{
    Session session;
    const auto& config = workspace->config();
    session.name = toQt(config.name.empty() ? workspace->home().filename().string() : config.name);
    session.stateFile = toQt((workspace->stateFolder() / "console.ini").string());
    session.assistant = assistantServices(workspace, actor);
    session.corpus = corpusServices(workspace, actor);
    session.prompts = promptServices(workspace, actor);
    session.evals = evalsServices(workspace, actor);
    session.dashboard = dashboardServices(workspace);
    session.settings = settingsServices(workspace, keys);
    QStringList include;
    for (const std::string& folder : config.include)
        include << toQt(folder);
    session.facts = {
        {MainWindow::tr("Name"), session.name},
        {MainWindow::tr("Folder"), toQt(workspace->home().string())},
        {MainWindow::tr("Documents from"), include.join(QStringLiteral(", "))},
        {MainWindow::tr("Without a state"),
         config.approvedByDefault ? MainWindow::tr("approved by default") : MainWindow::tr("draft")},
        {MainWindow::tr("Acting as"), MainWindow::tr("%1 (%2)").arg(toQt(actor.name), toQt(actor.knownHow))},
        {MainWindow::tr("Retrieval profile"), toQt(config.defaultProfile)},
        {MainWindow::tr("Plumbline"), QStringLiteral(PLUMBLINE_VERSION)},
    };
    return session;
}

} // namespace plumbline::ui::shell
