// The matrix of cases and versions with its filters, search and sorting, which happen away from the window.
#pragma once

#include <array>
#include <memory>

#include <QWidget>

#include "ui/evals/matrix_order.h"
#include "ui/jobs/job.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QTableView;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::evals {

class MatrixModel;

// Keys in the table: n, p next and previous changed case; Enter opens the case; F the next filter, Shift+F
// the one before.
class MatrixPanel final : public QWidget {
    Q_OBJECT
public:
    explicit MatrixPanel(QWidget* parent = nullptr);
    ~MatrixPanel() override;

    void setMatrix(std::shared_ptr<const Matrix> matrix, int baseline, int candidate);
    void setSides(int baseline, int candidate);
    // Selects the case; the filter is put aside when it hides it.
    void select(const QString& caseId);
    void setFilter(CaseFilter filter);
    void step(int by); // to the next (1) or the previous (-1) changed case
    void focusSearch();
    void focusTable();

    CaseFilter filter() const { return m_request.filter; }
    QString shownCase() const { return m_case; }
    QString said() const; // how many are shown
    QPushButton& chip(CaseFilter filter) const { return *m_chips[static_cast<std::size_t>(filter)]; }
    QTableView& table() const { return *m_table; }
    MatrixModel& model() const { return *m_model; }
    std::shared_ptr<const MatrixOrder> order() const { return m_order; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void chosen(const QString& caseId); // it became the current row
    void opened();                      // Enter on the current row
    void filtered();                    // the rows on screen are those asked for last

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBar();
    void setUpView();
    void sortBy(int section, Qt::SortOrder direction);
    void rearrange();
    void show(std::shared_ptr<const MatrixOrder> order);
    void choose(int row);
    void sayCounts();
    void setWidths();
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);

    std::shared_ptr<const Matrix> m_matrix;
    std::shared_ptr<const MatrixOrder> m_order;
    MatrixRequest m_request;
    QString m_case;
    bool m_quiet = false;
    bool m_announce = false; // another matrix: its case is another one too
    std::array<QPushButton*, kFilters> m_chips{};
    QLineEdit* m_search = nullptr;
    QLabel* m_count = nullptr;
    QTableView* m_table = nullptr;
    MatrixModel* m_model = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<std::shared_ptr<const MatrixOrder>> m_job;
};

} // namespace plumbline::ui::evals
