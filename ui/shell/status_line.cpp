#include "ui/shell/status_line.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

StatusLine::StatusLine(jobs::JobList& jobList, QWidget* parent) : QFrame(parent), m_jobs(jobList)
{
    setProperty("role", u"foot"_s);
    setAccessibleName(tr("Status"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, kGrid, 3 * kGrid, kGrid);
    row->setSpacing(4 * kGrid);
    m_generation = new QLabel(this);
    m_documents = new QLabel(this);
    m_job = new QLabel(this);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_bar->setAccessibleName(tr("Progress of the running job"));
    m_stop = new QToolButton(this);
    m_stop->setIcon(icon(u"stop"_s));
    m_stop->setProperty("role", u"small"_s);
    m_stop->setToolTip(tr("Stop the running job"));
    m_stop->setAccessibleName(tr("Stop the running job"));
    m_stop->setFocusPolicy(Qt::StrongFocus);
    QSizePolicy kept = m_stop->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // the page above stays where it is when a job begins
    m_stop->setSizePolicy(kept);
    m_offline = new QLabel(this);
    setEndpoints({});
    for (QLabel* label : {m_generation, m_documents, m_job, m_offline}) {
        label->setProperty("role", u"muted"_s);
        label->setTextFormat(Qt::PlainText);
    }
    row->addWidget(m_generation);
    row->addWidget(m_documents);
    row->addStretch(1);
    row->addWidget(m_job);
    row->addWidget(m_bar);
    row->addWidget(m_stop);
    row->addWidget(m_offline);
    m_delay = new QTimer(this);
    m_delay->setSingleShot(true);
    m_delay->setInterval(250);
    connect(m_delay, &QTimer::timeout, this, &StatusLine::showJob);
    connect(&m_jobs, &jobs::JobList::changed, this, [this] {
        if (!m_job->isHidden() || m_jobs.current() == nullptr)
            showJob();
        else if (!m_delay->isActive())
            m_delay->start();
    });
    connect(m_stop, &QToolButton::clicked, this, [this] {
        if (jobs::JobBase* job = m_jobs.current())
            job->cancel();
    });
    setMinimumHeight(7 * kGrid);
    showJob();
}

void StatusLine::setGeneration(const std::optional<retrieval::GenerationInfo>& info, Timestamp now)
{
    if (!info) {
        m_generation->setText(tr("Nothing indexed yet"));
        m_documents->clear();
        return;
    }
    m_generation->setText(tr("Index generation %1, %2").arg(info->number).arg(age(info->at, now)));
    m_generation->setToolTip(tr("Made %1 (%2)").arg(localTime(info->at), utcTime(info->at)));
    m_documents->setText(
        tr("%1, %2").arg(counted(info->documents, tr("document version"), tr("document versions")),
                         counted(info->chunks, tr("chunk"), tr("chunks"))));
}

void StatusLine::setTrouble(const QString& words)
{
    m_generation->setText(words);
}

void StatusLine::setEndpoints(const QStringList& endpoints)
{
    if (endpoints.isEmpty()) {
        m_offline->setText(tr("Offline: nothing leaves this machine"));
        setPlainTip(
            *m_offline,
            tr("Answers are quoted from your documents on this machine; no model and no service is called."));
        return;
    }
    m_offline->setText(
        tr("%1 may be asked")
            .arg(counted(static_cast<std::size_t>(endpoints.size()), tr("endpoint"), tr("endpoints"))));
    setPlainTip(
        *m_offline,
        tr("A question goes there only when its model is chosen, or its retrieval profile names it:\n%1")
            .arg(endpoints.join(u'\n')));
}

void StatusLine::showJob()
{
    const jobs::JobBase* job = m_jobs.current();
    m_job->setVisible(job != nullptr);
    m_bar->setVisible(job != nullptr);
    m_stop->setVisible(job != nullptr);
    if (job == nullptr) {
        m_delay->stop();
        return;
    }
    const Progress& progress = job->lastProgress();
    QString words = progress.stage.empty() ? job->title() : job->title() + u": "_s + describe(progress);
    if (m_jobs.running() > 1)
        words += tr(" (+%1)").arg(m_jobs.running() - 1);
    m_job->setText(words);
    m_bar->setRange(0, progress.total > 0 ? static_cast<int>(progress.total) : 0);
    m_bar->setValue(static_cast<int>(progress.done));
}

QString StatusLine::shownText() const
{
    return QString(m_generation->text() + u" · "_s + m_documents->text() + u" · "_s + m_job->text());
}

} // namespace plumbline::ui::shell
