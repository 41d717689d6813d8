// How a variant looks in every chart, table and legend: a colour of the Okabe-Ito set and a shape, so that it
// is never told by colour alone.
#pragma once

#include <QColor>
#include <QPixmap>
#include <QPointF>

class QPainter;

namespace plumbline::ui::dashboard {

enum class MarkerFill { Solid, Hollow, Dotted };

// By the variant's place among all variants of the workspace; 42 pairs of colour and shape before one comes
// again.
QColor variantColor(std::size_t variant);

// Circle, square, triangle, diamond, triangle on its tip, cross; `radius` in pixels.
void paintMarker(QPainter& painter, QPointF centre, std::size_t variant, double radius, MarkerFill fill,
                 const QColor& background);

// For legends and cells.
QPixmap markerPixmap(std::size_t variant, int edge, double ratio);

// How the measures of a chart differ, by their place in it: the line's dashes and the marker's filling.
Qt::PenStyle measureLine(std::size_t measure);
MarkerFill measureFill(std::size_t measure);
// "———", "– – –", "· · ·" drawn, for the buttons that show and hide a measure.
QPixmap measurePixmap(std::size_t measure, const QColor& color, double ratio);

} // namespace plumbline::ui::dashboard
