// What the command palette offers: pages and actions of the window, documents, prompts, suites and runs of
// the workspace.
#pragma once

#include <vector>

#include <QObject>

#include "app/corpus/library.h"
#include "ui/evals/services.h"
#include "ui/jobs/job.h"
#include "ui/prompts/services.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/command_palette.h"

namespace plumbline::ui::shell {

class MainWindow;
struct Session;

class PaletteContents final : public QObject {
    Q_OBJECT
public:
    // Keeps references: window and palette outlive it.
    PaletteContents(MainWindow& window, CommandPalette& palette);
    ~PaletteContents() override;

    void setCommands();
    // Reads documents, prompts, suites and runs away from the window and offers them when they are there.
    void read(const Session& session);

Q_SIGNALS:
    void themeChosen(widgets::ThemeChoice choice);

private:
    void offer();
    std::vector<PaletteEntry> pages();
    std::vector<PaletteEntry> actions();
    void takeDocuments(const std::vector<plumbline::corpus::DocumentRow>& rows);
    void takePrompts(const prompts::Catalogue& catalogue);
    void takeRuns(const std::vector<evals::RunRow>& rows);
    void takeSuites(const std::vector<evals::SuiteRow>& rows);

    MainWindow& m_window;
    CommandPalette& m_palette;
    std::vector<PaletteEntry> m_documents;
    std::vector<PaletteEntry> m_prompts;
    jobs::Job<std::vector<plumbline::corpus::DocumentRow>> m_documentsJob;
    std::vector<PaletteEntry> m_runs;
    std::vector<PaletteEntry> m_suites;
    jobs::Job<prompts::Catalogue> m_promptsJob;
    jobs::Job<std::vector<evals::RunRow>> m_runsJob;
    jobs::Job<evals::Choices> m_suitesJob;
};

} // namespace plumbline::ui::shell
