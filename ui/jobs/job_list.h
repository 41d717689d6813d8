// The jobs that the status bar shows: those of every page, in the order they were made.
#pragma once

#include <vector>

#include <QObject>

#include "ui/jobs/job_base.h"

namespace plumbline::ui::jobs {

class JobList final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Follows `job` until it is destroyed. Does not own it.
    void watch(JobBase* job);

    // The running job that was started last; null when all are idle.
    JobBase* current() const;
    int running() const;

Q_SIGNALS:
    void changed();

private:
    std::vector<JobBase*> m_jobs; // the one started last stands last
};

} // namespace plumbline::ui::jobs
