// The verdict for each metric, with the interval of its difference drawn.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include "ui/evals/verdict.h"

namespace plumbline::ui::evals {

class VerdictModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Word,
        Metric,
        Baseline,
        Candidate,
        Difference,
        Drawn,
        Visible,
        Cases,
        Counts,
        Bounds,
        kColumns
    };
    enum Role { RowRole = Qt::UserRole + 1 }; // index into metrics()

    using QAbstractTableModel::QAbstractTableModel;

    void setMetrics(std::vector<MetricVerdict> metrics);
    const std::vector<MetricVerdict>& metrics() const { return m_metrics; }
    const MetricVerdict& at(int row) const { return m_metrics[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const MetricVerdict& metric, int column) const;

    std::vector<MetricVerdict> m_metrics;
};

// The verdict as one sentence, for the reader and the screen reader.
QString sentenceOf(const MetricVerdict& metric);

// A line from bound to bound, a mark at the value, zero in the middle, the smallest visible difference as a
// band. Worse is left, better is right, whichever way the metric counts.
class IntervalDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace plumbline::ui::evals
