#include "ui/dashboard/variant_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

namespace {

constexpr std::size_t kShapes = 6;

QPainterPath polygon(QPointF centre, std::initializer_list<QPointF> corners, double radius)
{
    QPainterPath path;
    for (const QPointF& corner : corners) {
        const QPointF point = centre + corner * radius;
        if (path.elementCount() == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath shape(QPointF centre, std::size_t number, double radius)
{
    QPainterPath path;
    switch (number) {
    case 0:
        path.addEllipse(centre, radius, radius);
        return path;
    case 1:
        return polygon(centre, {{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}, radius);
    case 2:
        return polygon(centre, {{0, -1.15}, {1.1, 0.85}, {-1.1, 0.85}}, radius);
    case 3:
        return polygon(centre, {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}, radius);
    case 4:
        return polygon(centre, {{0, 1.15}, {1.1, -0.85}, {-1.1, -0.85}}, radius);
    default:
        return polygon(centre,
                       {{-0.4, -1.1},
                        {0.4, -1.1},
                        {0.4, -0.4},
                        {1.1, -0.4},
                        {1.1, 0.4},
                        {0.4, 0.4},
                        {0.4, 1.1},
                        {-0.4, 1.1},
                        {-0.4, 0.4},
                        {-1.1, 0.4},
                        {-1.1, -0.4},
                        {-0.4, -0.4}},
                       radius);
    }
}

} // namespace

QColor variantColor(std::size_t variant)
{
    const auto& colors = widgets::currentTokens().series;
    return colors[variant % colors.size()];
}

void paintMarker(QPainter& painter, QPointF centre, std::size_t variant, double radius, MarkerFill fill,
                 const QColor& background)
{
    const QColor color = variantColor(variant);
    const QPainterPath path = shape(centre, variant % kShapes, radius);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(fill == MarkerFill::Solid ? color : background);
    painter.drawPath(path);
    if (fill != MarkerFill::Dotted)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(centre, radius * 0.35, radius * 0.35);
}

QPixmap markerPixmap(std::size_t variant, int edge, double ratio)
{
    const int pixels = static_cast<int>(edge * ratio);
    QPixmap pixmap(pixels, pixels);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarker(painter, QPointF(edge / 2.0, edge / 2.0), variant, edge * 0.34, MarkerFill::Solid,
                Qt::transparent);
    return pixmap;
}

Qt::PenStyle measureLine(std::size_t measure)
{
    constexpr Qt::PenStyle styles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return styles[measure % 4];
}

MarkerFill measureFill(std::size_t measure)
{
    constexpr MarkerFill fills[] = {MarkerFill::Solid, MarkerFill::Hollow, MarkerFill::Dotted};
    return fills[measure % 3];
}

QPixmap measurePixmap(std::size_t measure, const QColor& color, double ratio)
{
    constexpr int width = 32; // of it 28 line, the rest is air before the word
    constexpr int height = 12;
    QPixmap pixmap(static_cast<int>(width * ratio), static_cast<int>(height * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.75, measureLine(measure), Qt::FlatCap));
    painter.drawLine(QPointF(0, height / 2.0), QPointF(width - 4, height / 2.0));
    return pixmap;
}

} // namespace plumbline::ui::dashboard
