// Tooltips of text that somebody else wrote. Qt takes a tooltip for HTML when it looks like it: a title or an
// answer could then show what it likes. All such text goes through here.
#pragma once

#include <QString>

class QWidget;

namespace plumbline::ui::widgets {

// HTML that shows `text` as it stands, wrapped, line by line; empty for empty. For models and text formats.
QString plainTip(const QString& text);

// The same as the tooltip of a widget; a screen reader gets the text itself as its description.
void setPlainTip(QWidget& widget, const QString& text);

} // namespace plumbline::ui::widgets
