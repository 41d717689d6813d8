#include "ui/dashboard/dashboard_page.h"

#include <algorithm>

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>

#include "ui/dashboard/chart_card.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/failures_panel.h"
#include "ui/dashboard/filter_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

DashboardPage::DashboardPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_job(tr("Reading the runs"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(jobList), makeIdle(), this);
    column->addWidget(m_states);
    m_states->showIdle();
    connect(m_states, &PageStates::retryRequested, this, &DashboardPage::reload);
    connect(m_states, &PageStates::actionRequested, this, [this] {
        Q_EMIT linkActivated({Page::Evaluations, {}, {}});
    });
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
    connect(&m_job, &jobs::JobBase::progressed, this,
            [this] { m_states->showProgress(m_job.lastProgress()); });
    auto* again = new QShortcut(QKeySequence(Qt::Key_F5), this);
    connect(again, &QShortcut::activated, this, &DashboardPage::reload);
    jobList.watch(&m_job);
}

DashboardPage::~DashboardPage() = default;

QWidget* DashboardPage::makeIdle()
{
    auto* idle = new QWidget(this);
    auto* column = new QVBoxLayout(idle);
    column->setSpacing(3 * kGrid);
    auto* words = textLabel(tr("The runs were not read."), idle, "muted");
    words->setAlignment(Qt::AlignCenter);
    auto* button = new QPushButton(tr("Read the runs"), idle);
    connect(button, &QPushButton::clicked, this, &DashboardPage::reload);
    column->addStretch(2);
    column->addWidget(words);
    column->addWidget(button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return idle;
}

QWidget* DashboardPage::makeContent(jobs::JobList& jobList)
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_filter = new FilterPanel(m_splitter);
    m_splitter->addWidget(m_filter);
    m_splitter->addWidget(makeCharts(jobList));
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    const int side = 34 * fontMetrics().averageCharWidth();
    m_filter->setMinimumWidth(side * 3 / 4);
    m_splitter->setSizes({side, 4 * side});
    m_splitter->setChildrenCollapsible(false);
    connect(m_filter, &FilterPanel::changed, this, &DashboardPage::refill);
    connect(m_filter, &FilterPanel::refreshRequested, this, &DashboardPage::reload);
    connect(m_filter, &FilterPanel::promptOpened, this, [this](const QString& reference) {
        Q_EMIT linkActivated({Page::Prompts, reference, {}});
    });
    return m_splitter;
}

QWidget* DashboardPage::makeCharts(jobs::JobList& jobList)
{
    auto* right = new QWidget(m_splitter);
    auto* outer = new QVBoxLayout(right);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_scroll = new QScrollArea(right);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Charts"));
    auto* list = new QWidget(m_scroll);
    list->setProperty("role", u"plain"_s);
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(3 * kGrid);
    const int height = 17 * fontMetrics().height();
    for (const ChartSpec& spec : chartSpecs()) {
        auto* card = new ChartCard(spec, list);
        card->setMinimumHeight(height);
        column->addWidget(card);
        connectCard(*card);
        m_cards.push_back(card);
    }
    m_failures = new FailuresPanel(m_services, jobList, list);
    m_failures->setMinimumHeight(height);
    column->addWidget(m_failures);
    connect(m_failures, &FailuresPanel::runOpened, this, [this](const QString& run) { openRun(run); });
    connect(m_failures, &FailuresPanel::caseOpened, this, &DashboardPage::openRun);
    m_scroll->setWidget(list);
    outer->addWidget(m_scroll, 1);
    m_notice = new QLabel(right);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setContentsMargins(3 * kGrid, kGrid, 3 * kGrid, kGrid);
    m_notice->hide();
    outer->addWidget(m_notice);
    return right;
}

void DashboardPage::connectCard(ChartCard& card)
{
    connect(&card, &ChartCard::rangeChosen, m_filter, &FilterPanel::zoomTo);
    connect(&card, &ChartCard::resetRequested, m_filter, &FilterPanel::resetZoom);
    connect(&card, &ChartCard::tableWidthChosen, this, [this](int width) {
        for (ChartCard* other : m_cards)
            other->setTableWidth(width);
    });
    connect(&card, &ChartCard::runOpened, this, [this](const QString& run) { openRun(run); });
    connect(&card, &ChartCard::exportEnded, this,
            [this](const QString& words, bool done) { say(words, done ? "ok" : "bad"); });
}

void DashboardPage::openRun(const QString& run, const QString& caseId)
{
    m_stale = true; // it may be run again there
    Q_EMIT linkActivated({Page::Evaluations, caseId.isEmpty() ? run : run + u' ' + caseId, {}});
}

void DashboardPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_stale, false))
        reload();
}

void DashboardPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_stale = !m_job.isRunning();
}

void DashboardPage::reload()
{
    m_stale = false;
    if (m_states->state() != PageStates::State::Ready) // else the charts stay while they are read again
        m_states->showLoading(tr("Reading the runs"));
    m_job.start(
        [read = m_services.read](const auto& context) { return read(context.stop, context.progress); },
        [this](Result<Reading> reading) {
            take(std::move(reading));
            Q_EMIT loaded();
        });
}

void DashboardPage::take(Result<Reading> reading)
{
    if (!reading && reading.error().code == ErrorCode::Cancelled) {
        if (m_states->state() != PageStates::State::Ready)
            m_states->showIdle();
        return;
    }
    if (!reading) {
        m_states->showFailed(tr("The runs could not be read"), reading.error());
        return;
    }
    m_reading = std::move(*reading);
    if (m_reading.series.runs.empty()) {
        m_states->showEmpty(
            tr("No runs yet"),
            tr("Every evaluation run becomes a point in each chart here: rates with their "
               "intervals, latency, cost, and what failed. Start one on the Evaluations page, or "
               "with \u201cplumbline eval run\u201d."),
            tr("Go to Evaluations"));
        return;
    }
    m_states->showReady();
    m_filter->setReading(m_reading, m_services.now());
    refill();
    if (m_reading.left.empty())
        return say({}, "");
    say(tr("Left out, %1: %2").arg(number(m_reading.left.size()), toQt(m_reading.left.front())), "warn");
}

void DashboardPage::refill()
{
    const Selection selection = m_filter->selection();
    std::vector<ChartMark> marks;
    std::vector<std::string> variants;
    for (const std::size_t variant : selection.variants)
        variants.push_back(m_reading.series.variants[variant]);
    for (const auto& mark : m_reading.marks) {
        if (concerns(mark, variants))
            marks.push_back(chartMarkOf(mark));
    }
    for (ChartCard* card : m_cards)
        card->setSeries(m_reading.series, selection, marks);
    m_failures->setSelection(m_reading.series, selection);
    if (!std::exchange(m_fitted, true))
        fitTables();
}

// As wide as the widest needs, half of the card at most.
void DashboardPage::fitTables()
{
    int width = m_tableWidth; // remembered
    for (const ChartCard* card : m_cards) {
        if (m_tableWidth == 0)
            width = std::max(width, card->tableWidthNeeded());
    }
    for (ChartCard* card : m_cards)
        card->setTableWidth(std::min(width, card->width() / 2));
}

void DashboardPage::say(const QString& words, const char* role)
{
    m_notice->setText(words);
    setPlainTip(*m_notice, words);
    setRole(*m_notice, role);
    m_notice->setVisible(!words.isEmpty());
}

QString DashboardPage::notice() const
{
    return m_notice->text();
}

void DashboardPage::focusCharts()
{
    m_cards.front()->chart().setFocus();
}

void DashboardPage::showCard(int number)
{
    const bool last = static_cast<std::size_t>(number) >= m_cards.size();
    const QWidget* card =
        last ? static_cast<QWidget*>(m_failures) : m_cards[static_cast<std::size_t>(number)];
    m_scroll->ensureWidgetVisible(const_cast<QWidget*>(card), 0, 3 * kGrid);
}

void DashboardPage::saveState(QSettings& settings) const
{
    settings.setValue(u"dashboard/splitter"_s, m_splitter->saveState());
    if (m_fitted)
        settings.setValue(u"dashboard/table"_s, m_cards.front()->tableWidth());
    for (const ChartCard* card : m_cards)
        card->saveState(settings, u"dashboard/"_s + card->model().spec().key);
}

void DashboardPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"dashboard/splitter"_s).toByteArray());
    m_tableWidth = settings.value(u"dashboard/table"_s).toInt();
    for (ChartCard* card : m_cards)
        card->restoreState(settings, u"dashboard/"_s + card->model().spec().key);
}

} // namespace plumbline::ui::dashboard
