#include "ui/dashboard/chart_plot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace plumbline::ui::dashboard {

namespace {

constexpr double kApart = 7;   // pixels between the points of one run
constexpr double kSpread = 24; // between the first and the last of them at most

// Moves the points of one run apart, around the run's own time.
void spread(Plot& plot, const SeriesModel& model)
{
    std::map<std::pair<qint64, QString>, std::vector<std::size_t>> runs; // most differ by their time already
    for (std::size_t i = 0; i < plot.points.size(); ++i) {
        const SeriesRow& row = model.rows()[static_cast<std::size_t>(plot.points[i].row)];
        runs[{row.at, row.run}].push_back(i);
    }
    for (auto& [run, points] : runs) {
        if (points.size() < 2)
            continue;
        std::sort(points.begin(), points.end(), [&plot](std::size_t left, std::size_t right) {
            return std::tie(plot.points[left].variant, plot.points[left].measure) <
                   std::tie(plot.points[right].variant, plot.points[right].measure);
        });
        const double gaps = static_cast<double>(points.size() - 1);
        const double step = std::min(kApart, kSpread / gaps);
        for (std::size_t i = 0; i < points.size(); ++i)
            plot.points[points[i]].x += (static_cast<double>(i) - gaps / 2) * step;
    }
}

void join(Plot& plot, const SeriesModel& model)
{
    std::map<std::tuple<std::size_t, std::size_t, QString, QString>, std::vector<std::size_t>> lines;
    for (std::size_t i = 0; i < plot.points.size(); ++i) {
        const PlottedPoint& point = plot.points[i];
        const SeriesRow& row = model.rows()[static_cast<std::size_t>(point.row)];
        lines[{point.variant, point.measure, row.suite, row.cases}].push_back(i);
    }
    for (auto& [key, points] : lines) {
        std::stable_sort(points.begin(), points.end(), [&plot](std::size_t left, std::size_t right) {
            return plot.points[left].x < plot.points[right].x;
        });
        plot.lines.push_back({std::get<0>(key), std::get<1>(key), points});
    }
}

} // namespace

double Plot::xOf(qint64 time) const
{
    const auto length = static_cast<double>(std::max<qint64>(range.length(), 1));
    return area.left() + static_cast<double>(time - range.from) / length * area.width();
}

double Plot::yOf(double value) const
{
    return area.bottom() - value / top * area.height();
}

qint64 Plot::timeAt(double x) const
{
    const double share = (x - area.left()) / std::max(area.width(), 1.0);
    return range.from + static_cast<qint64>(std::llround(share * static_cast<double>(range.length())));
}

double Plot::valueAt(double y) const
{
    return (area.bottom() - y) / std::max(area.height(), 1.0) * top;
}

int Plot::nearest(QPointF place, double reach) const
{
    int best = -1;
    double least = reach;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double distance = std::hypot(points[i].x - place.x(), points[i].y - place.y());
        if (distance <= least) {
            least = distance;
            best = static_cast<int>(i);
        }
    }
    return best;
}

Plot plotOf(const SeriesModel& model, const TimeRange& range, const QRectF& area, double top)
{
    Plot plot;
    plot.area = area;
    plot.range = range;
    plot.top = top;
    const auto& rows = model.rows();
    plot.points.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const SeriesRow& row = rows[i];
        PlottedPoint point;
        point.row = static_cast<int>(i);
        point.x = plot.xOf(row.at);
        point.y = plot.yOf(row.value);
        point.low = plot.yOf(row.low);
        point.high = plot.yOf(row.high);
        point.variant = row.variant;
        point.measure = row.measure;
        plot.points.push_back(point);
    }
    spread(plot, model);
    join(plot, model);
    return plot;
}

double greatestOf(const SeriesModel& model)
{
    double greatest = 0;
    for (const SeriesRow& row : model.rows())
        greatest = std::max({greatest, row.value, row.high});
    return greatest;
}

} // namespace plumbline::ui::dashboard
