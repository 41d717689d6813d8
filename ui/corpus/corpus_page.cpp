#include "ui/corpus/corpus_page.h"

#include <algorithm>

#include <QBoxLayout>
#include <QDateEdit>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStyle>
#include <QTabWidget>

#include "ui/corpus/document_panel.h"
#include "ui/corpus/ledger_panel.h"
#include "ui/corpus/retrieval_panel.h"
#include "ui/corpus/tree_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::corpus::DocumentRow;
using retrieval::GenerationInfo;
using retrieval::IndexReport;

CorpusPage::CorpusPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_listJob(tr("Reading the documents")),
      m_indexJob(tr("Indexing")), m_rollbackJob(tr("Rolling back")),
      m_generationsJob(tr("Reading the generations"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_retrieval = new RetrievalPanel(m_services, jobList, this);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states, 1);
    m_states->showLoading(tr("Reading the documents"));
    connect(m_states, &PageStates::retryRequested, this, &CorpusPage::reload);
    connect(m_states, &PageStates::actionRequested, this, &CorpusPage::startIndexing);
    connect(m_states, &PageStates::stopRequested, this,
            [this] { m_indexJob.isRunning() ? m_indexJob.cancel() : m_listJob.cancel(); });
    connect(&m_indexJob, &jobs::JobBase::progressed, this, &CorpusPage::tellProgress);
    auto* filter = new QShortcut(QKeySequence::Find, this);
    connect(filter, &QShortcut::activated, this, &CorpusPage::focusFilter);
    jobList.watch(&m_listJob);
    jobList.watch(&m_indexJob);
    jobList.watch(&m_rollbackJob);
}

CorpusPage::~CorpusPage() = default;

QWidget* CorpusPage::makeBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    row->setSpacing(2 * kGrid);
    m_index = new QPushButton(icon(u"refresh"_s), tr("Index now"), bar);
    m_index->setToolTip(tr("Look at every file and take in what changed (F5)"));
    m_index->setShortcut(Qt::Key_F5);
    m_stop = new QPushButton(icon(u"stop"_s), tr("Stop"), bar);
    m_stop->setToolTip(tr("Stop indexing; the generation in service stays"));
    m_stop->hide();
    m_rollback = new QPushButton(icon(u"rollback"_s), tr("Roll back…"), bar);
    m_rollback->setToolTip(tr("Put the index generation before this one back"));
    m_progress = new QProgressBar(bar);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->setAccessibleName(tr("Progress of indexing"));
    m_progress->hide();
    m_said = new QLabel(bar);
    m_said->setTextFormat(Qt::PlainText);
    auto* label = new QLabel(tr("As of"), bar);
    m_asOf = new QDateEdit(toQt(today(m_services.now())), bar);
    m_asOf->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_asOf->setCalendarPopup(true);
    m_asOf->setAccessibleName(tr("State of the documents as of this date"));
    m_asOf->setToolTip(tr("Which documents are in force on this date"));
    label->setBuddy(m_asOf);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_index, m_stop, m_rollback, m_progress})
        row->addWidget(widget);
    row->addWidget(m_said, 1);
    row->addWidget(label);
    row->addWidget(m_asOf);
    connect(m_index, &QPushButton::clicked, this, &CorpusPage::startIndexing);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_indexJob.cancel(); });
    connect(m_rollback, &QPushButton::clicked, this, &CorpusPage::askForRollback);
    connect(m_asOf, &QDateEdit::dateChanged, this, [this] {
        m_retrieval->setAsOf(asOf());
        reload();
    });
    return bar;
}

QWidget* CorpusPage::makeContent()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_tree = new TreePanel(m_splitter);
    m_tabs = new QTabWidget(m_splitter);
    m_tabs->setDocumentMode(true);
    m_document = new DocumentPanel(m_services, m_tabs);
    m_ledger = new LedgerPanel(m_services, m_tabs);
    m_notices = new NoticesPanel(m_services, m_tabs);
    m_tabs->addTab(m_document, tr("Document"));
    m_tabs->addTab(m_retrieval, tr("Retrieval debugger"));
    m_tabs->addTab(m_ledger, tr("Ledger"));
    m_tabs->addTab(m_notices, tr("Notices"));
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    const int tree = 58 * fontMetrics().averageCharWidth();
    m_splitter->setSizes({tree, tree * 17 / 10});
    m_splitter->setChildrenCollapsible(false);
    connect(m_tree, &TreePanel::chosen, this, [this](const QString& key) {
        m_tabs->setCurrentWidget(m_document);
        m_document->show(key, asOf(), {});
    });
    connect(m_document, &DocumentPanel::changed, this, [this] {
        reload();
        Q_EMIT corpusChanged();
    });
    connect(m_document, &DocumentPanel::failed, this, [this](const QString& words) { say(words, "bad"); });
    connect(m_retrieval, &RetrievalPanel::linkActivated, this, &CorpusPage::open);
    connect(m_ledger, &LedgerPanel::linkActivated, this, &CorpusPage::open);
    connect(m_notices, &NoticesPanel::linkActivated, this, &CorpusPage::open);
    connect(m_notices, &NoticesPanel::counted, this, [this](int count) {
        m_tabs->setTabText(m_tabs->indexOf(m_notices),
                           count > 0 ? tr("Notices (%1)").arg(count) : tr("Notices"));
    });
    return m_splitter;
}

Date CorpusPage::asOf() const
{
    return toDate(m_asOf->date());
}

void CorpusPage::say(const QString& words, const char* role)
{
    m_said->setText(words);
    setPlainTip(*m_said, words);
    m_said->setProperty("role", QString::fromLatin1(role));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
}

void CorpusPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_loaded && !m_indexJob.isRunning())
        reload();
}

void CorpusPage::reload()
{
    const bool first = !m_loaded;
    m_loaded = true;
    if (first)
        m_states->showLoading(tr("Reading the documents"));
    m_listJob.start(
        [list = m_services.list, date = asOf()](const auto& context) { return list(date, context.stop); },
        [this](Result<std::vector<DocumentRow>> rows) {
            if (!rows && rows.error().code != ErrorCode::NotFound) {
                m_states->showFailed(tr("The documents could not be read"), rows.error());
                return;
            }
            if (!rows || rows->empty()) {
                m_states->showEmpty(tr("Nothing is indexed yet"),
                                    tr("The documents of this workspace have not been read."),
                                    tr("Index now"));
            } else {
                m_states->showReady();
                m_tree->setRows(std::make_shared<const std::vector<DocumentRow>>(std::move(*rows)));
            }
            Q_EMIT loaded();
        });
    m_ledger->reload();
    m_notices->reload();
}

void CorpusPage::open(const Link& link)
{
    m_tabs->setCurrentWidget(m_document);
    m_tree->select(link.key, true);
    m_document->show(link.key, asOf(), link.spans);
}

void CorpusPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void CorpusPage::search(const QString& query)
{
    showTab(Tab::Retrieval);
    m_retrieval->search(query);
}

void CorpusPage::focusFilter()
{
    m_tree->focusFilter();
}

void CorpusPage::startIndexing()
{
    if (m_indexJob.isRunning())
        return;
    m_index->setEnabled(false);
    m_rollback->setEnabled(false);
    m_stop->show();
    m_progress->setRange(0, 0);
    m_progress->show();
    say(tr("Indexing"), "");
    if (m_states->state() != PageStates::State::Ready)
        m_states->showLoading(tr("Indexing the documents"), true);
    m_indexJob.start(
        [index = m_services.index](const auto& context) { return index(context.stop, context.progress); },
        [this](Result<IndexReport> report) { takeReport(report); });
}

void CorpusPage::tellProgress()
{
    const Progress& progress = m_indexJob.lastProgress();
    m_progress->setRange(0, progress.total > 0 ? static_cast<int>(progress.total) : 0);
    m_progress->setValue(static_cast<int>(progress.done));
    say(describe(progress), "");
    m_states->showProgress(progress);
    Q_EMIT indexProgress(progress);
}

void CorpusPage::takeReport(const Result<IndexReport>& report)
{
    m_index->setEnabled(true);
    m_rollback->setEnabled(true);
    m_stop->hide();
    m_progress->hide();
    if (report) {
        QString words = tr("Generation %1: %2 added, %3 updated, %4 removed, %5 unchanged")
                            .arg(report->generation)
                            .arg(number(report->added), number(report->updated), number(report->removed),
                                 number(report->unchanged));
        if (!report->skipped.empty())
            words += tr(", %1 skipped").arg(number(report->skipped.size()));
        if (!report->quarantined.empty())
            words += tr(", %1 in quarantine").arg(number(report->quarantined.size()));
        const bool clean = report->skipped.empty() && report->quarantined.empty();
        say(words + tr(" in %1").arg(milliseconds(report->seconds * 1000)), clean ? "ok" : "warn");
    } else if (report.error().code == ErrorCode::Cancelled) {
        say(tr("Stopped. The generation in service stays; the next run completes."), "warn");
    } else {
        say(toQt(report.error().describe()), "bad");
    }
    m_loaded = m_states->state() == PageStates::State::Ready;
    reload();
    Q_EMIT corpusChanged();
    Q_EMIT indexEnded(report.has_value());
}

void CorpusPage::askForRollback()
{
    m_generationsJob.start(
        [generations = m_services.generations](const auto&) { return generations(); },
        [this](Result<std::vector<GenerationInfo>> list) {
            if (!list) {
                say(toQt(list.error().describe()), "bad");
                return;
            }
            const auto current = std::find_if(list->begin(), list->end(),
                                              [](const GenerationInfo& info) { return info.inService; });
            if (current == list->end() || current + 1 == list->end()) {
                say(tr("There is no generation before this one."), "warn");
                return;
            }
            const GenerationInfo& before = *(current + 1);
            const QString what = tr("Answers will come from generation %1 of %2 (%3 documents) instead of "
                                    "generation %4 of %5 (%6 "
                                    "documents). The next index run takes the present files in again.")
                                     .arg(before.number)
                                     .arg(localTime(before.at), number(before.documents))
                                     .arg(current->number)
                                     .arg(localTime(current->at), number(current->documents));
            confirm(this,
                    {tr("Roll back"), tr("Put index generation %1 back into service?").arg(before.number),
                     what, tr("Roll back")},
                    [this] { rollBack(); });
        });
}

void CorpusPage::rollBack()
{
    m_rollbackJob.start([rollback = m_services.rollback](const auto&) { return rollback(); },
                        [this](Result<GenerationInfo> info) {
                            if (info)
                                say(tr("Generation %1 is back in service").arg(info->number), "ok");
                            else
                                say(toQt(info.error().describe()), "bad");
                            reload();
                            Q_EMIT corpusChanged();
                        });
}

void CorpusPage::saveState(QSettings& settings) const
{
    settings.setValue(u"corpus/splitter"_s, m_splitter->saveState());
    m_tree->saveState(settings);
    m_document->saveState(settings);
    m_retrieval->saveState(settings);
    m_ledger->saveState(settings);
}

void CorpusPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"corpus/splitter"_s).toByteArray());
    m_tree->restoreState(settings);
    m_document->restoreState(settings);
    m_retrieval->restoreState(settings);
    m_ledger->restoreState(settings);
}

} // namespace plumbline::ui::corpus
