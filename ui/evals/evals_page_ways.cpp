// Ways into the page, running and stopping, the two sides, exports, and what the page remembers.
#include <algorithm>
#include <chrono>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QListView>
#include <QPushButton>
#include <QSaveFile>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include "ui/evals/case_panel.h"
#include "ui/evals/evals_page.h"
#include "ui/evals/live_panel.h"
#include "ui/evals/matrix_panel.h"
#include "ui/evals/run_dialog.h"
#include "ui/evals/runs_panel.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::RunState;

namespace {

constexpr std::size_t kOtherRuns = 12; // that the list of baselines offers
constexpr auto kLiveEvery = std::chrono::milliseconds(100);

QString keyOf(const std::string& run, int variant)
{
    return u"%1 %2"_s.arg(toQt(run)).arg(variant);
}

Result<bool> writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return failure(ErrorCode::Io,
                       "the file could not be written: " + toUtf8(file.errorString()) +
                           "; choose another place",
                       toUtf8(path));
    return true;
}

} // namespace

void EvalsPage::open(const QString& key)
{
    const QString run = key.section(u' ', 0, 0);
    m_wantedCase = key.section(u' ', 1);
    if (m_runs->find(run) == nullptr) {
        m_wanted = run;
        if (m_loaded && !m_runsJob.isRunning())
            reload(); // the command may have made it meanwhile
        return;
    }
    if (run == m_runId && !m_columns->columns.empty() && !m_wantedCase.isEmpty()) {
        showTab(Tab::Cases);
        m_matrix->select(std::exchange(m_wantedCase, {}));
        return;
    }
    m_runs->select(run);
}

void EvalsPage::askForRun(const QString& suitePath)
{
    if (m_runJob.isRunning()) { // one at a time: show it
        m_runs->select(toQt(m_now ? m_now->run.id : std::string()));
        return;
    }
    RunOrder last = m_last;
    if (!suitePath.isEmpty())
        last.suite = toUtf8(suitePath);
    auto* dialog = new RunDialog(m_services, last, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RunDialog::runRequested, this, &EvalsPage::start);
    dialog->open();
}

void EvalsPage::start(const RunOrder& order)
{
    m_last = order;
    startJob([run = m_services.run, order](std::stop_token stop, const LiveFn& onLive) {
        return run(order, std::move(stop), onLive);
    });
}

void EvalsPage::resume()
{
    startJob([resume = m_services.resume, id = toUtf8(m_runId)](std::stop_token stop, const LiveFn& onLive) {
        return resume(id, std::move(stop), onLive);
    });
}

void EvalsPage::startJob(std::function<Result<Run>(std::stop_token, const LiveFn&)> work)
{
    m_now.reset();
    m_states->showReady();
    m_runs->newRun().setEnabled(false);
    auto whole = [work = std::move(work)](const jobs::Job<Live>::Context& context) -> Result<Live> {
        auto last = std::chrono::steady_clock::time_point();
        Live latest;
        const LiveFn onLive = [&](const Live& live) {
            latest = live;
            const auto now = std::chrono::steady_clock::now();
            if (now - last < kLiveEvery)
                return;
            last = now;
            context.partial(live);
            context.progress({"running " + live.run.settings.suiteName,
                              static_cast<std::uint64_t>(std::max<std::int64_t>(live.run.done, 0)),
                              static_cast<std::uint64_t>(std::max<std::int64_t>(live.run.planned, 0)),
                              "answers", 0, live.timeLeft});
        };
        Result<Run> ended = work(context.stop, onLive);
        if (!ended)
            return tl::unexpected(ended.error());
        latest.run = std::move(*ended);
        return latest;
    };
    m_runJob.start(
        std::move(whole), [this](Result<Live> live) { endRun(live); },
        [this](const Live& live) { takeLive(live); });
}

void EvalsPage::takeLive(const Live& live)
{
    const bool first = !m_now || m_now->run.id != live.run.id;
    m_now = live;
    m_runs->setLive(live);
    if (first)
        m_runs->select(toQt(live.run.id)); // choose() shows it
    else if (m_runId == toQt(live.run.id))
        m_live->setLive(live);
}

void EvalsPage::endRun(const Result<Live>& live)
{
    const QString shown = m_now ? toQt(m_now->run.id) : QString();
    m_now.reset();
    m_runs->newRun().setEnabled(true);
    if (live) {
        m_runs->setLive(*live);
        m_wanted = m_runId == shown || m_runId.isEmpty() ? toQt(live->run.id) : m_runId;
        reload();
    } else if (live.error().code == ErrorCode::Cancelled) {
        reload();
    } else {
        m_detail->showFailed(tr("The run could not be made"), live.error());
    }
    Q_EMIT runEnded();
}

void EvalsPage::stop()
{
    if (!m_runJob.isRunning())
        return;
    m_live->setStopping();
    m_runJob.cancel();
}

// Columns of this run for both; for the baseline also those of other runs of the suite.
void EvalsPage::fillSides()
{
    const QString baselineBefore =
        m_wantedBaseline.isEmpty() ? m_baseline->currentData().toString() : m_wantedBaseline;
    const QString candidateBefore = m_candidate->currentData().toString();
    m_wantedBaseline.clear();
    m_baseline->clear();
    m_candidate->clear();
    m_baseline->addItem(tr("none"), QString());
    QString first;
    QString last;
    for (const MatrixColumn& column : m_columns->columns) {
        const QString key = keyOf(column.run, column.variant);
        if (toQt(column.run) != m_runId)
            continue;
        m_baseline->addItem(toQt(column.title()), key);
        m_candidate->addItem(toQt(column.title()), key);
        first = first.isEmpty() ? key : first;
        last = key;
    }
    const RunRow* mine = m_runs->find(m_runId);
    std::size_t offered = 0;
    for (const RunRow& row : m_runs->rows()) {
        if (mine == nullptr || row.run.id == mine->run.id || offered == kOtherRuns ||
            row.run.settings.suiteName != mine->run.settings.suiteName)
            continue;
        ++offered;
        for (std::size_t i = 0; i < row.run.settings.variants.size(); ++i)
            m_baseline->addItem(
                tr("%1 · run %2").arg(toQt(row.run.settings.variants[i].id()), localTime(row.run.started)),
                keyOf(row.run.id, static_cast<int>(i)));
    }
    const auto choose = [](QComboBox& box, const QString& kept, const QString& otherwise) {
        const int index = kept.isEmpty() ? -1 : box.findData(kept);
        box.setCurrentIndex(std::max(index >= 0 ? index : box.findData(otherwise), 0));
    };
    choose(*m_candidate, candidateBefore, last);
    choose(*m_baseline, baselineBefore, first == last ? QString() : first);
}

int EvalsPage::columnOf(const QComboBox& box) const
{
    const QString key = box.currentData().toString();
    for (std::size_t i = 0; i < m_columns->columns.size(); ++i) {
        if (keyOf(m_columns->columns[i].run, m_columns->columns[i].variant) == key)
            return static_cast<int>(i);
    }
    return -1;
}

void EvalsPage::changeSides()
{
    const QString wanted = m_baseline->currentData().toString();
    const QString run = wanted.section(u' ', 0, 0);
    const QString other = run == m_runId ? QString() : run;
    if (other != m_other && !other.isEmpty()) {
        m_wantedBaseline = wanted;
        readMatrix(other);
        return;
    }
    m_matrix->setSides(columnOf(*m_baseline), columnOf(*m_candidate));
    openCase(m_matrix->shownCase());
    compare();
}

void EvalsPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void EvalsPage::focusSearch()
{
    if (m_right->currentWidget() != m_tabs || m_detail->state() != PageStates::State::Ready)
        return;
    showTab(Tab::Cases);
    m_matrix->focusSearch();
}

void EvalsPage::focusContent()
{
    if (m_right->currentWidget() == m_tabs && m_detail->state() == PageStates::State::Ready)
        m_matrix->focusTable();
    else
        m_runs->list().setFocus(Qt::OtherFocusReason);
}

void EvalsPage::copyShown()
{
    if (!m_matrix->order())
        return;
    QApplication::clipboard()->setText(QString::fromUtf8(csvOf(*m_matrix->order())));
    say(tr("Copied"), "ok");
}

void EvalsPage::saveCsv()
{
    if (!m_matrix->order())
        return;
    auto* dialog = new QFileDialog(this, tr("Save the shown cases"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->selectFile(m_runId + u".csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, order = m_matrix->order()](const QString& path) {
        m_exportJob.start([order, path](const auto&) { return writeFile(path, csvOf(*order)); },
                          [this, path](Result<bool> done) {
                              say(done ? tr("Saved: %1").arg(path) : toQt(done.error().describe()),
                                  done ? "ok" : "bad");
                          });
    });
    dialog->open();
}

void EvalsPage::saveHtml()
{
    auto* dialog = new QFileDialog(this, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->setNameFilter(tr("HTML (*.html)"));
    dialog->selectFile(m_runId + u".html"_s);
    const int column = columnOf(*m_baseline);
    std::optional<MatrixColumn> baseline;
    if (column >= 0)
        baseline = m_columns->columns[static_cast<std::size_t>(column)];
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, baseline, run = toUtf8(m_runId)](const QString& path) {
                m_exportJob.start(
                    [write = m_services.writeHtml, run, baseline, path](const auto&) -> Result<bool> {
                        const Result<void> done = write(run, baseline, toUtf8(path));
                        if (!done)
                            return tl::unexpected(done.error());
                        return true;
                    },
                    [this, path](Result<bool> done) {
                        say(done ? tr("Saved: %1").arg(path) : toQt(done.error().describe()),
                            done ? "ok" : "bad");
                    });
            });
    dialog->open();
}

void EvalsPage::saveState(QSettings& settings) const
{
    settings.setValue(u"evals/splitter"_s, m_splitter->saveState());
    settings.setValue(u"evals/cases"_s, m_cases->saveState());
    settings.setValue(u"evals/tab"_s, m_tabs->currentIndex());
    settings.setValue(u"evals/run"_s, m_runId);
    settings.setValue(u"evals/last_suite"_s, toQt(m_last.suite));
    m_runs->saveState(settings);
    m_matrix->saveState(settings);
    m_case->saveState(settings);
}

void EvalsPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"evals/splitter"_s).toByteArray());
    m_cases->restoreState(settings.value(u"evals/cases"_s).toByteArray());
    m_tabs->setCurrentIndex(settings.value(u"evals/tab"_s, 0).toInt());
    m_wanted = settings.value(u"evals/run"_s).toString();
    m_last.suite = toUtf8(settings.value(u"evals/last_suite"_s).toString());
    m_runs->restoreState(settings);
    m_matrix->restoreState(settings);
    m_case->restoreState(settings);
}

} // namespace plumbline::ui::evals
