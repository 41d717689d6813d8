#include "ui/corpus/tree_model.h"

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::corpus::DocumentRow;

QString documentKey(const DocumentRow& row)
{
    if (row.skipped || row.id.empty())
        return toQt(row.path);
    return row.version.empty() ? toQt(row.id) : toQt(row.id) + u'@' + toQt(row.version);
}

TreeModel::TreeModel(QObject* parent) : QAbstractItemModel(parent)
{
    auto empty = std::make_shared<DocumentTree>();
    empty->rows = std::make_shared<const std::vector<DocumentRow>>();
    m_tree = empty;
    for (const auto& name : {u"folder"_s, u"approved"_s, u"review"_s, u"draft"_s, u"expired"_s,
                             u"superseded"_s, u"quarantined"_s, u"skipped"_s})
        m_icons.insert(name, icon(name));
}

void TreeModel::setTree(std::shared_ptr<const DocumentTree> tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    endResetModel();
}

const TreeNode& TreeModel::node(const QModelIndex& index) const
{
    return m_tree->nodes[index.internalId()];
}

const DocumentRow* TreeModel::document(const QModelIndex& index) const
{
    if (!index.isValid() || node(index).document < 0)
        return nullptr;
    return &(*m_tree->rows)[static_cast<std::size_t>(node(index).document)];
}

QModelIndex TreeModel::find(const QString& key) const
{
    QModelIndex byId;
    for (std::size_t i = 0; i < m_tree->nodes.size(); ++i) {
        const TreeNode& entry = m_tree->nodes[i];
        if (entry.document < 0)
            continue;
        const DocumentRow& row = (*m_tree->rows)[static_cast<std::size_t>(entry.document)];
        const QModelIndex here = createIndex(entry.row, 0, static_cast<quintptr>(i));
        if (documentKey(row) == key || toQt(row.path) == key)
            return here;
        if (!byId.isValid() && toQt(row.id) == key)
            byId = here;
    }
    return byId;
}

QModelIndex TreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= kColumns || row >= rowCount(parent))
        return {};
    const std::int32_t first = parent.isValid() ? node(parent).firstChild : 0;
    return createIndex(row, column, static_cast<quintptr>(first + row));
}

QModelIndex TreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const std::int32_t above = node(child).parent;
    if (above < 0)
        return {};
    return createIndex(m_tree->nodes[static_cast<std::size_t>(above)].row, 0, static_cast<quintptr>(above));
}

int TreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_tree->topNodes;
    return parent.column() == 0 ? node(parent).children : 0;
}

int TreeModel::columnCount(const QModelIndex&) const
{
    return kColumns;
}

bool TreeModel::hasChildren(const QModelIndex& parent) const
{
    return rowCount(parent) > 0;
}

Qt::ItemFlags TreeModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && node(index).document >= 0)
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QVariant TreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const TreeNode& entry = node(index);
    return entry.document < 0 ? folderData(entry, index.column(), role)
                              : documentData(entry, index.column(), role);
}

QVariant TreeModel::folderData(const TreeNode& entry, int column, int role) const
{
    if (role == Qt::DisplayRole && column == Name)
        return QString(entry.name + u"  "_s + number(static_cast<std::size_t>(entry.documents)));
    if (role == Qt::DecorationRole && column == Name)
        return m_icons.value(u"folder"_s);
    if (role == Qt::AccessibleTextRole && column == Name)
        return tr("Folder %1, %2 documents").arg(entry.name).arg(entry.documents);
    return {};
}

QVariant TreeModel::documentData(const TreeNode& entry, int column, int role) const
{
    const DocumentRow& row = (*m_tree->rows)[static_cast<std::size_t>(entry.document)];
    if (role == kDocumentRole)
        return documentKey(row);
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Name:
            return entry.name;
        case State:
            return stateWords(stateKey(row));
        case Version:
            return toQt(row.version);
        default:
            return {};
        }
    }
    if (role == Qt::DecorationRole && column == State)
        return m_icons.value(stateIcon(stateKey(row)));
    if (role == Qt::ToolTipRole)
        return plainTip(row.reason.empty() ? toQt(row.path) : toQt(row.path) + u'\n' + toQt(row.reason));
    if (role == Qt::AccessibleTextRole && column == Name)
        return QString(documentKey(row) + u", "_s + entry.name + u", "_s + stateWords(stateKey(row)));
    return {};
}

QVariant TreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Document"), tr("State"), tr("Version")};
    return section < kColumns ? names[section] : QString();
}

} // namespace plumbline::ui::corpus
