// The foot of the window: index generation and age, documents, the running job with its stop button, and that
// we are offline.
#pragma once

#include <optional>

#include <QFrame>

#include "app/retrieval/indexer.h"

class QLabel;
class QProgressBar;
class QTimer;
class QToolButton;

namespace plumbline::ui::jobs {
class JobList;
}

namespace plumbline::ui::shell {

class StatusLine final : public QFrame {
    Q_OBJECT
public:
    explicit StatusLine(jobs::JobList& jobList, QWidget* parent = nullptr);

    // No value: nothing is indexed.
    void setGeneration(const std::optional<retrieval::GenerationInfo>& info, Timestamp now);
    void setTrouble(const QString& words); // the generation could not be read
    // Endpoints that a question may be sent to, "name: url" each; none = everything stays on this machine.
    void setEndpoints(const QStringList& endpoints);
    QString shownText() const;

private:
    void showJob();

    jobs::JobList& m_jobs;
    QLabel* m_generation = nullptr;
    QLabel* m_documents = nullptr;
    QLabel* m_job = nullptr;
    QProgressBar* m_bar = nullptr;
    QToolButton* m_stop = nullptr;
    QLabel* m_offline = nullptr;
    QTimer* m_delay = nullptr; // quick jobs are not worth a flicker
};

} // namespace plumbline::ui::shell
