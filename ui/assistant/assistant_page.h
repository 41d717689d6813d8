// Ask, read the answer with its sources, follow up. The page of the on-call engineer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QWidget>

#include "ui/assistant/turn.h"
#include "ui/jobs/job.h"
#include "ui/jobs/text_feed.h"
#include "ui/widgets/link.h"

class QListWidget;
class QSettings;
class QSplitter;
class QTimer;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::assistant {

class AnswerActions;
class AnswerKeeping;
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
    // The prompts may be others now: their list is read again.
    void reloadPrompts();
    QuestionBar& bar() const { return *m_bar; }

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
    QWidget* makeContent(jobs::JobList& jobList);
    void askTyped();
    void startAsking(plumbline::assistant::TurnRequest request, const std::string& prompt);
    void takeText();
    void takeTurn(Turn turn);
    void takeFailure(const Error& error);
    void stopAsking();
    void runOtherVersion();
    void newThread();
    void showTurn(int index);
    void chooseSource(int number);
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
    AnswerKeeping* m_keeping = nullptr;
    MadeDrawer* m_drawer = nullptr;
    SourcesPanel* m_sources = nullptr;
    plumbline::assistant::TurnRequest m_asked; // for trying again
    std::string m_askedPrompt;
    std::shared_ptr<jobs::TextFeed> m_feed;
    bool m_streaming = false; // some of a model's text is on screen
    QTimer* m_timer = nullptr;

    jobs::Job<Turn> m_askJob;
    jobs::Job<std::vector<PromptChoice>> m_promptsJob;
};

} // namespace plumbline::ui::assistant
