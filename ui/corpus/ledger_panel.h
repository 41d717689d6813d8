// What happened to every file when it was last looked at, and the notices about the corpus as a whole.
#pragma once

#include <QWidget>

#include "ui/corpus/services.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QLineEdit;
class QSettings;
class QTableView;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::corpus {

class LedgerModel;
class NoticeModel;

class LedgerPanel final : public QWidget {
    Q_OBJECT
public:
    LedgerPanel(Services services, QWidget* parent = nullptr);
    ~LedgerPanel() override;

    void reload();
    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& to);

private:
    using Entries = std::vector<plumbline::corpus::LedgerEntry>;

    void filter();

    Services m_services;
    std::shared_ptr<const Entries> m_all;
    QLineEdit* m_filter = nullptr;
    widgets::PageStates* m_states = nullptr;
    QTableView* m_table = nullptr;
    LedgerModel* m_model = nullptr;
    jobs::Job<Entries> m_job;
    jobs::Job<Entries> m_filterJob;
};

class NoticesPanel final : public QWidget {
    Q_OBJECT
public:
    NoticesPanel(Services services, QWidget* parent = nullptr);
    ~NoticesPanel() override;

    void reload();

Q_SIGNALS:
    void linkActivated(const widgets::Link& to);
    void counted(int notices);

private:
    Services m_services;
    widgets::PageStates* m_states = nullptr;
    QTableView* m_table = nullptr;
    NoticeModel* m_model = nullptr;
    jobs::Job<std::vector<plumbline::corpus::Notice>> m_job;
};

} // namespace plumbline::ui::corpus
