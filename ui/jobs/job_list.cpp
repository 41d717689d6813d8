#include "ui/jobs/job_list.h"

#include <algorithm>

namespace plumbline::ui::jobs {

void JobList::watch(JobBase* job)
{
    m_jobs.push_back(job);
    connect(job, &JobBase::started, this, [this, job] {
        const auto place = std::find(m_jobs.begin(), m_jobs.end(), job);
        if (place != m_jobs.end())
            std::rotate(place, place + 1, m_jobs.end());
        Q_EMIT changed();
    });
    connect(job, &JobBase::progressed, this, &JobList::changed);
    connect(job, &JobBase::ended, this, &JobList::changed);
    connect(job, &QObject::destroyed, this, [this, job] {
        std::erase(m_jobs, job);
        Q_EMIT changed();
    });
}

JobBase* JobList::current() const
{
    const auto place =
        std::find_if(m_jobs.rbegin(), m_jobs.rend(), [](const JobBase* job) { return job->isRunning(); });
    return place == m_jobs.rend() ? nullptr : *place;
}

int JobList::running() const
{
    return static_cast<int>(
        std::count_if(m_jobs.begin(), m_jobs.end(), [](const JobBase* job) { return job->isRunning(); }));
}

} // namespace plumbline::ui::jobs
