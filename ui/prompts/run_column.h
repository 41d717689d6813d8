// One run of one version: the answer as it comes, then checked and cited, with what it took.
#pragma once

#include <memory>
#include <optional>

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/jobs/text_feed.h"
#include "ui/prompts/services.h"

class QFormLayout;
class QLabel;
class QTextBrowser;
class QTimer;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::prompts {

class RunColumn final : public QWidget {
    Q_OBJECT
public:
    RunColumn(const Services& services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~RunColumn() override;

    void setTitle(const QString& title);
    void start(RunRequest request);
    void stop();
    void clear(); // back to idle; what runs is stopped
    // Shows a run of before.
    void showRun(const RunRequest& request, const RunOutcome& outcome);
    bool isRunning() const { return m_job.isRunning(); }
    const std::optional<RunOutcome>& outcome() const { return m_outcome; }
    const RunRequest& request() const { return m_request; }
    QString shownText() const;  // the answer as a person reads it
    QString shownFacts() const; // tokens, cost, time
    widgets::PageStates& states() const { return *m_states; }

Q_SIGNALS:
    void ended(bool done); // false: failed or stopped

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeContent();
    void takeText();
    void showOutcome();
    void fillFacts();
    void addFact(const QString& name, const QString& value, const char* role = nullptr);

    const Services& m_services; // of the page, which owns this
    RunRequest m_request;
    std::optional<RunOutcome> m_outcome;
    std::shared_ptr<jobs::TextFeed> m_feed;
    QString m_streamed;
    bool m_stale = false; // the outcome came while nobody could see it
    QTimer* m_timer = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_status = nullptr;
    QTextBrowser* m_text = nullptr;
    QWidget* m_factsBox = nullptr;
    QFormLayout* m_facts = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<RunOutcome> m_job;
};

} // namespace plumbline::ui::prompts
