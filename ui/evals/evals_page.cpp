#include "ui/evals/evals_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include "ui/evals/case_panel.h"
#include "ui/evals/live_panel.h"
#include "ui/evals/matrix_panel.h"
#include "ui/evals/run_dialog.h"
#include "ui/evals/runs_model.h"
#include "ui/evals/runs_panel.h"
#include "ui/evals/verdict_panel.h"
#include "ui/evals/words.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::RunState;

EvalsPage::EvalsPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_columns(std::make_shared<const Matrix>()),
      m_runsJob(tr("Reading the runs")), m_matrixJob(tr("Reading a run")),
      m_compareJob(tr("Comparing two versions")), m_exportJob(tr("Exporting a run")),
      m_runJob(tr("Running a suite"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    m_states->showLoading(tr("Reading the runs"));
    connectPanels();
    makeShortcuts();
    for (jobs::JobBase* job : std::initializer_list<jobs::JobBase*>{&m_runsJob, &m_matrixJob, &m_compareJob,
                                                                    &m_exportJob, &m_runJob})
        jobList.watch(job);
}

EvalsPage::~EvalsPage() = default;

QWidget* EvalsPage::makeHead()
{
    auto* head = new QFrame(this);
    head->setProperty("role", u"bar"_s);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_title = new QLabel(head);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont());
    m_summary = new QLabel(head);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setMinimumWidth(1); // a long error must not widen the page
    m_resume = new QPushButton(icon(u"run"_s), tr("Resume"), head);
    m_resume->setToolTip(tr("Ask for what has no result yet; nothing is asked for twice"));
    m_export = new QPushButton(icon(u"export"_s), tr("Export"), head);
    m_export->setProperty("role", u"quiet"_s);
    m_export->setToolTip(tr("Copy the shown cases, save them as CSV, or the whole run as HTML"));
    auto* menu = new QMenu(m_export);
    menu->addAction(tr("Copy the shown cases"), this, &EvalsPage::copyShown);
    menu->addAction(tr("Save the shown cases as CSV…"), this, &EvalsPage::saveCsv);
    if (m_services.writeHtml)
        menu->addAction(tr("Save the report as HTML…"), this, &EvalsPage::saveHtml);
    m_export->setMenu(menu);
    row->addWidget(m_title);
    row->addWidget(m_summary, 1);
    row->addWidget(m_resume);
    row->addWidget(m_export);
    auto* bar = new QWidget(head);
    auto* sides = new QHBoxLayout(bar);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(2 * kGrid);
    const auto box = [&](const QString& words, const QString& tip) {
        auto* label = new QLabel(words, bar);
        auto* one = new QComboBox(bar);
        one->setAccessibleName(QString(words).remove(u'&'));
        one->setToolTip(tip);
        one->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        one->setMinimumContentsLength(22);
        label->setBuddy(one);
        sides->addWidget(label);
        sides->addWidget(one, 2);
        connect(one, &QComboBox::activated, this, &EvalsPage::changeSides);
        return one;
    };
    m_baseline =
        box(tr("&Baseline"), tr("What the candidate is held against; also a version of another run"));
    m_candidate = box(tr("&Candidate"), tr("The version that is to go out"));
    m_said = new QLabel(bar);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setMinimumWidth(1);
    sides->addWidget(m_said, 1);
    column->addLayout(row);
    column->addWidget(bar);
    connect(m_resume, &QPushButton::clicked, this, &EvalsPage::resume);
    return head;
}

QWidget* EvalsPage::makeCases()
{
    m_cases = new QSplitter(Qt::Vertical, this);
    m_matrix = new MatrixPanel(m_cases);
    m_case = new CasePanel(m_services, m_cases);
    m_cases->addWidget(m_matrix);
    m_cases->addWidget(m_case);
    m_cases->setChildrenCollapsible(false);
    m_cases->setSizes({230, 460});
    return m_cases;
}

QWidget* EvalsPage::makeContent()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_runs = new RunsPanel(m_splitter);
    auto* right = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_right = new QStackedWidget(right);
    m_live = new LivePanel(m_right);
    m_tabs = new QTabWidget(m_right);
    m_tabs->setDocumentMode(true);
    m_verdict = new VerdictPanel(m_tabs);
    m_tabs->addTab(makeCases(), tr("Cases"));
    m_tabs->addTab(m_verdict, tr("Verdict and gates"));
    m_right->addWidget(m_tabs);
    m_right->addWidget(m_live);
    auto* report = new QWidget(right);
    auto* inner = new QVBoxLayout(report);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    m_head = makeHead();
    inner->addWidget(m_head);
    inner->addWidget(m_right, 1);
    auto* idle = textLabel(tr("Choose a run on the left"), right, "muted");
    idle->setAlignment(Qt::AlignCenter);
    m_detail = new PageStates(report, idle, right);
    m_detail->showIdle();
    column->addWidget(m_detail, 1);
    m_splitter->addWidget(m_runs);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    const int list = 34 * fontMetrics().averageCharWidth();
    m_runs->setMinimumWidth(list * 4 / 5);
    m_splitter->setSizes({list, 4 * list});
    return m_splitter;
}

void EvalsPage::connectPanels()
{
    connect(m_states, &PageStates::retryRequested, this, &EvalsPage::reload);
    connect(m_states, &PageStates::actionRequested, this, [this] { askForRun(); });
    connect(m_states, &PageStates::stopRequested, this, [this] { m_runsJob.cancel(); });
    connect(m_detail, &PageStates::retryRequested, this, [this] { choose(m_runId); });
    connect(m_detail, &PageStates::stopRequested, this, [this] { m_matrixJob.cancel(); });
    connect(m_detail, &PageStates::actionRequested, this, &EvalsPage::resume);
    connect(m_runs, &RunsPanel::chosen, this, &EvalsPage::choose);
    connect(m_runs, &RunsPanel::newRequested, this, [this] { askForRun(); });
    connect(m_live, &LivePanel::stopRequested, this, &EvalsPage::stop);
    connect(m_matrix, &MatrixPanel::chosen, this, &EvalsPage::openCase);
    connect(m_matrix, &MatrixPanel::filtered, this, [this] {
        if (m_matrix->order()->rows.empty())
            m_case->clear();
    });
    connect(m_matrix, &MatrixPanel::opened, this, [this] { m_case->focusAnswer(); });
    connect(m_case, &CasePanel::left, m_matrix, &MatrixPanel::focusTable);
    connect(m_case, &CasePanel::linkActivated, this, &EvalsPage::linkActivated);
    connect(m_verdict, &VerdictPanel::retryRequested, this, &EvalsPage::compare);
}

void EvalsPage::makeShortcuts()
{
    const auto bind = [this](const QKeySequence& keys, auto action) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    bind(QKeySequence::Find, [this] { focusSearch(); });
    bind(QKeySequence(Qt::Key_F5), [this] { reload(); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_R), [this] { askForRun(); });
    bind(QKeySequence(Qt::ALT | Qt::Key_N), [this] { m_matrix->step(1); });
    bind(QKeySequence(Qt::ALT | Qt::Key_P), [this] { m_matrix->step(-1); });
}

void EvalsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        reload();
}

void EvalsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_now && m_right->currentWidget() == m_live)
        stop();
    else
        QWidget::keyPressEvent(event);
}

void EvalsPage::reload()
{
    if (!m_loaded)
        m_states->showLoading(tr("Reading the runs"));
    m_loaded = true;
    m_runsJob.start([runs = m_services.runs](const auto& context) { return runs(context.stop); },
                    [this](Result<std::vector<RunRow>> rows) { takeRuns(std::move(rows)); });
}

void EvalsPage::takeRuns(Result<std::vector<RunRow>> rows)
{
    if (!rows) {
        m_states->showFailed(tr("The runs could not be read"), rows.error());
        Q_EMIT loaded();
        return;
    }
    m_runs->setRows(std::move(*rows), m_services.now());
    if (m_now)
        m_runs->setLive(*m_now);
    if (m_runs->rows().empty()) {
        m_states->showEmpty(
            tr("No runs yet"),
            tr("A run asks every case of a suite of one or more prompt versions and says which "
               "got better or worse. The sample's suite \u201cgolden\u201d runs without a "
               "model in seconds."),
            tr("Run a suite…"));
        Q_EMIT loaded();
        return;
    }
    m_states->showReady();
    const QString wanted = std::exchange(m_wanted, {});
    const QString kept = m_runs->find(wanted) != nullptr    ? wanted
                         : m_runs->find(m_runId) != nullptr ? m_runId
                                                            : toQt(m_runs->rows().front().run.id);
    m_runs->select(kept);
    Q_EMIT loaded();
}

void EvalsPage::choose(const QString& runId)
{
    const bool other = runId != m_runId;
    m_runId = runId;
    if (other) {
        m_other.clear();
        m_wantedBaseline.clear();
        say({}, "");
    }
    if (m_now && toQt(m_now->run.id) == runId) {
        m_matrixJob.cancel();
        m_live->setLive(*m_now);
        m_right->setCurrentWidget(m_live);
        m_detail->showReady();
        showHead();
        return;
    }
    readMatrix(m_other);
}

void EvalsPage::readMatrix(const QString& other)
{
    m_detail->showLoading(tr("Reading %1").arg(m_runId));
    m_other = other;
    auto work = [matrix = m_services.matrix, run = toUtf8(m_runId), other = toUtf8(other)](
                    const auto& context) { return matrix(run, other, context.stop, context.progress); };
    m_matrixJob.start(std::move(work), [this](Result<std::shared_ptr<const Matrix>> matrix) {
        if (matrix)
            takeMatrix(std::move(*matrix));
        else
            m_detail->showFailed(tr("The run could not be read"), matrix.error());
        Q_EMIT runShown();
    });
}

void EvalsPage::takeMatrix(std::shared_ptr<const Matrix> matrix)
{
    m_columns = std::move(matrix);
    m_right->setCurrentWidget(m_tabs);
    m_detail->showReady();
    fillSides();
    showHead();
    m_case->clear();
    m_matrix->setMatrix(m_columns, columnOf(*m_baseline), columnOf(*m_candidate));
    const QString wanted = std::exchange(m_wantedCase, {});
    if (!wanted.isEmpty())
        m_matrix->select(wanted);
    compare();
}

void EvalsPage::compare()
{
    const int baseline = columnOf(*m_baseline);
    const int candidate = columnOf(*m_candidate);
    if (baseline < 0 || candidate < 0 || baseline == candidate) {
        m_compareJob.cancel();
        m_verdict->showNoBaseline();
        showHead();
        return;
    }
    m_verdict->showLoading();
    const MatrixColumn before = m_columns->columns[static_cast<std::size_t>(baseline)];
    const MatrixColumn after = m_columns->columns[static_cast<std::size_t>(candidate)];
    auto work = [compare = m_services.compare, before, after](const auto& context) {
        return compare(before, after, context.stop, context.progress);
    };
    m_summary->setText(tr("comparing…"));
    setRole(*m_summary, "muted");
    m_compareJob.start(std::move(work), [this, before, after](Result<Comparison> comparison) {
        if (comparison) {
            m_verdict->setComparison(*comparison, toQt(before.title()), toQt(after.title()));
            m_summary->setText(summaryOf(*comparison));
            setRole(*m_summary, roleOf(*comparison));
        } else {
            m_verdict->showFailed(comparison.error());
            m_summary->setText(tr("not compared"));
        }
        setPlainTip(*m_summary, m_summary->text());
        Q_EMIT compared();
    });
}

void EvalsPage::openCase(const QString& caseId)
{
    const int baseline = columnOf(*m_baseline);
    const int candidate = columnOf(*m_candidate);
    std::vector<MatrixColumn> columns;
    if (baseline >= 0 && baseline != candidate)
        columns.push_back(m_columns->columns[static_cast<std::size_t>(baseline)]);
    if (candidate >= 0)
        columns.push_back(m_columns->columns[static_cast<std::size_t>(candidate)]);
    if (!columns.empty())
        m_case->open(caseId, std::move(columns));
}

void EvalsPage::showHead()
{
    const RunRow* row = m_runs->find(m_runId);
    if (row == nullptr)
        return;
    const Run& run = row->run;
    const bool live = m_right->currentWidget() == m_live;
    m_title->setText(toQt(run.settings.suiteName));
    QString words = run.state == RunState::Finished ? tr("no baseline") : runWords(run.state);
    if (run.state == RunState::Stopped || run.state == RunState::OverBudget || run.state == RunState::Failed)
        words += tr(" after %1 of %2 answers").arg(run.done).arg(run.planned);
    if (!run.error.empty())
        words += u": "_s + toQt(run.error);
    m_summary->setText(words);
    setPlainTip(*m_summary, words);
    setRole(*m_summary, run.state == RunState::Finished || run.state == RunState::Running ? "muted" : "warn");
    m_resume->setVisible(!m_now && run.state != RunState::Finished && run.done < run.planned);
    m_head->setVisible(!live); // a run under way has its own
}

QString EvalsPage::said() const
{
    return m_title->text() + u'\n' + m_summary->text() + u'\n' + m_said->text();
}

void EvalsPage::say(const QString& words, const char* role)
{
    m_said->setText(words);
    setPlainTip(*m_said, words);
    setRole(*m_said, role);
}

} // namespace plumbline::ui::evals
