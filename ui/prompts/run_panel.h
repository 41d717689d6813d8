// Both versions on the same question, side by side.
#pragma once

#include <QWidget>

#include "ui/prompts/compare_panels.h"
#include "ui/prompts/services.h"

class QSplitter;

namespace plumbline::ui::jobs {
class JobList;
}

namespace plumbline::ui::prompts {

class InputBar;
class RunColumn;

class RunPanel final : public QWidget {
    Q_OBJECT
public:
    RunPanel(const Services& services, jobs::JobList& jobList, QWidget* parent = nullptr);

    void setPair(const Pair& pair);
    void start();
    void stop();
    InputBar& input() const { return *m_input; }
    RunColumn& left() const { return *m_left; }
    RunColumn& right() const { return *m_right; }

private:
    void showRunning();

    const Services& m_services; // of the page, which owns this
    Pair m_pair;
    InputBar* m_input = nullptr;
    QSplitter* m_splitter = nullptr;
    RunColumn* m_left = nullptr;
    RunColumn* m_right = nullptr;
};

} // namespace plumbline::ui::prompts
