// The window: rail, pages, command palette, status line. Builds the pages when a workspace is there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QMainWindow>

#include "ui/assistant/turn.h"
#include "ui/corpus/services.h"
#include "ui/dashboard/services.h"
#include "ui/evals/services.h"
#include "ui/jobs/job.h"
#include "ui/jobs/job_list.h"
#include "ui/prompts/services.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/link.h"

class QLabel;
class QStackedWidget;
class QTimer;

namespace plumbline::ui::assistant {
class AssistantPage;
}
namespace plumbline::ui::corpus {
class CorpusPage;
}
namespace plumbline::ui::evals {
class EvalsPage;
}
namespace plumbline::ui::dashboard {
class DashboardPage;
}
namespace plumbline::ui::prompts {
class PromptsPage;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::shell {

class CommandPalette;
class NavigationRail;
class PaletteContents;
class StatusLine;

// What a workspace gives to the window.
struct Session {
    QString name;
    QString stateFile; // console.ini of the workspace; empty = remember nothing
    assistant::Services assistant;
    corpus::Services corpus;
    prompts::Services prompts;
    evals::Services evals;
    dashboard::Services dashboard;
    settings::Services settings;
    std::vector<settings::Fact> facts;
    bool indexed = true;      // a generation is in service
    bool indexAtOnce = false; // and when not: begin with it
};

class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(settings::Appearance appearance, QWidget* parent = nullptr);
    ~MainWindow() override;

    void showOpening(const QString& what);
    void showOpenFailed(const Error& error);
    void setSession(Session session);

    void go(widgets::Page page);
    void follow(const widgets::Link& link);
    void openPalette();
    void openShortcuts();
    bool isBusy() const { return m_jobList.running() > 0; }
    assistant::AssistantPage* assistantPage() const { return m_assistant; }
    corpus::CorpusPage* corpusPage() const { return m_corpus; }
    prompts::PromptsPage* promptsPage() const { return m_prompts; }
    // Made when first asked for: nobody waits for their tables and charts at start.
    evals::EvalsPage* evalsPage();
    dashboard::DashboardPage* dashboardPage();
    settings::SettingsPage* settingsPage() const { return m_settings; }

Q_SIGNALS:
    void appearanceChanged(const settings::Appearance& appearance);
    void workspaceRequested(const QString& folder);
    void retryRequested();
    void sessionReady();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* makeTop();
    void makeShortcuts();
    void buildPages();
    void connectPages();
    template <typename LatePage>
    void join(LatePage* page);
    void refreshStatus();
    void dropPages();
    void rememberState();
    void restoreState();

    settings::Appearance m_appearance;
    std::optional<Session> m_session;
    jobs::JobList m_jobList; // before the pages: it outlives them
    NavigationRail* m_rail = nullptr;
    QLabel* m_name = nullptr;
    QStackedWidget* m_stack = nullptr;
    widgets::PageStates* m_opening = nullptr;
    StatusLine* m_status = nullptr;
    CommandPalette* m_palette = nullptr;
    std::unique_ptr<PaletteContents> m_contents;
    assistant::AssistantPage* m_assistant = nullptr;
    corpus::CorpusPage* m_corpus = nullptr;
    prompts::PromptsPage* m_prompts = nullptr;
    evals::EvalsPage* m_evals = nullptr;
    dashboard::DashboardPage* m_dashboard = nullptr;
    settings::SettingsPage* m_settings = nullptr;
    QTimer* m_clock = nullptr;
    jobs::Job<std::vector<retrieval::GenerationInfo>> m_statusJob;
};

} // namespace plumbline::ui::shell
