// The signs and colours of a diff: a shape beside every colour.
#pragma once

#include <QColor>
#include <QString>

#include "ui/widgets/diff_rows.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

// "+", "−", "~", "→" (moved away) and "←" (moved here); empty for what is equal.
QString diffSign(DiffKind kind, bool left);

// Of the sign and of the mark in the overview strip; 3:1 or better on the surface.
QColor diffInk(DiffKind kind, bool left, const Tokens& tokens);

// Behind a line of this side; invalid = none.
QColor diffGround(DiffKind kind, bool left, const Tokens& tokens);

// A row as a person hears it: "Line 12 changed. Before: … After: …".
QString rowWords(const DiffRow& row);

} // namespace plumbline::ui::widgets
