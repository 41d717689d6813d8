#include "ui/jobs/job_base.h"

#include <utility>

namespace plumbline::ui::jobs {

JobBase::JobBase(QString title, QObject* parent) : QObject(parent), m_title(std::move(title)) {}

void JobBase::markStarted()
{
    m_progress = {};
    m_running = true;
    Q_EMIT started();
}

void JobBase::markProgress(const Progress& progress)
{
    m_progress = progress;
    Q_EMIT progressed();
}

void JobBase::markEnded()
{
    m_running = false;
    Q_EMIT ended();
}

} // namespace plumbline::ui::jobs
