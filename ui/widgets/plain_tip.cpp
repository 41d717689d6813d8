#include "ui/widgets/plain_tip.h"

#include <QWidget>

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

QString plainTip(const QString& text)
{
    if (text.isEmpty())
        return text;
    return u"<div>%1</div>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s));
}

void setPlainTip(QWidget& widget, const QString& text)
{
    widget.setToolTip(plainTip(text));
    widget.setAccessibleDescription(text);
}

} // namespace plumbline::ui::widgets
