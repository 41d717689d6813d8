// Where the points of a chart stand on its plot area: plain geometry, without a widget.
#pragma once

#include <vector>

#include <QPointF>
#include <QRectF>

#include "ui/dashboard/chart_spec.h"
#include "ui/dashboard/series_model.h"
#include "ui/dashboard/time_range.h"

namespace plumbline::ui::dashboard {

// What was changed at a time, drawn as an upright line in every chart.
struct ChartMark {
    qint64 at = 0;
    bool label = true; // a label moved; else the index changed
    QString text;      // "production → v4"
    QString tip;       // who and why
};

struct PlottedPoint {
    int row = 0; // of the model
    double x = 0;
    double y = 0;
    double low = 0; // y of the ends of the interval
    double high = 0;
    std::size_t variant = 0;
    std::size_t measure = 0;
};

// Points of one variant, measure and suite as it was, by time: joined by a line. Runs of another suite, or of
// this one before it was changed, had other cases, so no line leads from one to the other.
struct PlottedLine {
    std::size_t variant = 0;
    std::size_t measure = 0;
    std::vector<std::size_t> points; // into Plot::points
};

struct Plot {
    QRectF area;
    TimeRange range;
    double top = 1; // value at the upper edge; the lower is 0
    std::vector<PlottedPoint> points;
    std::vector<PlottedLine> lines;

    double xOf(qint64 time) const;
    double yOf(double value) const;
    qint64 timeAt(double x) const;
    double valueAt(double y) const;
    // The point nearest to a place, within `reach` pixels; -1 for none. Into `points`.
    int nearest(QPointF place, double reach) const;
};

// Points of one run stand side by side, a few pixels apart, so that their intervals can be told apart.
Plot plotOf(const SeriesModel& model, const TimeRange& range, const QRectF& area, double top);

// The greatest value or end of an interval; 0 without points.
double greatestOf(const SeriesModel& model);

} // namespace plumbline::ui::dashboard
