#include "ui/dashboard/chart_layer.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include "ui/dashboard/variant_style.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace plumbline::ui::widgets;

namespace {

constexpr double kMarkHead = 14; // above the plot, for the shapes and words of marks
constexpr double kRadius = 4;

// A diamond for a label, a square on its side's middle for the index: told apart without colour.
void paintMarkHead(QPainter& painter, QPointF tip, bool label, const QColor& color)
{
    QPainterPath path;
    if (label) {
        path.moveTo(tip + QPointF(0, -9));
        path.lineTo(tip + QPointF(4.5, -4.5));
        path.lineTo(tip);
        path.lineTo(tip + QPointF(-4.5, -4.5));
        path.closeSubpath();
    } else {
        path.addRect(QRectF(tip + QPointF(-4, -8.5), QSizeF(8, 8)));
    }
    painter.setPen(QPen(color, 1.25));
    painter.setBrush(label ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPath(path);
}

} // namespace

ChartLayer::ChartLayer(QGraphicsItem* parent) : QGraphicsItem(parent)
{
    setZValue(100); // above what Qt Charts draws
    setAcceptedMouseButtons(Qt::NoButton);
}

void ChartLayer::setPlot(Plot plot)
{
    prepareGeometryChange();
    m_plot = std::move(plot);
    m_current = -1;
    update();
}

void ChartLayer::setMarks(std::vector<ChartMark> marks)
{
    m_marks = std::move(marks);
    update();
}

void ChartLayer::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void ChartLayer::setCurrent(int point)
{
    m_current = point;
    update();
}

void ChartLayer::setBand(std::optional<std::pair<double, double>> edges)
{
    m_band = edges;
    update();
}

std::vector<const ChartMark*> ChartLayer::marksAt(double x) const
{
    std::vector<const ChartMark*> found;
    for (const ChartMark& mark : m_marks) {
        if (m_plot.range.holds(mark.at) && std::abs(m_plot.xOf(mark.at) - x) <= 4)
            found.push_back(&mark);
    }
    return found;
}

QRectF ChartLayer::boundingRect() const
{
    return m_plot.area.adjusted(-8, -kMarkHead - 6, 8, 8);
}

void ChartLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    paintMarks(*painter);
    paintPoints(*painter);
    paintCurrent(*painter);
    const Tokens& tokens = currentTokens();
    if (m_plot.points.empty() && !m_emptyText.isEmpty()) {
        painter->setFont(bodyFont());
        painter->setPen(tokens.muted);
        painter->drawText(m_plot.area, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    if (m_band) {
        QColor band = tokens.accent;
        band.setAlphaF(0.18F);
        const QRectF area(QPointF(m_band->first, m_plot.area.top()),
                          QPointF(m_band->second, m_plot.area.bottom()));
        painter->setPen(QPen(tokens.accent, 1));
        painter->setBrush(band);
        painter->drawRect(area.normalized());
    }
}

void ChartLayer::paintMarks(QPainter& painter) const
{
    const Tokens& tokens = currentTokens();
    painter.setFont(smallFont());
    const QFontMetricsF metrics(smallFont());
    double free = m_plot.area.left() - 4; // words are written where there is room up to the next mark
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const ChartMark& mark = m_marks[i];
        if (!m_plot.range.holds(mark.at))
            continue;
        const double x = m_plot.xOf(mark.at);
        const QColor color = mark.label ? tokens.text : tokens.muted;
        painter.setPen(QPen(color, 1, mark.label ? Qt::DashLine : Qt::DotLine));
        painter.drawLine(QPointF(x, m_plot.area.top()), QPointF(x, m_plot.area.bottom()));
        paintMarkHead(painter, QPointF(x, m_plot.area.top()), mark.label, color);
        double limit = m_plot.area.right() + 6;
        for (std::size_t next = i + 1; next < m_marks.size(); ++next) {
            if (m_plot.range.holds(m_marks[next].at)) {
                limit = m_plot.xOf(m_marks[next].at) - 8;
                break;
            }
        }
        const double width = metrics.horizontalAdvance(mark.text);
        if (x - 5 < free || x + 8 + width > limit)
            continue;
        painter.setPen(color);
        painter.drawText(QPointF(x + 8, m_plot.area.top() - 2), mark.text);
        free = x + 8 + width + 6;
    }
}

void ChartLayer::paintPoints(QPainter& painter) const
{
    for (const PlottedPoint& point : m_plot.points) {
        painter.setPen(QPen(variantColor(point.variant), 1.25));
        painter.drawLine(QPointF(point.x, point.low), QPointF(point.x, point.high));
        for (const double end : {point.low, point.high})
            painter.drawLine(QPointF(point.x - 3, end), QPointF(point.x + 3, end));
    }
    const QColor surface = currentTokens().surface;
    for (const PlottedPoint& point : m_plot.points)
        paintMarker(painter, QPointF(point.x, point.y), point.variant, kRadius, measureFill(point.measure),
                    surface);
}

void ChartLayer::paintCurrent(QPainter& painter) const
{
    if (m_current < 0 || static_cast<std::size_t>(m_current) >= m_plot.points.size())
        return;
    const PlottedPoint& point = m_plot.points[static_cast<std::size_t>(m_current)];
    painter.setPen(QPen(currentTokens().text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(point.x, point.y), kRadius + 4, kRadius + 4);
}

} // namespace plumbline::ui::dashboard
