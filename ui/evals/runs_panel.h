// The list of runs with its filter and the way to a new one.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/evals/services.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSettings;

namespace plumbline::ui::evals {

class RunsModel;

class RunsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit RunsPanel(QWidget* parent = nullptr);

    void setRows(std::vector<RunRow> rows, Timestamp now);
    void setLive(const Live& live);
    void select(const QString& runId);              // chosen() follows, also when it is selected already
    const RunRow* find(const QString& runId) const; // null = there is none
    const std::vector<RunRow>& rows() const { return m_rows; }
    QListView& list() const { return *m_list; }
    QPushButton& newRun() const { return *m_new; }
    QString shownRun() const { return m_run; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void chosen(const QString& runId);
    void newRequested();

private:
    void refill();

    std::vector<RunRow> m_rows;
    Timestamp m_now{};
    QString m_run;
    bool m_quiet = false;
    QPushButton* m_new = nullptr;
    QLineEdit* m_filter = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_count = nullptr;
    RunsModel* m_model = nullptr;
};

} // namespace plumbline::ui::evals
