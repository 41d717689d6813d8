#include "ui/shell/palette_model.h"

#include <QApplication>
#include <QPainter>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::kGrid;

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const PaletteEntry& row = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::DecorationRole:
        return widgets::icon(row.icon);
    case Qt::AccessibleTextRole:
        return QString(row.kind + u": "_s + row.text);
    case Kind:
        return row.kind;
    case Shortcut:
        return row.shortcut;
    default:
        return {};
    }
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    item.icon = {};
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const widgets::Tokens& tokens = widgets::currentTokens();
    const QRect row = option.rect.adjusted(2 * kGrid, 0, -3 * kGrid, 0);
    const QRect sign(row.left(), row.center().y() - 8, 16, 16);
    index.data(Qt::DecorationRole).value<QIcon>().paint(painter, sign);
    const QString shortcut = index.data(PaletteModel::Shortcut).toString();
    const QString note = shortcut.isEmpty() ? index.data(PaletteModel::Kind).toString() : shortcut;
    painter->setFont(item.font);
    painter->setPen(tokens.muted);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, note);
    const QRect words =
        row.adjusted(16 + 2 * kGrid, 0, -item.fontMetrics.horizontalAdvance(note) - 4 * kGrid, 0);
    painter->setPen(tokens.text);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {200, option.fontMetrics.height() + 3 * kGrid};
}

} // namespace plumbline::ui::shell
