// How every table and tree of the console behaves: one row at a time, uniform heights, remembered columns.
#pragma once

#include <QString>
#include <QStyledItemDelegate>

class QLabel;
class QSettings;
class QTableView;
class QTreeView;
class QHeaderView;
class QWidget;

namespace plumbline::ui::widgets {

// Rows a little higher than their text. (A style sheet could do it too, at twice the cost of painting.)
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

void setUpTable(QTableView& table, const QString& accessibleName);
void setUpTree(QTreeView& tree, const QString& accessibleName);

// Column widths and order under `key`.
void saveColumns(QSettings& settings, const QString& key, const QHeaderView& header);
void restoreColumns(const QSettings& settings, const QString& key, QHeaderView& header);

// A label that wraps plain text and can be selected with mouse and keyboard.
QLabel* textLabel(const QString& text, QWidget* parent, const char* role = nullptr);

// Gives a widget another role of the style sheet; empty for none.
void setRole(QWidget& widget, const char* role);

} // namespace plumbline::ui::widgets
