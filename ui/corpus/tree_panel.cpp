#include "ui/corpus/tree_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTreeView>

#include "ui/corpus/tree_model.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr std::int32_t kExpandAtMost = 400; // rows that are opened without being asked: more cost a frame

} // namespace

TreePanel::TreePanel(QWidget* parent)
    : QWidget(parent), m_rows(std::make_shared<const std::vector<plumbline::corpus::DocumentRow>>()),
      m_job(tr("Filtering the documents"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 2 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter documents"));
    m_filter->setAccessibleName(tr("Filter documents"));
    m_filter->setToolTip(tr("All words must occur in id, title, path, owner or tags (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_state = new QComboBox(this);
    m_state->setAccessibleName(tr("State"));
    m_state->addItem(tr("All states"), QString());
    for (const auto& key : {u"usable"_s, u"draft"_s, u"in_review"_s, u"not_yet_effective"_s, u"expired"_s,
                            u"superseded"_s, u"quarantined"_s, u"skipped"_s})
        m_state->addItem(icon(stateIcon(key)), stateWords(key), key);
    row->addWidget(m_filter, 1);
    row->addWidget(m_state);
    m_model = new TreeModel(this);
    m_view = new QTreeView(this);
    m_view->setModel(m_model);
    setUpTree(*m_view, tr("Documents"));
    m_view->header()->setSectionResizeMode(TreeModel::Name, QHeaderView::Stretch);
    const QFontMetrics metrics = fontMetrics();
    m_view->setColumnWidth(TreeModel::State,
                           metrics.horizontalAdvance(stateWords(u"not_yet_effective"_s)) + 9 * kGrid);
    m_view->setColumnWidth(TreeModel::Version, metrics.horizontalAdvance(tr("Version")) + 5 * kGrid);
    m_count = new QLabel(this);
    m_count->setProperty("role", u"muted"_s);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    column->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, &TreePanel::refilter);
    connect(m_state, &QComboBox::currentIndexChanged, this, &TreePanel::refilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                const QString key = current.data(TreeModel::kDocumentRole).toString();
                if (key.isEmpty())
                    return;
                m_selected = key;
                if (!m_quiet)
                    Q_EMIT chosen(key);
            });
}

TreePanel::~TreePanel() = default;

void TreePanel::setRows(Rows rows)
{
    m_rows = std::move(rows);
    refilter();
}

void TreePanel::refilter()
{
    TreeFilter filter{m_filter->text(), m_state->currentData().toString()};
    auto work = [rows = m_rows,
                 filter](const jobs::Job<std::shared_ptr<const DocumentTree>>::Context& context)
        -> Result<std::shared_ptr<const DocumentTree>> { return buildTree(rows, filter, context.stop); };
    m_job.start(std::move(work), [this](Result<std::shared_ptr<const DocumentTree>> tree) {
        if (tree)
            show(std::move(*tree));
    });
}

void TreePanel::show(std::shared_ptr<const DocumentTree> tree)
{
    m_model->setTree(std::move(tree));
    const std::size_t all = m_rows->size();
    const std::size_t shown = m_model->tree().shown;
    m_count->setText(shown == all ? counted(all, tr("entry"), tr("entries"))
                                  : tr("%1 of %2 entries").arg(number(shown), number(all)));
    expandWhatFits();
    if (!m_selected.isEmpty())
        select(m_selected, true);
    Q_EMIT filtered();
}

void TreePanel::expandWhatFits()
{
    std::int32_t rows = m_model->tree().topNodes;
    for (std::int32_t i = 0; i < m_model->tree().topNodes; ++i) {
        const TreeNode& node = m_model->tree().nodes[static_cast<std::size_t>(i)];
        if (node.document >= 0 || rows + node.children > kExpandAtMost)
            continue;
        rows += node.children;
        m_view->expand(m_model->index(i, 0));
    }
}

void TreePanel::select(const QString& key, bool quiet)
{
    m_selected = key;
    const QModelIndex index = m_model->find(key);
    m_quiet = quiet;
    if (index.isValid()) {
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index, QAbstractItemView::EnsureVisible);
    } else {
        m_view->setCurrentIndex({});
        m_selected = key;
    }
    m_quiet = false;
}

void TreePanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TreePanel::saveState(QSettings& settings) const
{
    settings.setValue(u"corpus/filter"_s, m_filter->text());
    settings.setValue(u"corpus/state"_s, m_state->currentData());
    saveColumns(settings, u"corpus/tree"_s, *m_view->header());
}

void TreePanel::restoreState(const QSettings& settings)
{
    m_filter->setText(settings.value(u"corpus/filter"_s).toString());
    m_state->setCurrentIndex(std::max(m_state->findData(settings.value(u"corpus/state"_s)), 0));
    restoreColumns(settings, u"corpus/tree"_s, *m_view->header());
}

} // namespace plumbline::ui::corpus
