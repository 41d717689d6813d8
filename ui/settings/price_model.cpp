#include "ui/settings/price_model.h"

#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

bool isMoney(int column)
{
    return column >= PriceModel::Input && column <= PriceModel::Reasoning;
}

} // namespace

void PriceModel::setRows(std::vector<PriceRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int PriceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PriceModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString PriceModel::text(const PriceRow& row, int column) const
{
    switch (column) {
    case Model:
        return row.own ? tr("%1 (workspace)").arg(toQt(row.model)) : toQt(row.model);
    case Input:
        return spending::shortMoney(row.price.input);
    case Cached:
        return spending::shortMoney(row.price.cachedInput);
    case Output:
        return spending::shortMoney(row.price.output);
    case Reasoning:
        return spending::shortMoney(row.price.reasoning);
    case From:
        return row.from ? toQt(toString(*row.from)) : tr("always");
    case Until:
        return row.until ? toQt(toString(*row.until)) : tr("in force");
    default:
        return toQt(row.source);
    }
}

QVariant PriceModel::data(const QModelIndex& index, int role) const
{
    const PriceRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(text(row, index.column()));
    if (role == Qt::TextAlignmentRole && isMoney(index.column()))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant PriceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isMoney(section))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isMoney(section))
        return tr("USD per million tokens");
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Model"),         tr("Input / M"), tr("Cached / M"), tr("Output / M"),
                             tr("Reasoning / M"), tr("From"),      tr("Until"),      tr("Source")};
    return names[section];
}

} // namespace plumbline::ui::settings
