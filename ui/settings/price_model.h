// The price table, as rows. Amounts are USD per million tokens.
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "ui/settings/services.h"

namespace plumbline::ui::settings {

class PriceModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Model, Input, Cached, Output, Reasoning, From, Until, Source, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<PriceRow> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const PriceRow& row, int column) const;

    std::vector<PriceRow> m_rows;
};

} // namespace plumbline::ui::settings
