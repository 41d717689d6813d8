#include "ui/corpus/ledger_panel.h"

#include <algorithm>

#include <QBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QTableView>

#include "ui/corpus/table_models.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::corpus::LedgerEntry;
using plumbline::corpus::Notice;

namespace {

// What needs a person first: quarantined, skipped, removed, then the rest by path.
int urgency(const LedgerEntry& entry)
{
    if (entry.state == "quarantined")
        return 0;
    if (entry.state == "skipped")
        return 1;
    return entry.state == "removed" ? 2 : 3;
}

} // namespace

LedgerPanel::LedgerPanel(Services services, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_all(std::make_shared<Entries>()),
      m_job(tr("Reading the ledger")), m_filterJob(tr("Filtering"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter by file, state or reason"));
    m_filter->setAccessibleName(tr("Filter the ledger"));
    m_filter->setClearButtonEnabled(true);
    m_model = new LedgerModel(this);
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Ledger of files"));
    const int widths[] = {128, 340, 300, 88, 80};
    for (int i = 0; i < 5; ++i)
        m_table->setColumnWidth(i, widths[i]);
    m_states = new PageStates(m_table, nullptr, this);
    column->addWidget(m_filter);
    column->addWidget(m_states, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &LedgerPanel::filter);
    connect(m_states, &PageStates::retryRequested, this, &LedgerPanel::reload);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT linkActivated(Link{Page::Corpus, toQt(m_model->entry(index.row()).path), {}});
    });
}

LedgerPanel::~LedgerPanel() = default;

void LedgerPanel::reload()
{
    m_states->showLoading(tr("Reading the ledger"));
    auto work = [ledger = m_services.ledger](const auto&) -> Result<Entries> {
        auto entries = ledger();
        if (entries)
            std::stable_sort(
                entries->begin(), entries->end(),
                [](const LedgerEntry& a, const LedgerEntry& b) { return urgency(a) < urgency(b); });
        return entries;
    };
    m_job.start(std::move(work), [this](Result<Entries> entries) {
        if (!entries) {
            m_states->showFailed(tr("The ledger could not be read"), entries.error());
            return;
        }
        m_all = std::make_shared<const Entries>(std::move(*entries));
        filter();
    });
}

void LedgerPanel::filter()
{
    auto work = [all = m_all, words = toUtf8(m_filter->text().trimmed().toLower())](
                    const jobs::Job<Entries>::Context& context) -> Result<Entries> {
        Entries kept;
        for (const LedgerEntry& entry : *all) {
            if (context.stop.stop_requested())
                break;
            const QString text = toQt(entry.path) + u' ' + toQt(entry.state) + u' ' + toQt(entry.reason) +
                                 u' ' + toQt(entry.documentId);
            if (words.empty() || text.contains(toQt(words), Qt::CaseInsensitive))
                kept.push_back(entry);
        }
        return kept;
    };
    m_filterJob.start(std::move(work), [this](Result<Entries> kept) {
        if (!kept)
            return;
        const bool none = kept->empty();
        m_model->setEntries(std::move(*kept));
        if (none)
            m_states->showEmpty(
                m_all->empty() ? tr("No file was looked at yet") : tr("No entry matches the filter"), {}, {});
        else
            m_states->showReady();
    });
}

void LedgerPanel::saveState(QSettings& settings) const
{
    saveColumns(settings, u"corpus/ledger"_s, *m_table->horizontalHeader());
}

void LedgerPanel::restoreState(const QSettings& settings)
{
    restoreColumns(settings, u"corpus/ledger"_s, *m_table->horizontalHeader());
}

NoticesPanel::NoticesPanel(Services services, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_job(tr("Reading the notices"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    m_model = new NoticeModel(this);
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Notices about the corpus"));
    m_table->setColumnWidth(NoticeModel::Kind, 160);
    m_table->setColumnWidth(NoticeModel::Detail, 480);
    m_states = new PageStates(m_table, nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &NoticesPanel::reload);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const Notice& notice = m_model->notice(index.row());
        if (!notice.documents.empty())
            Q_EMIT linkActivated(Link{Page::Corpus, toQt(notice.documents.front()), {}});
    });
}

NoticesPanel::~NoticesPanel() = default;

void NoticesPanel::reload()
{
    m_states->showLoading(tr("Reading the notices"));
    m_job.start([notices = m_services.notices](const auto&) { return notices(); },
                [this](Result<std::vector<Notice>> notices) {
                    if (!notices) {
                        m_states->showFailed(tr("The notices could not be read"), notices.error());
                        return;
                    }
                    const bool none = notices->empty();
                    Q_EMIT counted(static_cast<int>(notices->size()));
                    m_model->setNotices(std::move(*notices));
                    if (none)
                        m_states->showEmpty(tr("Nothing to note"),
                                            tr("No near-duplicates, no approval voided by an edit."), {});
                    else
                        m_states->showReady();
                });
}

} // namespace plumbline::ui::corpus
