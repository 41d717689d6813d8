// One chart with its table: the same model twice, side by side, each marking what is in hand in the other.
#pragma once

#include <set>
#include <vector>

#include <QFrame>

#include "ui/dashboard/chart_export.h"
#include "ui/dashboard/chart_plot.h"
#include "ui/dashboard/series_model.h"
#include "ui/jobs/job.h"

class QAbstractButton;
class QHBoxLayout;
class QLabel;
class QSettings;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace plumbline::ui::dashboard {

class ChartView;

class ChartCard final : public QFrame {
    Q_OBJECT
public:
    explicit ChartCard(const ChartSpec& spec, QWidget* parent = nullptr);

    // `series` is the page's and outlives the next call.
    void setSeries(const plumbline::evals::RunSeries& series, const Selection& selection,
                   const std::vector<ChartMark>& marks);

    SeriesModel& model() const { return *m_model; }
    ChartView& chart() const { return *m_chart; }
    QTableView& table() const { return *m_table; }
    QString reading() const; // the line that says what is in hand
    void saveTo(ExportFormat format, const QString& path);

    std::set<std::size_t> measures() const { return m_measures; }
    void setMeasures(const std::set<std::size_t>& measures);

    // All cards give their tables the same width, so that a moment stands in one place in all charts.
    int tableWidthNeeded() const; // to read time, figure, value and interval; 0 without rows
    int tableWidth() const;
    void setTableWidth(int width);

    void saveState(QSettings& settings, const QString& key) const;
    void restoreState(const QSettings& settings, const QString& key);

Q_SIGNALS:
    void rangeChosen(const dashboard::TimeRange& range);
    void resetRequested();
    void tableWidthChosen(int width);
    void runOpened(const QString& run);
    void exportEnded(const QString& words, bool done);

private:
    void makeHead(QHBoxLayout& row);
    void addMeasure(QHBoxLayout& row, std::size_t number);
    void makeBody();
    void refill();
    void fitColumns();
    void showRow(int row, bool fromChart);
    void askWhere(ExportFormat format);
    QString emptyWords() const;

    SeriesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    ChartView* m_chart = nullptr;
    QTableView* m_table = nullptr;
    QSplitter* m_splitter = nullptr;
    QLabel* m_reading = nullptr;
    std::vector<QAbstractButton*> m_buttons; // of the measures
    std::set<std::size_t> m_measures;
    const plumbline::evals::RunSeries* m_series = nullptr;
    Selection m_selection;
    bool m_fitted = false; // the table has the widths of its first rows, or those remembered
    jobs::Job<bool> m_exportJob;
};

} // namespace plumbline::ui::dashboard
