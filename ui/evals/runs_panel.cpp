#include "ui/evals/runs_panel.h"

#include <algorithm>

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>

#include "ui/evals/runs_model.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

RunsPanel::RunsPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 2 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter runs"));
    m_filter->setAccessibleName(tr("Filter runs"));
    m_filter->setToolTip(tr("All words must occur in suite, prompt, model, state, person or id"));
    m_filter->setClearButtonEnabled(true);
    m_new = new QPushButton(tr("Run…"), this);
    m_new->setProperty("role", u"primary"_s);
    m_new->setToolTip(tr("Run a suite with one or more prompt versions (Ctrl+R)"));
    row->addWidget(m_filter, 1);
    row->addWidget(m_new);
    m_model = new RunsModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RunsDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Runs"));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_count = new QLabel(this);
    m_count->setProperty("role", u"muted"_s);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    column->addWidget(m_count);
    connect(m_new, &QPushButton::clicked, this, &RunsPanel::newRequested);
    connect(m_filter, &QLineEdit::textChanged, this, &RunsPanel::refill);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (m_quiet || !current.isValid())
                    return;
                m_run = current.data(RunsModel::IdRole).toString();
                Q_EMIT chosen(m_run);
            });
}

void RunsPanel::setRows(std::vector<RunRow> rows, Timestamp now)
{
    m_rows = std::move(rows);
    m_now = now;
    refill();
}

void RunsPanel::setLive(const Live& live)
{
    const auto place = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const RunRow& row) { return row.run.id == live.run.id; });
    if (place != m_rows.end()) {
        place->run = live.run;
        m_model->setLive(live);
        return;
    }
    RunRow row;
    row.run = live.run;
    m_rows.insert(m_rows.begin(), std::move(row));
    refill();
}

void RunsPanel::refill()
{
    m_quiet = true;
    m_model->setRows(m_rows, m_filter->text(), m_now);
    const int kept = m_model->find(m_run);
    if (kept >= 0)
        m_list->setCurrentIndex(m_model->index(kept));
    m_quiet = false;
    const auto shown = static_cast<std::size_t>(m_model->rowCount());
    m_count->setText(shown == m_rows.size() ? counted(shown, tr("run"), tr("runs"))
                                            : tr("%1 of %2 runs").arg(number(shown), number(m_rows.size())));
}

void RunsPanel::select(const QString& runId)
{
    if (m_model->find(runId) < 0)
        m_filter->clear();
    const int row = m_model->find(runId);
    if (row < 0)
        return;
    m_run = runId;
    m_quiet = true;
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row));
    m_quiet = false;
    Q_EMIT chosen(runId);
}

const RunRow* RunsPanel::find(const QString& runId) const
{
    const std::string wanted = toUtf8(runId);
    const auto place =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const RunRow& row) { return row.run.id == wanted; });
    return place == m_rows.end() ? nullptr : &*place;
}

void RunsPanel::saveState(QSettings& settings) const
{
    settings.setValue(u"evals/runs_filter"_s, m_filter->text());
}

void RunsPanel::restoreState(const QSettings& settings)
{
    m_filter->setText(settings.value(u"evals/runs_filter"_s).toString());
}

} // namespace plumbline::ui::evals
