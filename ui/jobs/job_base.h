// What every background job shows of itself: a title, whether it runs, how far it is, and a way to stop it.
#pragma once

#include <QObject>
#include <QString>

#include "app/base/progress.h"

namespace plumbline::ui::jobs {

class JobBase : public QObject {
    Q_OBJECT
public:
    JobBase(QString title, QObject* parent);

    const QString& title() const { return m_title; }
    bool isRunning() const { return m_running; }
    const Progress& lastProgress() const { return m_progress; }

    // Asks the work to stop; it still ends, with Cancelled or with what it had. Does nothing when idle.
    virtual void cancel() = 0;

Q_SIGNALS:
    void started();
    void progressed();
    void ended(); // before the end is handed to the page

protected:
    void markStarted();
    void markProgress(const Progress& progress);
    void markEnded();

private:
    QString m_title;
    Progress m_progress;
    bool m_running = false;
};

} // namespace plumbline::ui::jobs
