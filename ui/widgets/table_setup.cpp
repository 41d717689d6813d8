#include "ui/widgets/table_setup.h"

#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QStyle>
#include <QTableView>
#include <QTreeView>

#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(option.fontMetrics.height() + 2 * kGrid);
    return size;
}

void setUpTable(QTableView& table, const QString& accessibleName)
{
    table.setAccessibleName(accessibleName);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 3 * kGrid);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setStretchLastSection(true);
}

void setUpTree(QTreeView& tree, const QString& accessibleName)
{
    tree.setAccessibleName(accessibleName);
    tree.setUniformRowHeights(true);
    tree.setItemDelegate(new RowDelegate(&tree));
    tree.setSelectionMode(QAbstractItemView::SingleSelection);
    tree.setAllColumnsShowFocus(true);
    tree.setAnimated(false);
    tree.setIndentation(4 * kGrid);
    tree.header()->setStretchLastSection(false);
    tree.header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void saveColumns(QSettings& settings, const QString& key, const QHeaderView& header)
{
    settings.setValue(key, header.saveState());
}

void restoreColumns(const QSettings& settings, const QString& key, QHeaderView& header)
{
    const QByteArray state = settings.value(key).toByteArray();
    if (!state.isEmpty())
        header.restoreState(state);
}

QLabel* textLabel(const QString& text, QWidget* parent, const char* role)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (role != nullptr)
        label->setProperty("role", QString::fromLatin1(role));
    return label;
}

void setRole(QWidget& widget, const char* role)
{
    widget.setProperty("role", QString::fromLatin1(role));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

} // namespace plumbline::ui::widgets
