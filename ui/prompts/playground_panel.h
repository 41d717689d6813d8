// One version with its parameters varied: run, compare with the runs before, keep a result as a case of a
// suite.
#pragma once

#include <memory>
#include <vector>

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/prompts/services.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace plumbline::ui::jobs {
class JobList;
}

namespace plumbline::ui::prompts {

class InputBar;
class ParameterForm;
class RunColumn;
class TriedModel;

class PlaygroundPanel final : public QWidget {
    Q_OBJECT
public:
    PlaygroundPanel(const Services& services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~PlaygroundPanel() override;

    void setVersion(std::shared_ptr<const plumbline::prompts::PromptVersion> version);
    void start();
    InputBar& input() const { return *m_input; }
    ParameterForm& form() const { return *m_form; }
    RunColumn& run() const { return *m_run; }
    QString said() const; // what became of the last result that was kept

private:
    QWidget* makeFoot();
    void takeRun(bool done);
    void keep();

    const Services& m_services; // of the page, which owns this
    std::shared_ptr<const plumbline::prompts::PromptVersion> m_version;
    InputBar* m_input = nullptr;
    ParameterForm* m_form = nullptr;
    RunColumn* m_run = nullptr;
    TriedModel* m_tried = nullptr;
    QTableView* m_table = nullptr;
    QComboBox* m_suite = nullptr;
    QPushButton* m_keep = nullptr;
    QLabel* m_said = nullptr;
    jobs::Job<KeptCase> m_keepJob;
};

} // namespace plumbline::ui::prompts
