// The shown cases of a matrix. Does no I/O and no sorting: a new order replaces the old one whole.
#pragma once

#include <memory>

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include "ui/evals/matrix_order.h"

namespace plumbline::ui::evals {

// Columns: change, case, question, one for each column of the matrix, tags.
class MatrixModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Change, Id, Question, FirstCell };
    enum Role { CellRole = Qt::UserRole + 1, ChangeRole };

    explicit MatrixModel(QObject* parent = nullptr);

    void setOrder(std::shared_ptr<const MatrixOrder> order); // never null
    const MatrixOrder& order() const { return *m_order; }
    int tagsColumn() const { return FirstCell + static_cast<int>(m_order->matrix->columns.size()); }
    // Column of the matrix that is shown there; -1 = none.
    int cellColumn(int column) const;
    std::size_t caseAt(int row) const { return m_order->rows[static_cast<std::size_t>(row)]; }
    QString idAt(int row) const;
    int rowOf(const QString& caseId) const; // -1 = not shown
    // The next row (step 1) or the one before (step -1) whose outcome changed; -1 = none.
    int nextChange(int from, int step) const;
    bool sameColumns(const Matrix& matrix) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(std::size_t entry, int column) const;
    QString cellWords(const MatrixCell& cell) const;

    std::shared_ptr<const MatrixOrder> m_order;
};

// Sign and word of an outcome, with its score where it is neither 0 nor 1.
class MatrixDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace plumbline::ui::evals
