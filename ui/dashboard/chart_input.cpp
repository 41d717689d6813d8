// How a chart is worked with mouse and keyboard.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include "ui/dashboard/chart_layer.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/series_model.h"

namespace plumbline::ui::dashboard {

namespace {

constexpr double kReach = 10;

} // namespace

void ChartView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->pos();
    m_dragging = false;
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF place = inChart(event->pos());
    if (!m_pressed) {
        const bool on = plot().nearest(place, kReach) >= 0;
        viewport()->setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_dragging && std::abs(event->pos().x() - m_pressed->x()) < QApplication::startDragDistance())
        return;
    m_dragging = true;
    const QRectF area = plot().area;
    const auto inside = [&area](double x) { return std::clamp(x, area.left(), area.right()); };
    m_layer->setBand(std::pair(inside(inChart(*m_pressed).x()), inside(place.x())));
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed || event->button() != Qt::LeftButton)
        return;
    const QPointF from = inChart(*m_pressed);
    const QPointF to = inChart(event->pos());
    m_pressed.reset();
    m_layer->setBand({});
    if (std::exchange(m_dragging, false)) {
        const QRectF area = plot().area;
        qint64 first = plot().timeAt(std::clamp(std::min(from.x(), to.x()), area.left(), area.right()));
        qint64 last = plot().timeAt(std::clamp(std::max(from.x(), to.x()), area.left(), area.right()));
        if (last - first >= kShortestRange)
            Q_EMIT rangeChosen({first, last});
        return;
    }
    const int point = plot().nearest(to, kReach);
    if (point < 0)
        return;
    const int row = plot().points[static_cast<std::size_t>(point)].row;
    setCurrentRow(row);
    Q_EMIT currentChanged(row);
    Q_EMIT opened(row);
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && plot().nearest(inChart(event->pos()), kReach) < 0)
        Q_EMIT resetRequested();
}

// To the neighbour in time on the same line, or to another line at the nearest time.
void ChartView::moveBy(int times, int lines)
{
    const Plot& drawn = plot();
    if (drawn.points.empty())
        return;
    std::size_t line = 0;
    std::size_t place = drawn.lines.front().points.size() - 1; // nothing in hand yet: the newest of the first
    bool found = false;
    for (std::size_t i = 0; i < drawn.lines.size(); ++i) {
        for (std::size_t k = 0; k < drawn.lines[i].points.size(); ++k) {
            if (drawn.points[drawn.lines[i].points[k]].row == m_row) {
                line = i;
                place = k;
                found = true;
            }
        }
    }
    if (found && times != 0) {
        const auto last = static_cast<int>(drawn.lines[line].points.size()) - 1;
        place = static_cast<std::size_t>(std::clamp(static_cast<int>(place) + times, 0, last));
    } else if (found && lines != 0) {
        const double x = drawn.points[drawn.lines[line].points[place]].x;
        const auto count = static_cast<int>(drawn.lines.size());
        line = static_cast<std::size_t>((static_cast<int>(line) + lines + count) % count);
        const auto& points = drawn.lines[line].points;
        const auto nearest =
            std::min_element(points.begin(), points.end(), [&](std::size_t left, std::size_t right) {
                return std::abs(drawn.points[left].x - x) < std::abs(drawn.points[right].x - x);
            });
        place = static_cast<std::size_t>(nearest - points.begin());
    }
    setCurrentRow(drawn.points[drawn.lines[line].points[place]].row);
    Q_EMIT currentChanged(m_row);
}

// Around the point in hand, else around the middle.
void ChartView::zoomAround(double factor)
{
    const qint64 centre =
        m_row >= 0 ? m_model.rows()[static_cast<std::size_t>(m_row)].at : m_range.from + m_range.length() / 2;
    const auto part = [&](qint64 length) {
        return static_cast<qint64>(std::llround(static_cast<double>(length) * factor));
    };
    const TimeRange range{centre - part(centre - m_range.from), centre + part(m_range.to - centre)};
    if (range.length() >= kShortestRange)
        Q_EMIT rangeChosen(range);
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveBy(-1, 0);
    case Qt::Key_Right:
        return moveBy(1, 0);
    case Qt::Key_Up:
        return moveBy(0, -1);
    case Qt::Key_Down:
        return moveBy(0, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomAround(0.5);
    case Qt::Key_Minus:
        return zoomAround(2);
    case Qt::Key_0:
        Q_EMIT resetRequested();
        return;
    case Qt::Key_Escape:
        if (m_pressed) {
            m_pressed.reset();
            m_dragging = false;
            m_layer->setBand({});
        } else {
            Q_EMIT resetRequested();
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_row >= 0)
            Q_EMIT opened(m_row);
        return;
    default:
        event->ignore(); // the page and the window have shortcuts too
    }
}

} // namespace plumbline::ui::dashboard
