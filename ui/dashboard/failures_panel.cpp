#include "ui/dashboard/failures_panel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>

#include "ui/dashboard/failure_models.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::Failures;

namespace {

// The source row behind a row of a sorted table.
int sourceRow(const QModelIndex& index)
{
    return static_cast<const QSortFilterProxyModel*>(index.model())->mapToSource(index).row();
}

QWidget* titled(const QString& title, QWidget* content, int indent, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(indent, 0, 0, 0);
    column->setSpacing(kGrid);
    auto* label = new QLabel(title, box);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    column->addWidget(label);
    column->addWidget(content, 1);
    return box;
}

} // namespace

FailuresPanel::FailuresPanel(const Services& services, jobs::JobList& jobList, QWidget* parent)
    : QFrame(parent), m_services(services), m_job(tr("Counting failures"))
{
    setProperty("role", u"card"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &FailuresPanel::recount);
    connect(m_states, &PageStates::actionRequested, this, &FailuresPanel::recount);
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
    jobList.watch(&m_job);
}

QTableView* FailuresPanel::makeTable(QAbstractItemModel& model, int sortRole, const QString& name,
                                     QWidget* parent)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSortRole(sortRole);
    sorted->setSourceModel(&model);
    auto* table = new QTableView(parent);
    table->setFrameShape(QFrame::NoFrame);
    table->setModel(sorted);
    setUpTable(*table, name);
    table->horizontalHeader()->setSortIndicatorClearable(true);
    table->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    table->setSortingEnabled(true);
    return table;
}

QWidget* FailuresPanel::makeContent()
{
    auto* both = new QSplitter(Qt::Horizontal, this);
    m_cases = new FailingCaseModel(this);
    m_prompts = new FailingPromptModel(this);
    m_promptTable =
        makeTable(*m_prompts, FailingPromptModel::kSortRole, tr("Prompts that failed most"), both);
    m_caseTable = makeTable(*m_cases, FailingCaseModel::kSortRole, tr("Cases that failed most"), both);
    both->addWidget(titled(tr("Prompts that failed most"), m_promptTable, 0, both));
    both->addWidget(titled(tr("Cases that failed most"), m_caseTable, 2 * kGrid, both));
    both->setStretchFactor(0, 1);
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);
    connect(m_promptTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT runOpened(toQt(m_prompts->at(sourceRow(index)).lastRun));
    });
    connect(m_caseTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto& row = m_cases->at(sourceRow(index));
        Q_EMIT caseOpened(toQt(row.lastRun), toQt(row.caseId));
    });
    return both;
}

void FailuresPanel::setSelection(const plumbline::evals::RunSeries& series, const Selection& selection)
{
    plumbline::evals::FailureQuery request;
    for (const auto& run : series.runs) {
        if (selection.range.holds(toMs(run.at)) &&
            (selection.suite.isEmpty() || selection.suite == toQt(run.suite)))
            request.runs.push_back(run.id);
    }
    for (const std::size_t variant : selection.variants)
        request.variants.push_back(series.variants[variant]);
    const bool same = request.runs == m_request.runs && request.variants == m_request.variants;
    m_request = std::move(request);
    if (!same || m_states->state() == PageStates::State::Idle)
        recount();
}

void FailuresPanel::recount()
{
    if (m_request.runs.empty() || m_request.variants.empty()) {
        m_job.cancel();
        take({});
        return;
    }
    m_states->showLoading(tr("Counting failures"));
    m_job.start([failures = m_services.failures,
                 request = m_request](const auto& context) { return failures(request, context.stop); },
                [this](Result<Failures> failures) {
                    if (m_request.runs.empty() || m_request.variants.empty())
                        return; // nothing is chosen any more
                    if (failures)
                        take(*failures);
                    else if (failures.error().code == ErrorCode::Cancelled)
                        m_states->showEmpty(tr("Not counted"), tr("The counting was stopped."), tr("Count"));
                    else
                        m_states->showFailed(tr("The failures could not be counted"), failures.error());
                });
}

void FailuresPanel::take(const Failures& failures)
{
    m_cases->setRows(failures.cases);
    m_prompts->setRows(failures.prompts);
    if (!m_fitted && !failures.cases.empty()) {
        m_fitted = true;
        m_promptTable->resizeColumnsToContents();
        m_caseTable->resizeColumnsToContents();
    }
    if (failures.results == 0)
        m_states->showEmpty(tr("Nothing to count"), tr("No results in this range of these variants."), {});
    else if (failures.cases.empty())
        m_states->showEmpty(
            tr("Nothing failed"),
            tr("All of %1 passed.")
                .arg(counted(static_cast<std::size_t>(failures.results), tr("result"), tr("results"))),
            {});
    else
        m_states->showReady();
}

} // namespace plumbline::ui::dashboard
