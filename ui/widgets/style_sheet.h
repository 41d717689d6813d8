// The style sheet made from the tokens of a theme.
#pragma once

#include <QString>

#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

// Widgets opt in by the dynamic property "role": "primary", "quiet", "chip", "card", "rail", "bar", "panel",
// "muted", "small", "title".
// `scale` is that of the text: icons keep their proportion to it.
QString styleSheet(const Tokens& tokens, double scale);

} // namespace plumbline::ui::widgets
