// What stands above the lines of a chart: intervals, markers, marks of changes, the point in hand, the
// stretch being dragged over.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <QGraphicsItem>

#include "ui/dashboard/chart_plot.h"

namespace plumbline::ui::dashboard {

// One item for all of it: Qt Charts makes an item of every marker, which thousands of points are too many
// for.
class ChartLayer final : public QGraphicsItem {
public:
    explicit ChartLayer(QGraphicsItem* parent);

    void setPlot(Plot plot);
    const Plot& plot() const { return m_plot; }
    void setMarks(std::vector<ChartMark> marks);
    const std::vector<ChartMark>& marks() const { return m_marks; }
    void setEmptyText(const QString& text); // shown while there are no points
    void setCurrent(int point);             // into Plot::points; -1 for none
    void setBand(std::optional<std::pair<double, double>> edges);

    // The marks whose lines pass within 4 pixels of x.
    std::vector<const ChartMark*> marksAt(double x) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintMarks(QPainter& painter) const;
    void paintPoints(QPainter& painter) const;
    void paintCurrent(QPainter& painter) const;

    Plot m_plot;
    std::vector<ChartMark> m_marks;
    QString m_emptyText;
    int m_current = -1;
    std::optional<std::pair<double, double>> m_band;
};

} // namespace plumbline::ui::dashboard
