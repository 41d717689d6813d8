#include "ui/evals/text_table.h"

#include <QApplication>
#include <QFrame>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace plumbline::ui::widgets;

namespace {

QColor colorOf(Tone tone, const Tokens& tokens)
{
    switch (tone) {
    case Tone::Good:
        return tokens.ok;
    case Tone::Attention:
        return tokens.warn;
    case Tone::Bad:
        return tokens.bad;
    case Tone::Plain:
        break;
    }
    return tokens.text;
}

} // namespace

TextTable::TextTable(QStringList headings, QObject* parent)
    : QAbstractTableModel(parent), m_headings(std::move(headings))
{
}

void TextTable::setHeadings(QStringList headings)
{
    m_headings = std::move(headings);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void TextTable::setRows(std::vector<TextRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int TextTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TextTable::columnCount(const QModelIndex&) const
{
    return static_cast<int>(m_headings.size());
}

QVariant TextTable::data(const QModelIndex& index, int role) const
{
    const TextRow& row = at(index.row());
    const bool first = index.column() == 0;
    if (role == Qt::DisplayRole)
        return row.cells.value(index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(row.cells.value(index.column()));
    if (role == SignRole && first && !row.sign.isEmpty())
        return row.sign;
    if (role == ToneRole && first)
        return static_cast<int>(row.tone);
    return {};
}

QVariant TextTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return role == Qt::DisplayRole ? m_headings.value(section) : plainTip(m_headings.value(section));
}

void SignDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const QVariant sign = index.data(TextTable::SignRole);
    if (!sign.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QColor color = colorOf(static_cast<Tone>(index.data(TextTable::ToneRole).toInt()), currentTokens());
    const int edge = item.fontMetrics.height();
    const QRect box = option.rect.adjusted(2 * kGrid, 0, -kGrid, 0);
    painter->drawPixmap(QRect(box.left(), box.center().y() - edge / 2 + 1, edge, edge),
                        iconPixmap(sign.toString(), color, edge, painter->device()->devicePixelRatioF()));
    const QRect words = box.adjusted(edge + kGrid + 2, 0, 0, 0);
    painter->setFont(item.font);
    painter->setPen(color);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
}

QTableView* makeTextTable(TextTable* model, const QString& name, std::initializer_list<int> letters,
                          QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setFrameShape(QFrame::NoFrame);
    setUpTable(*table, name);
    table->setItemDelegate(new SignDelegate(table));
    int column = 0;
    for (const int width : letters)
        table->setColumnWidth(column++, width * parent->fontMetrics().averageCharWidth());
    return table;
}

QString tabbedText(const QAbstractTableModel& model)
{
    QStringList lines;
    QStringList fields;
    for (int column = 0; column < model.columnCount(); ++column)
        fields << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << fields.join(u'\t');
    for (int row = 0; row < model.rowCount(); ++row) {
        fields.clear();
        for (int column = 0; column < model.columnCount(); ++column)
            fields << model.index(row, column).data().toString().simplified();
        lines << fields.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace plumbline::ui::evals
