// A chart over time: reads its points from a SeriesModel, zooms by dragging, opens points by click or key.
#pragma once

#include <optional>
#include <vector>

#include <QtCharts/QChartView>

#include "ui/dashboard/chart_plot.h"

class QCategoryAxis;
class QLineSeries;

namespace plumbline::ui::dashboard {

class ChartLayer;
class SeriesModel;

class ChartView final : public QChartView {
    Q_OBJECT
public:
    // Follows `model`, which must outlive it.
    explicit ChartView(const SeriesModel& model, QWidget* parent = nullptr);

    // Drawn with the next rows of the model.
    void expectRange(const TimeRange& range);
    void setMarks(std::vector<ChartMark> marks);
    void setEmptyText(const QString& text);
    void setCurrentRow(int row); // of the model; -1 for none
    int currentRow() const { return m_row; }

    // Where the point of a row, or a time, stands in this widget.
    QPoint placeOf(int row) const;
    QPoint placeAt(qint64 time) const;
    const Plot& plot() const;
    const std::vector<ChartMark>& marks() const;

Q_SIGNALS:
    void rangeChosen(const dashboard::TimeRange& range);
    void resetRequested();
    void currentChanged(int row);
    void opened(int row);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void restyle();
    void rebuild();  // the model has other rows
    void relayout(); // the same rows on another area or range
    void drawLines();
    void setTicks();
    void moveBy(int times, int lines);
    void zoomAround(double factor);
    QString tipAt(QPointF place) const;
    QPointF inChart(const QPoint& place) const;

    const SeriesModel& m_model;
    QCategoryAxis* m_time = nullptr;
    QCategoryAxis* m_value = nullptr;
    ChartLayer* m_layer = nullptr;
    std::vector<QLineSeries*> m_lines;
    TimeRange m_range{0, kShortestRange};
    Scale m_scale;
    int m_row = -1;
    std::optional<QPoint> m_pressed;
    bool m_dragging = false;
};

} // namespace plumbline::ui::dashboard
