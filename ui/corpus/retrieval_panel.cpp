#include "ui/corpus/retrieval_panel.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>

#include "ui/corpus/retrieval_text.h"
#include "ui/corpus/table_models.h"
#include "ui/jobs/job_list.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/passage_html.h"
#include "ui/widgets/score_bars.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

RetrievalPanel::RetrievalPanel(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_job(tr("Searching")),
      m_whyJob(tr("Looking for the reason"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeQueryRow());
    auto* idle = new QLabel(
        tr("The search that answers stand on, with every score. Type a query and press Enter."), this);
    idle->setAlignment(Qt::AlignCenter);
    idle->setProperty("role", u"muted"_s);
    m_states = new PageStates(makeContent(), idle, this);
    m_states->showIdle();
    column->addWidget(m_states, 1);
    connect(m_states, &PageStates::retryRequested, this, [this] { start(typed()); });
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
    jobList.watch(&m_job);
}

RetrievalPanel::~RetrievalPanel() = default;

QWidget* RetrievalPanel::makeQueryRow()
{
    auto* bar = new QWidget(this);
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kGrid);
    auto* row = new QHBoxLayout;
    auto* options = new QHBoxLayout;
    rows->addLayout(row);
    rows->addLayout(options);
    row->setSpacing(2 * kGrid);
    m_query = new QLineEdit(bar);
    m_query->setPlaceholderText(tr("Query"));
    m_query->setAccessibleName(tr("Query"));
    m_query->setToolTip(tr("Enter searches"));
    m_asOf = new QDateEdit(toQt(today(m_services.now())), bar);
    m_asOf->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_asOf->setCalendarPopup(true);
    m_asOf->setAccessibleName(tr("Search as of this date"));
    m_profile = new QComboBox(bar);
    m_profile->setAccessibleName(tr("Retrieval profile"));
    for (const retrieval::Profile& profile : m_services.profiles)
        m_profile->addItem(toQt(profile.name));
    m_top = new QSpinBox(bar);
    m_top->setRange(1, 200);
    m_top->setValue(static_cast<int>(m_services.profiles.front().top));
    m_top->setPrefix(tr("top "));
    m_top->setAccessibleName(tr("Number of passages"));
    auto* go = new QPushButton(icon(u"search"_s), tr("Search"), bar);
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy as text"), bar);
    m_copy->setEnabled(false);
    m_top->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_summary = textLabel({}, bar, "muted");
    row->addWidget(m_query, 1);
    row->addWidget(go);
    options->setSpacing(2 * kGrid);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_asOf, m_profile, m_top})
        options->addWidget(widget);
    options->addStretch(1);
    options->addWidget(m_copy);
    rows->addWidget(m_summary);
    connect(m_query, &QLineEdit::returnPressed, this, [this] { start(typed()); });
    connect(go, &QPushButton::clicked, this, [this] { start(typed()); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(resultAsText()); });
    return bar;
}

QWidget* RetrievalPanel::makeWhyRow()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    m_document = new QLineEdit(bar);
    m_document->setPlaceholderText(tr("Why not this document? (id)"));
    m_document->setAccessibleName(tr("Why is this document not higher"));
    m_document->setToolTip(tr("An id, id@version or path; Enter asks"));
    m_document->setFixedWidth(240);
    m_why = textLabel({}, bar);
    row->addWidget(m_document, 0, Qt::AlignTop);
    row->addWidget(m_why, 1);
    connect(m_document, &QLineEdit::returnPressed, this, &RetrievalPanel::askWhy);
    return bar;
}

QWidget* RetrievalPanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGrid);
    m_splitter = new QSplitter(Qt::Vertical, content);
    m_ranked = new RankedModel(this);
    m_table = new QTableView(m_splitter);
    m_table->setModel(m_ranked);
    setUpTable(*m_table, tr("Ranked passages"));
    const int widths[] = {52, 200, 150, 60, 80, 80, 80, 80};
    for (int i = 0; i < 8; ++i)
        m_table->setColumnWidth(i, widths[i]);
    m_table->setItemDelegateForColumn(RankedModel::Lexical, new ScoreBarDelegate(Stage::Lexical, this));
    m_table->setItemDelegateForColumn(RankedModel::Vector, new ScoreBarDelegate(Stage::Vector, this));
    m_table->setItemDelegateForColumn(RankedModel::Fused, new ScoreBarDelegate(Stage::Fused, this));
    m_table->setItemDelegateForColumn(RankedModel::Rerank, new ScoreBarDelegate(Stage::Rerank, this));
    auto* area = new QScrollArea(m_splitter);
    area->setWidgetResizable(true);
    m_passage = new QLabel(area);
    m_passage->setTextFormat(Qt::RichText);
    m_passage->setWordWrap(true);
    m_passage->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_passage->setMargin(3 * kGrid);
    m_passage->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_passage->setAccessibleName(tr("Passage"));
    area->setWidget(m_passage);
    m_dropped = new DroppedModel(this);
    m_droppedTable = new QTableView(m_splitter);
    m_droppedTable->setModel(m_dropped);
    setUpTable(*m_droppedTable, tr("Dropped by the filters"));
    m_droppedTable->setColumnWidth(DroppedModel::Document, 260);
    m_droppedTable->setColumnWidth(DroppedModel::Why, 140);
    m_droppedTable->setColumnWidth(DroppedModel::Score, 72);
    m_splitter->setSizes({240, 190, 120});
    m_splitter->setChildrenCollapsible(false);
    column->addWidget(m_splitter, 1);
    column->addWidget(makeWhyRow());
    connectTables();
    return content;
}

void RetrievalPanel::connectTables()
{
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { showPassage(current.isValid() ? current.row() : -1); });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const retrieval::Passage& passage = m_ranked->passage(index.row());
        Q_EMIT linkActivated(Link{
            Page::Corpus, toQt(passages::documentKey(passage.document, passage.version)), {passage.span}});
    });
    connect(m_droppedTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        const retrieval::Dropped& dropped = m_dropped->dropped(index.row());
        Q_EMIT linkActivated(
            Link{Page::Corpus, toQt(passages::documentKey(dropped.document, dropped.version)), {}});
    });
}

void RetrievalPanel::setAsOf(Date date)
{
    m_asOf->setDate(toQt(date));
}

void RetrievalPanel::focusQuery()
{
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
}

void RetrievalPanel::search(const QString& query)
{
    m_query->setText(query);
    start(typed());
}

retrieval::SearchRequest RetrievalPanel::typed() const
{
    retrieval::SearchRequest request;
    request.query = toUtf8(m_query->text().trimmed());
    request.asOf = toDate(m_asOf->date());
    request.profile = m_services.profiles[static_cast<std::size_t>(std::max(m_profile->currentIndex(), 0))];
    request.top = static_cast<std::size_t>(m_top->value());
    return request;
}

void RetrievalPanel::start(const retrieval::SearchRequest& request)
{
    if (request.query.empty())
        return;
    m_states->showLoading(tr("Searching"));
    auto work = [search = m_services.search,
                 request](const jobs::Job<Found>::Context& context) -> Result<Found> {
        auto result = search(request, context.stop);
        if (!result)
            return tl::unexpected(result.error());
        Found found{request, std::move(*result), {}};
        for (const retrieval::Passage& passage : found.result.passages)
            found.terms.push_back(passages::termSpans(found.result, passage));
        return found;
    };
    m_job.start(std::move(work), [this](Result<Found> found) {
        if (found)
            show(std::move(*found));
        else if (found.error().code == ErrorCode::Cancelled)
            m_states->showIdle();
        else if (found.error().code == ErrorCode::NotFound)
            m_states->showEmpty(tr("Nothing is indexed yet"), toQt(found.error().message), {});
        else
            m_states->showFailed(tr("The search failed"), found.error());
    });
}

void RetrievalPanel::show(Found found)
{
    m_found = std::move(found);
    m_copy->setEnabled(true);
    m_why->clear();
    m_summary->setText(searchSummary(m_found.request, m_found.result));
    m_ranked->setResult(m_found.result.passages, m_found.result.maximumLexical);
    m_dropped->setDropped(m_found.result.dropped);
    m_droppedTable->setVisible(!m_found.result.dropped.empty());
    if (m_found.result.passages.empty() && m_found.result.dropped.empty())
        m_states->showEmpty(tr("No passage matches"), searchSummary(m_found.request, m_found.result), {});
    else
        m_states->showReady();
    m_passage->clear();
    if (!m_found.result.passages.empty())
        m_table->selectRow(0);
    Q_EMIT searched();
}

void RetrievalPanel::showPassage(int row)
{
    if (row < 0 || row >= static_cast<int>(m_found.result.passages.size()))
        return;
    const auto place = static_cast<std::size_t>(row);
    const retrieval::Passage& passage = m_found.result.passages[place];
    const widgets::Tokens& tokens = currentTokens();
    m_passage->setText(u"<p style=\"color:%1\">%2<br>%3</p>%4"_s.arg(
        tokens.muted.name(), toQt(passage.heading).toHtmlEscaped(),
        tr("Matched terms: %1").arg(termsWithWeights(passage)).toHtmlEscaped(),
        passageHtml(passages::passageText(passage, m_found.terms[place]), tokens)));
}

void RetrievalPanel::askWhy()
{
    const std::string document = toUtf8(m_document->text().trimmed());
    if (document.empty())
        return;
    m_why->setText(tr("Looking…"));
    auto work = [why = m_services.why, request = m_found.request,
                 document](const jobs::Job<retrieval::WhyNot>::Context& context) {
        return why(request, document, context.stop);
    };
    m_whyJob.start(std::move(work), [this](Result<retrieval::WhyNot> why) {
        m_why->setText(why ? whyInWords(*why) : toQt(why.error().describe()));
    });
}

QString RetrievalPanel::resultAsText() const
{
    return searchAsText(m_found.request, m_found.result);
}

void RetrievalPanel::saveState(QSettings& settings) const
{
    settings.setValue(u"corpus/retrieval"_s, m_splitter->saveState());
    saveColumns(settings, u"corpus/ranked"_s, *m_table->horizontalHeader());
}

void RetrievalPanel::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"corpus/retrieval"_s).toByteArray());
    restoreColumns(settings, u"corpus/ranked"_s, *m_table->horizontalHeader());
}

} // namespace plumbline::ui::corpus
