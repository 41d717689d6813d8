#include "ui/evals/matrix_panel.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QFrame>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>

#include "ui/evals/matrix_model.h"
#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

MatrixPanel::MatrixPanel(QWidget* parent)
    : QWidget(parent), m_matrix(std::make_shared<const Matrix>()), m_job(tr("Filtering the cases"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    setUpView();
    m_states = new PageStates(m_table, nullptr, this);
    column->addWidget(makeBar());
    column->addWidget(m_states, 1);
    connect(m_states, &PageStates::actionRequested, this, [this] {
        m_search->clear();
        setFilter(CaseFilter::All);
    });
}

MatrixPanel::~MatrixPanel() = default;

QWidget* MatrixPanel::makeBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    row->setSpacing(kGrid);
    auto* group = new QButtonGroup(this);
    const QString tips[kFilters] = {
        tr("Every case"), tr("The candidate does not pass, or not always"),
        tr("The candidate passes less or more often than the baseline (n, p: from one to the next)"),
        tr("Repeats of the same case differ, in any column"),
        tr("An answer broke off with an error, or a check could not be run, in any column")};
    for (std::size_t filter = 0; filter < kFilters; ++filter) {
        auto* chip = new QPushButton(filterWords(static_cast<CaseFilter>(filter)), bar);
        chip->setProperty("role", u"quiet"_s);
        chip->setCheckable(true);
        chip->setChecked(filter == 0);
        chip->setToolTip(tr("%1. F in the table: the next filter").arg(tips[filter]));
        group->addButton(chip, static_cast<int>(filter));
        m_chips[filter] = chip;
        row->addWidget(chip);
    }
    m_count = new QLabel(bar);
    m_count->setProperty("role", u"muted"_s);
    m_search = new QLineEdit(bar);
    m_search->setPlaceholderText(tr("Search cases"));
    m_search->setAccessibleName(tr("Search cases"));
    m_search->setToolTip(tr("All words must occur in case, question, cluster, tier or tags (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(30 * kGrid);
    row->addWidget(m_search, 1);
    row->addWidget(m_count);
    connect(group, &QButtonGroup::idClicked, this,
            [this](int id) { setFilter(static_cast<CaseFilter>(id)); });
    connect(m_search, &QLineEdit::textChanged, this, &MatrixPanel::rearrange);
    connect(m_search, &QLineEdit::returnPressed, this, &MatrixPanel::focusTable);
    return bar;
}

void MatrixPanel::setUpView()
{
    m_model = new MatrixModel(this);
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Cases and versions"));
    m_table->setItemDelegate(new MatrixDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->installEventFilter(this);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(MatrixModel::Change, Qt::AscendingOrder);
    header->setTextElideMode(Qt::ElideMiddle);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &MatrixPanel::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (m_quiet || !current.isValid())
                    return;
                m_case = m_model->idAt(current.row());
                Q_EMIT chosen(m_case);
            });
    connect(m_table, &QTableView::doubleClicked, this, &MatrixPanel::opened);
}

void MatrixPanel::setMatrix(std::shared_ptr<const Matrix> matrix, int baseline, int candidate)
{
    const bool sameColumns = m_model->sameColumns(*matrix);
    m_matrix = std::move(matrix);
    m_announce = true;
    m_request.baseline = baseline;
    m_request.candidate = candidate;
    if (!sameColumns) {
        m_request.sort = CaseSort::Change;
        m_request.descending = false;
        m_states->showLoading(tr("Sorting the cases"));
    }
    rearrange();
}

void MatrixPanel::setSides(int baseline, int candidate)
{
    m_request.baseline = baseline;
    m_request.candidate = candidate;
    rearrange();
}

void MatrixPanel::sortBy(int section, Qt::SortOrder direction)
{
    const int cell = m_model->cellColumn(section);
    m_request.descending = direction == Qt::DescendingOrder;
    m_request.scoreOf = std::max(cell, 0);
    m_request.sort = cell >= 0                          ? CaseSort::Score
                     : section == MatrixModel::Id       ? CaseSort::Id
                     : section == MatrixModel::Question ? CaseSort::Question
                     : section == m_model->tagsColumn() ? CaseSort::Tags
                                                        : CaseSort::Change;
    if (!m_quiet)
        rearrange();
}

void MatrixPanel::setFilter(CaseFilter filter)
{
    m_request.filter = filter;
    m_chips[static_cast<std::size_t>(filter)]->setChecked(true);
    rearrange();
}

void MatrixPanel::rearrange()
{
    m_request.words = m_search->text();
    auto work = [matrix = m_matrix,
                 request = m_request](const auto& context) -> Result<std::shared_ptr<const MatrixOrder>> {
        return orderOf(matrix, request, context.stop);
    };
    m_job.start(std::move(work), [this](Result<std::shared_ptr<const MatrixOrder>> order) {
        if (order)
            show(std::move(*order));
    });
}

void MatrixPanel::show(std::shared_ptr<const MatrixOrder> order)
{
    const bool sameColumns = m_model->sameColumns(*order->matrix);
    m_order = order;
    m_quiet = true;
    m_model->setOrder(std::move(order));
    if (!sameColumns)
        setWidths();
    m_quiet = false;
    sayCounts();
    const bool any = m_model->rowCount() > 0;
    if (any)
        m_states->showReady();
    else if (m_matrix->cases.empty())
        m_states->showEmpty(tr("This run has no results yet"), {}, {});
    else
        m_states->showEmpty(tr("No case is shown"),
                            tr("%1 are in this run; filter and search let none through.")
                                .arg(counted(m_matrix->cases.size(), tr("case"), tr("cases"))),
                            tr("Show all cases"));
    const int kept = m_model->rowOf(m_case);
    if (kept >= 0) {
        m_quiet = true;
        choose(kept);
        m_quiet = false;
        if (m_announce)
            Q_EMIT chosen(m_case);
    } else if (any) {
        choose(0);
    }
    m_announce = false;
    Q_EMIT filtered();
}

void MatrixPanel::choose(int row)
{
    const QModelIndex index = m_model->index(row, MatrixModel::Id);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index, QAbstractItemView::EnsureVisible);
}

void MatrixPanel::select(const QString& caseId)
{
    m_case = caseId;
    const int row = m_model->rowOf(caseId);
    if (row >= 0) {
        choose(row);
        return;
    }
    m_search->clear();
    setFilter(CaseFilter::All); // show() finds it when it is there
    Q_EMIT chosen(caseId);
}

void MatrixPanel::step(int by)
{
    const int row = m_model->nextChange(m_table->currentIndex().row(), by);
    if (row >= 0)
        choose(row);
}

void MatrixPanel::sayCounts()
{
    for (std::size_t filter = 0; filter < kFilters; ++filter)
        m_chips[filter]->setText(
            u"%1 %2"_s.arg(filterWords(static_cast<CaseFilter>(filter)), number(m_order->counts[filter])));
    QStringList parts;
    if (m_order->request.baseline >= 0)
        parts << tr("%1 broken, %2 fixed").arg(number(m_order->broken), number(m_order->fixed));
    const std::size_t all = m_matrix->cases.size();
    parts << (m_order->rows.size() == all
                  ? counted(all, tr("case"), tr("cases"))
                  : tr("%1 of %2 cases").arg(number(m_order->rows.size()), number(all)));
    m_count->setText(parts.join(u" · "_s));
}

QString MatrixPanel::said() const
{
    return m_count->text();
}

void MatrixPanel::setWidths()
{
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics metrics = fontMetrics();
    header->setSortIndicator(MatrixModel::Change, Qt::AscendingOrder);
    header->setStretchLastSection(true);
    m_table->setColumnWidth(MatrixModel::Change, metrics.horizontalAdvance(tr("more often")) + 10 * kGrid);
    m_table->setColumnWidth(MatrixModel::Id, metrics.horizontalAdvance(u"answers-0123"_s) + 2 * kGrid);
    m_table->setColumnWidth(MatrixModel::Question, metrics.averageCharWidth() * 34);
    for (int column = MatrixModel::FirstCell; column < m_model->tagsColumn(); ++column)
        m_table->setColumnWidth(column, metrics.averageCharWidth() * 27);
}

void MatrixPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void MatrixPanel::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

bool MatrixPanel::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    const bool shift = modifiers == Qt::ShiftModifier;
    if (!shift && modifiers != Qt::NoModifier && modifiers != Qt::KeypadModifier)
        return false;
    switch (key) {
    case Qt::Key_N:
        step(1);
        return true;
    case Qt::Key_P:
        step(-1);
        return true;
    case Qt::Key_F: {
        const auto now = static_cast<std::size_t>(m_request.filter);
        setFilter(static_cast<CaseFilter>((now + (shift ? kFilters - 1 : 1)) % kFilters));
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened();
        return true;
    default:
        return false;
    }
}

bool MatrixPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (handleKey(key->key(), key->modifiers()))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

void MatrixPanel::saveState(QSettings& settings) const
{
    settings.setValue(u"evals/filter"_s, static_cast<int>(m_request.filter));
    settings.setValue(u"evals/search"_s, m_search->text());
}

void MatrixPanel::restoreState(const QSettings& settings)
{
    const int filter = std::clamp(settings.value(u"evals/filter"_s, 0).toInt(), 0, int{kFilters} - 1);
    m_request.filter = static_cast<CaseFilter>(filter);
    m_chips[static_cast<std::size_t>(filter)]->setChecked(true);
    m_search->setText(settings.value(u"evals/search"_s).toString());
}

} // namespace plumbline::ui::evals
