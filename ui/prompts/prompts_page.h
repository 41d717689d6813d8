// The prompt author's desk: versions, their differences, runs side by side, labels and history.
#pragma once

#include <memory>

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/prompts/compare_panels.h"
#include "ui/prompts/services.h"

class QComboBox;
class QLabel;
class QSettings;
class QSplitter;
class QTabWidget;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::prompts {

class CataloguePanel;
class HistoryPanel;
class LabelsPanel;
class PlaygroundPanel;
class RunPanel;
class VersionPanel;

class PromptsPage final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Version, Diff, Messages, Run, Playground, Labels, History };

    PromptsPage(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~PromptsPage() override;

    // "policy-answer@v3", "policy-answer@production" or "policy-answer"; read first when need be.
    void open(const QString& reference);
    void showTab(Tab tab);
    // Puts the question into every panel that takes one.
    void setQuestion(const QString& question);
    // Opens the run tab with version, question and model, and runs.
    void runOn(const QString& reference, const QString& question, const QString& model);
    void compareWith(int version);
    void focusFilter();
    void reload();
    const Catalogue& catalogue() const { return m_catalogue; }
    QString shownVersion() const; // "policy-answer@v3"

    CataloguePanel& list() const { return *m_list; }
    VersionPanel& version() const { return *m_version; }
    DiffPanel& diff() const { return *m_diff; }
    MessagesPanel& messages() const { return *m_messages; }
    RunPanel& run() const { return *m_run; }
    PlaygroundPanel& playground() const { return *m_playground; }
    LabelsPanel& labels() const { return *m_labels; }
    HistoryPanel& history() const { return *m_history; }
    widgets::PageStates& states() const { return *m_states; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void loaded(); // the list was read, or could not be
    void labelMoved();
    void versionShown(); // a version and the one to compare with are on screen

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeContent(jobs::JobList& jobList);
    QWidget* makeHead();
    void takeCatalogue(Result<Catalogue> catalogue);
    void choose(const QString& name, int version);
    void fillAgainst();
    void readPair();
    void takePair(const Pair& pair);
    void openFile(const QString& path);

    Services m_services;
    Catalogue m_catalogue;
    bool m_loaded = false;
    QString m_wanted; // to be opened once the list is there
    QString m_name;
    int m_number = 0;
    bool m_runAtOnce = false;

    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    CataloguePanel* m_list = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    QComboBox* m_against = nullptr;
    widgets::PageStates* m_detail = nullptr;
    QTabWidget* m_tabs = nullptr;
    VersionPanel* m_version = nullptr;
    DiffPanel* m_diff = nullptr;
    MessagesPanel* m_messages = nullptr;
    RunPanel* m_run = nullptr;
    PlaygroundPanel* m_playground = nullptr;
    LabelsPanel* m_labels = nullptr;
    HistoryPanel* m_history = nullptr;

    jobs::Job<Catalogue> m_listJob;
    jobs::Job<Pair> m_pairJob;
};

} // namespace plumbline::ui::prompts
