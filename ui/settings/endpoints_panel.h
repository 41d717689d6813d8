// The endpoints of the workspace: what each is, what it can do, and its key.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/settings/services.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::settings {

class EndpointModel;
class KeyRing;

class EndpointsPanel final : public QWidget {
    Q_OBJECT
public:
    EndpointsPanel(const Services& services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~EndpointsPanel() override;

    void select(int row);
    void test();                  // the endpoint that is selected
    QString findingsText() const; // as shown
    QString keyText() const;
    widgets::PageStates& states() const { return *m_states; }

private:
    using Findings = std::vector<Finding>;

    QWidget* makeContent();
    QWidget* makeKeyRow();
    void showEndpoint();
    void showKey();
    void showFindings(const Findings& findings, bool running);
    void keepKey();
    void askToRemove();
    const llm::Endpoint* current() const;

    const Services& m_services; // of the page, which owns this
    EndpointModel* m_model = nullptr;
    KeyRing* m_keys = nullptr;
    QTableView* m_table = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_stop = nullptr;
    QLabel* m_findings = nullptr;
    QWidget* m_keyBox = nullptr;
    QLabel* m_keyState = nullptr;
    QLabel* m_keyPlace = nullptr;
    QLineEdit* m_keyField = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_remove = nullptr;
    widgets::PageStates* m_states = nullptr;
    Findings m_found;
    jobs::Job<Findings> m_job;
};

} // namespace plumbline::ui::settings
