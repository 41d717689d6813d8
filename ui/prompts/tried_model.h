// The runs of a playground, the last one on top.
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "ui/prompts/services.h"

namespace plumbline::ui::prompts {

struct Tried {
    RunRequest request;
    RunOutcome outcome;
    QString varied; // what differs from the file
};

class TriedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Model, TokensUsed, Cost, Time, Text, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void add(Tried tried);
    const Tried& at(int row) const { return m_runs[m_runs.size() - 1 - static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Tried> m_runs;
};

} // namespace plumbline::ui::prompts
