// Evaluations: runs, the matrix of cases and versions, one case in full, and the verdict.
#pragma once

#include <memory>
#include <optional>

#include <QWidget>

#include "ui/evals/services.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::evals {

class CasePanel;
class LivePanel;
class MatrixPanel;
class RunDialog;
class RunsPanel;
class VerdictPanel;

class EvalsPage final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Cases, Verdict };

    EvalsPage(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~EvalsPage() override;

    void reload();
    // "RUN" or "RUN CASE"; read first when need be.
    void open(const QString& key);
    void askForRun(const QString& suitePath = {}); // opens the dialog
    void start(const RunOrder& order);
    void resume();
    void stop();
    void showTab(Tab tab);
    void focusSearch();
    void focusContent(); // the cases, else the runs
    bool isRunning() const { return m_runJob.isRunning(); }

    RunsPanel& runs() const { return *m_runs; }
    MatrixPanel& matrix() const { return *m_matrix; }
    CasePanel& casePanel() const { return *m_case; }
    VerdictPanel& verdict() const { return *m_verdict; }
    LivePanel& live() const { return *m_live; }
    QComboBox& baseline() const { return *m_baseline; }
    QComboBox& candidate() const { return *m_candidate; }
    widgets::PageStates& states() const { return *m_states; } // of the whole page
    widgets::PageStates& detail() const { return *m_detail; } // of the run
    QString shownRun() const { return m_runId; }
    QString said() const; // title and summary of the run

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void loaded();   // the runs were read, or could not be
    void runShown(); // the matrix of a run is on screen, or could not be read
    void compared(); // the verdict is on screen
    void runEnded(); // a run of this page
    void linkActivated(const widgets::Link& link);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeContent();
    QWidget* makeHead();
    QWidget* makeCases();
    void connectPanels();
    void makeShortcuts();
    void takeRuns(Result<std::vector<RunRow>> rows);
    void choose(const QString& runId);
    void readMatrix(const QString& other);
    void takeMatrix(std::shared_ptr<const Matrix> matrix);
    void fillSides();
    void changeSides();
    void compare();
    void openCase(const QString& caseId);
    void showHead();
    void startJob(std::function<Result<Run>(std::stop_token, const LiveFn&)> work);
    void takeLive(const Live& live);
    void endRun(const Result<Live>& live);
    void copyShown();
    void saveCsv();
    void saveHtml();
    void say(const QString& words, const char* role);
    int columnOf(const QComboBox& box) const; // of the matrix; -1 = none

    Services m_services;
    bool m_loaded = false;
    QString m_wanted; // to be opened once the runs are there
    QString m_wantedCase;
    QString m_runId;
    QString m_other;                         // the run that lends a baseline
    QString m_wantedBaseline;                // "RUN variant", to be chosen once its matrix is there
    std::shared_ptr<const Matrix> m_columns; // never null
    std::optional<Live> m_now;               // the run of this page that is under way
    RunOrder m_last;

    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    QSplitter* m_cases = nullptr;
    RunsPanel* m_runs = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_said = nullptr;
    QComboBox* m_baseline = nullptr;
    QComboBox* m_candidate = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_export = nullptr;
    QWidget* m_head = nullptr;
    widgets::PageStates* m_detail = nullptr;
    QStackedWidget* m_right = nullptr;
    LivePanel* m_live = nullptr;
    QTabWidget* m_tabs = nullptr;
    MatrixPanel* m_matrix = nullptr;
    CasePanel* m_case = nullptr;
    VerdictPanel* m_verdict = nullptr;

    jobs::Job<std::vector<RunRow>> m_runsJob;
    jobs::Job<std::shared_ptr<const Matrix>> m_matrixJob;
    jobs::Job<Comparison> m_compareJob;
    jobs::Job<bool> m_exportJob;
    jobs::Job<Live> m_runJob; // last: it is stopped first
};

} // namespace plumbline::ui::evals
