// All local evaluation runs over time: rates, refusals, latency, cost, tokens, and what fails most.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/dashboard/services.h"
#include "ui/dashboard/time_range.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QLabel;
class QScrollArea;
class QSettings;
class QSplitter;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::dashboard {

class ChartCard;
class FailuresPanel;
class FilterPanel;

class DashboardPage final : public QWidget {
    Q_OBJECT
public:
    DashboardPage(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~DashboardPage() override;

    void reload();
    void focusCharts();
    void showCard(int number); // scrolls to it

    const std::vector<ChartCard*>& cards() const { return m_cards; }
    FilterPanel& filter() const { return *m_filter; }
    FailuresPanel& failures() const { return *m_failures; }
    widgets::PageStates& states() const { return *m_states; }
    QString notice() const; // the line below the charts: what was saved, what was left out

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& link);
    void loaded(); // the runs were read, or could not be

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeContent(jobs::JobList& jobList);
    QWidget* makeCharts(jobs::JobList& jobList);
    QWidget* makeIdle();
    void connectCard(ChartCard& card);
    void take(Result<Reading> reading);
    void refill();
    void fitTables();
    void say(const QString& words, const char* role);
    void openRun(const QString& run, const QString& caseId = {});

    Services m_services;
    Reading m_reading;
    bool m_fitted = false; // the tables have their width
    int m_tableWidth = 0;  // as remembered; 0 = none
    bool m_stale = true;   // runs may have come since they were read
    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    FilterPanel* m_filter = nullptr;
    QScrollArea* m_scroll = nullptr;
    std::vector<ChartCard*> m_cards;
    FailuresPanel* m_failures = nullptr;
    QLabel* m_notice = nullptr;
    jobs::Job<Reading> m_job;
};

} // namespace plumbline::ui::dashboard
