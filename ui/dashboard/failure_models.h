// What failed most, as rows: cases, and prompt versions.
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "app/evals/failure_tally.h"

namespace plumbline::ui::dashboard {

// Sorted by the engine; another order is the table's, by kSortRole.
class FailingCaseModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Case, Failed, Asked, Broken, Last, Reason, Variants, Suite, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<plumbline::evals::FailingCase> rows);
    const plumbline::evals::FailingCase& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const plumbline::evals::FailingCase& row, int column) const;

    std::vector<plumbline::evals::FailingCase> m_rows;
};

class FailingPromptModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Prompt, Model, Failed, Asked, Broken, Cases, Last, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<plumbline::evals::FailingPrompt> rows);
    const plumbline::evals::FailingPrompt& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const plumbline::evals::FailingPrompt& row, int column) const;

    std::vector<plumbline::evals::FailingPrompt> m_rows;
};

} // namespace plumbline::ui::dashboard
