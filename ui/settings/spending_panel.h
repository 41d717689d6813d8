// What was spent today against the budgets, and the prices that costs are counted by.
#pragma once

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/settings/services.h"

class QFormLayout;
class QLabel;
class QProgressBar;
class QTableView;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::settings {

class PriceModel;

class SpendingPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SpendingPanel(const Services& services, QWidget* parent = nullptr);

    void reload();
    QString spentText() const; // as shown
    widgets::PageStates& states() const { return *m_states; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Read {
        Spent spent;
        PriceList prices;
    };

    QWidget* makeContent();
    QWidget* makeBudget();
    void take(const Read& read);

    const Services& m_services; // of the page, which owns this
    QLabel* m_today = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_rest = nullptr;
    QLabel* m_run = nullptr;
    QLabel* m_unknown = nullptr;
    QLabel* m_unpriced = nullptr;
    PriceModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<Read> m_job;
};

} // namespace plumbline::ui::settings
