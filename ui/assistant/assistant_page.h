// Ask, read the answer with its sources, follow up. The page of the on-call engineer.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/assistant/turn.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QListWidget;
class QSettings;
class QSplitter;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::assistant {

class AnswerActions;
class AnswerView;
class MadeDrawer;
class QuestionBar;
class SourcesPanel;

class AssistantPage final : public QWidget {
    Q_OBJECT
public:
    AssistantPage(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~AssistantPage() override;

    // Asks as if typed.
    void ask(const QString& question);
    void focusQuestion();
    const std::vector<Turn>& thread() const { return m_thread; }
    // Nothing is indexed: the page says so and offers to index.
    void setIndexed(bool indexed);
    // The first index run is on its way.
    void showIndexing(const Progress& progress);
    bool isAsking() const { return m_askJob.isRunning(); }
    void openDrawer(bool open);

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& to);
    void answered(); // an answer or a refusal is on screen
    void indexRequested();
    void stopIndexingRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeIdle();
    QWidget* makeContent();
    void askTyped();
    void startAsking(plumbline::assistant::TurnRequest request);
    void newThread();
    void showTurn(int index);
    void chooseSource(int number);
    void copyAnswer();
    void exportAnswer(bool pdf);
    void judge(plumbline::assistant::Judgement judgement, const QString& note);
    Turn* current();

    Services m_services;
    std::vector<Turn> m_thread;
    int m_current = -1;
    bool m_indexed = true;

    QuestionBar* m_bar = nullptr;
    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    QSplitter* m_left = nullptr;
    QListWidget* m_threadList = nullptr;
    AnswerView* m_answer = nullptr;
    AnswerActions* m_actions = nullptr;
    MadeDrawer* m_drawer = nullptr;
    SourcesPanel* m_sources = nullptr;
    plumbline::assistant::TurnRequest m_asked; // for trying again

    jobs::Job<Turn> m_askJob;
    jobs::Job<bool> m_judgeJob;
    jobs::Job<bool> m_exportJob;
};

} // namespace plumbline::ui::assistant
