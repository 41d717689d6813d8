// The points of one chart as rows. The chart and the table beside it both show this model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include <QAbstractTableModel>

#include "app/evals/run_series.h"
#include "ui/dashboard/chart_spec.h"
#include "ui/dashboard/time_range.h"

namespace plumbline::ui::dashboard {

// What of the series is shown; shared by all charts.
struct Selection {
    TimeRange range;
    QString suite; // empty = all
    std::set<std::size_t> variants;
};

// A point, in the unit of its chart.
struct SeriesRow {
    qint64 at = 0;
    QString run;
    QString suite;
    QString cases; // digest of the suite as it was then
    std::size_t variant = 0;
    std::size_t measure = 0;
    double value = 0;
    double low = 0; // 95 % interval
    double high = 0;
    std::int64_t n = 0;
    QString partial; // "stopped after 40 of 210"; empty for a whole run
};

class SeriesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, MeasureColumn, Value, IntervalColumn, Variant, Count, Suite, RunColumn, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;

    explicit SeriesModel(ChartSpec spec, QObject* parent = nullptr);

    // The rows that `selection` and the measures chosen leave, newest first.
    void setSeries(const plumbline::evals::RunSeries& series, const Selection& selection,
                   const std::set<std::size_t>& measures);

    const ChartSpec& spec() const { return m_spec; }
    const std::vector<SeriesRow>& rows() const { return m_rows; }
    QString variantName(std::size_t variant) const { return m_variants[variant]; }
    // "policy-answer@v4 / embedded, 2026-11-26 04:13: p95 812 ms, 640 to 1,010; 210 cases, run r-…".
    QString words(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const SeriesRow& row, int column) const;
    QVariant sortKey(const SeriesRow& row, int column) const;

    ChartSpec m_spec;
    std::vector<QString> m_variants;
    std::vector<SeriesRow> m_rows;
};

} // namespace plumbline::ui::dashboard
