// What becomes of an answer that is kept: copied, written to a file, judged. The work behind AnswerActions.
#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "ui/assistant/turn.h"
#include "ui/jobs/job.h"

class QWidget;

namespace plumbline::ui::jobs {
class JobList;
}

namespace plumbline::ui::assistant {

class AnswerActions;

class AnswerKeeping final : public QObject {
    Q_OBJECT
public:
    // `current` gives the turn on screen, or null; `thread` holds the turns that a judgement is marked in.
    // Both, and the services, belong to the page, which owns this.
    AnswerKeeping(const Services& services, jobs::JobList& jobList, AnswerActions& actions,
                  std::function<Turn*()> current, std::vector<Turn>& thread, QWidget* page);
    ~AnswerKeeping() override;

private:
    void copy();
    void exportAs(bool pdf);
    void judge(plumbline::assistant::Judgement judgement, const QString& note);

    const Services& m_services;
    AnswerActions& m_actions;
    std::function<Turn*()> m_current;
    std::vector<Turn>& m_thread;
    QWidget* m_page = nullptr;
    jobs::Job<bool> m_judgeJob;
    jobs::Job<bool> m_exportJob;
};

} // namespace plumbline::ui::assistant
