// Shows a DocumentTree. Does no I/O and no sorting: a new tree replaces the old one whole.
#pragma once

#include <memory>

#include <QAbstractItemModel>
#include <QIcon>
#include <QMap>

#include "ui/corpus/document_tree.h"

namespace plumbline::ui::corpus {

class TreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, State, Version, kColumns };
    static constexpr int kDocumentRole =
        Qt::UserRole + 1; // "ID@version" or the path of a skipped file; empty for a folder

    explicit TreeModel(QObject* parent = nullptr);

    void setTree(std::shared_ptr<const DocumentTree> tree);
    const DocumentTree& tree() const { return *m_tree; }
    const plumbline::corpus::DocumentRow* document(const QModelIndex& index) const; // null for a folder
    // The first document whose "ID@version", id or path is `key`; invalid when the filter hides it.
    QModelIndex find(const QString& key) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    const TreeNode& node(const QModelIndex& index) const;
    QVariant folderData(const TreeNode& node, int column, int role) const;
    QVariant documentData(const TreeNode& node, int column, int role) const;

    std::shared_ptr<const DocumentTree> m_tree;
    QMap<QString, QIcon> m_icons;
};

// "ID@version"; the path for a skipped file.
QString documentKey(const plumbline::corpus::DocumentRow& row);

} // namespace plumbline::ui::corpus
