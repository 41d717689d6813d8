// Cases and prompts that failed most in the runs shown.
#pragma once

#include <QFrame>

#include "ui/dashboard/series_model.h"
#include "ui/dashboard/services.h"
#include "ui/jobs/job.h"

class QTableView;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::dashboard {

class FailingCaseModel;
class FailingPromptModel;

class FailuresPanel final : public QFrame {
    Q_OBJECT
public:
    FailuresPanel(const Services& services, jobs::JobList& jobList, QWidget* parent = nullptr);

    // Counts again, unless the same runs and variants were counted last.
    void setSelection(const plumbline::evals::RunSeries& series, const Selection& selection);
    void recount();

    QTableView& cases() const { return *m_caseTable; }
    QTableView& prompts() const { return *m_promptTable; }
    widgets::PageStates& states() const { return *m_states; }

Q_SIGNALS:
    void runOpened(const QString& run);
    void caseOpened(const QString& run, const QString& caseId);

private:
    QWidget* makeContent();
    QTableView* makeTable(QAbstractItemModel& model, int sortRole, const QString& name, QWidget* parent);
    void take(const plumbline::evals::Failures& failures);

    const Services& m_services; // of the page, which owns this
    plumbline::evals::FailureQuery m_request;
    bool m_fitted = false; // columns are as wide as their first rows
    FailingCaseModel* m_cases = nullptr;
    FailingPromptModel* m_prompts = nullptr;
    QTableView* m_caseTable = nullptr;
    QTableView* m_promptTable = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<plumbline::evals::Failures> m_job;
};

} // namespace plumbline::ui::dashboard
