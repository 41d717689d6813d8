#include "ui/prompts/playground_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

#include "ui/prompts/input_bar.h"
#include "ui/prompts/parameter_form.h"
#include "ui/prompts/run_column.h"
#include "ui/prompts/tried_model.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace plumbline::ui::widgets;

PlaygroundPanel::PlaygroundPanel(const Services& services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(services), m_keepJob(tr("Keeping a case"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_input = new InputBar(services, tr("Run"), true, this);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    auto* upper = new QSplitter(Qt::Horizontal, splitter);
    m_form = new ParameterForm(upper);
    m_run = new RunColumn(services, jobList, upper);
    upper->setStretchFactor(0, 0);
    upper->setStretchFactor(1, 1);
    upper->setChildrenCollapsible(false);
    m_tried = new TriedModel(this);
    m_table = new QTableView(splitter);
    m_table->setModel(m_tried);
    m_table->setFrameShape(QFrame::NoFrame);
    setUpTable(*m_table, tr("Runs of this playground"));
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {30, 22, 24, 11, 8}; // the last column takes the rest
    for (int i = 0; i < TriedModel::ColumnCount - 1; ++i)
        m_table->setColumnWidth(i, widths[i] * letter);
    m_table->setMinimumHeight(4 * m_table->verticalHeader()->defaultSectionSize() +
                              2 * kGrid); // header, 3 runs
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    column->addWidget(m_input);
    column->addWidget(splitter, 1);
    column->addWidget(makeFoot());
    connect(m_input, &InputBar::started, this, &PlaygroundPanel::start);
    connect(m_input, &InputBar::stopped, m_run, &RunColumn::stop);
    connect(m_run, &RunColumn::ended, this, &PlaygroundPanel::takeRun);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid() || m_run->isRunning())
                    return;
                const Tried& tried = m_tried->at(current.row());
                m_run->setTitle(m_tried->index(current.row(), TriedModel::What).data().toString());
                m_run->showRun(tried.request, tried.outcome);
            });
}

PlaygroundPanel::~PlaygroundPanel() = default;

QWidget* PlaygroundPanel::makeFoot()
{
    auto* foot = new QFrame(this);
    foot->setProperty("role", QStringLiteral("foot"));
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    row->setSpacing(2 * kGrid);
    auto* label = new QLabel(tr("Keep the result in"), foot);
    m_suite = new QComboBox(foot);
    m_suite->setAccessibleName(tr("Suite"));
    for (const std::string& suite : m_services.suites)
        m_suite->addItem(toQt(suite));
    label->setBuddy(m_suite);
    m_keep = new QPushButton(icon(QStringLiteral("plus")), tr("Keep as a case"), foot);
    m_keep->setToolTip(tr("Write question and sources of this run as a case of the suite (Ctrl+S)"));
    m_keep->setShortcut(QKeySequence::Save);
    m_keep->setEnabled(false);
    m_said = new QLabel(foot);
    m_said->setTextFormat(Qt::PlainText);
    row->addWidget(label);
    row->addWidget(m_suite);
    row->addWidget(m_keep);
    row->addWidget(m_said, 1);
    connect(m_keep, &QPushButton::clicked, this, &PlaygroundPanel::keep);
    return foot;
}

void PlaygroundPanel::setVersion(std::shared_ptr<const plumbline::prompts::PromptVersion> version)
{
    m_version = std::move(version);
    m_input->setReady(m_version != nullptr);
    if (!m_version)
        return;
    m_form->setVersion(*m_version);
    if (!m_run->isRunning() && !m_run->outcome())
        m_run->setTitle(toQt(m_version->id()));
}

void PlaygroundPanel::start()
{
    if (!m_version)
        return;
    const auto varied = m_form->varied();
    m_run->setTitle(toQt(varied.id() + ", ") + ParameterForm::difference(*m_version, varied));
    m_keep->setEnabled(false);
    m_said->clear();
    m_input->setRunning(true);
    m_run->start({varied, toUtf8(m_input->model()), toUtf8(m_input->question()), today(m_services.now())});
}

void PlaygroundPanel::takeRun(bool done)
{
    m_input->setRunning(false);
    if (!done)
        return;
    const QString varied = m_version && m_version->id() == m_run->request().prompt.id()
                               ? ParameterForm::difference(*m_version, m_run->request().prompt)
                               : QString();
    m_tried->add({m_run->request(), *m_run->outcome(), varied});
    m_table->selectRow(0);
    m_keep->setEnabled(m_suite->count() > 0);
}

void PlaygroundPanel::keep()
{
    if (!m_run->outcome() || m_suite->count() == 0)
        return;
    const CaseRequest request{toUtf8(m_suite->currentText()), m_run->request(), *m_run->outcome()};
    m_keepJob.start([keep = m_services.keepAsCase, request](const auto&) { return keep(request); },
                    [this](Result<KeptCase> kept) {
                        m_said->setText(kept ? tr("Kept as %1 in %2").arg(toQt(kept->id), toQt(kept->path))
                                             : toQt(kept.error().describe()));
                        setPlainTip(*m_said, m_said->text());
                        setRole(*m_said, kept ? "ok" : "bad");
                    });
}

QString PlaygroundPanel::said() const
{
    return m_said->text();
}

} // namespace plumbline::ui::prompts
