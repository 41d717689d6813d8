// Line icons of resources/icons, drawn in the text colour of the theme in force.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace plumbline::ui::widgets {

// `name` is a file name without ".svg". Recolours itself when the theme changes; disabled and selected follow
// the palette.
QIcon icon(const QString& name);

// One picture of an icon in a fixed colour, kept for the next caller.
QPixmap iconPixmap(const QString& name, const QColor& color, int size, double ratio);

} // namespace plumbline::ui::widgets
