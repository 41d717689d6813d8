// Asks what is to be run, and says before it begins what it takes and what it can show.
#pragma once

#include <QDialog>

#include "ui/evals/services.h"
#include "ui/jobs/job.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QTimer;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::evals {

// Never blocks: open() it and wait for runRequested().
class RunDialog final : public QDialog {
    Q_OBJECT
public:
    // `last` fills the form where its parts still exist.
    RunDialog(const Services& services, const RunOrder& last, QWidget* parent = nullptr);
    ~RunDialog() override;

    RunOrder order() const;
    QString plan() const; // as shown
    bool isReady() const;
    QListWidget& prompts() const { return *m_prompts; }
    QListWidget& models() const { return *m_models; }
    QComboBox& suite() const { return *m_suite; }
    QSpinBox& repeats() const { return *m_repeats; }
    QPushButton& runButton() const { return *m_run; }

Q_SIGNALS:
    void runRequested(const RunOrder& order);
    void planned(); // the estimate on screen is that of the form

private:
    QWidget* makeForm();
    QListWidget* makeList(const QString& name, const QString& tip);
    void readChoices();
    void fill(Choices choices);
    void chooseSuite();
    void estimate();
    void showPlan(const Plan& plan);
    void say(const QString& words, const char* role);

    Services m_services;
    RunOrder m_last;
    Choices m_choices;
    widgets::PageStates* m_states = nullptr;
    QComboBox* m_suite = nullptr;
    QLabel* m_about = nullptr;
    QListWidget* m_prompts = nullptr;
    QListWidget* m_models = nullptr;
    QSpinBox* m_repeats = nullptr;
    QSpinBox* m_concurrency = nullptr;
    QLabel* m_plan = nullptr;
    QPushButton* m_run = nullptr;
    QTimer* m_delay = nullptr; // a person who is still choosing starts no dry run for each click
    jobs::Job<Choices> m_choicesJob;
    jobs::Job<Plan> m_planJob;
};

} // namespace plumbline::ui::evals
