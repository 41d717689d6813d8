#include "ui/widgets/overview_strip.h"

#include <algorithm>

#include <QMouseEvent>
#include <QPainter>

#include "ui/widgets/diff_signs.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

OverviewStrip::OverviewStrip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Overview of the changes"));
    setToolTip(tr("+ added, \u2212 removed, ~ changed, \u2192 \u2190 moved; click to go there"));
}

void OverviewStrip::setMarks(std::vector<Mark> marks, int totalLines)
{
    m_marks = std::move(marks);
    m_total = totalLines;
    setAccessibleDescription(tr("%1 marks").arg(m_marks.size()));
    update();
}

void OverviewStrip::setWindow(int firstLine, int lines)
{
    m_first = firstLine;
    m_lines = lines;
    update();
}

QSize OverviewStrip::sizeHint() const
{
    return {QFontMetrics(monoFont()).horizontalAdvance(u'0') + 4 * kGrid, 100};
}

double OverviewStrip::scale() const
{
    if (m_total == 0)
        return 0;
    // A short text is not blown up: its marks stand beside its lines.
    const double line = QFontMetrics(monoFont()).height() + 2;
    return std::min(line, static_cast<double>(height()) / m_total);
}

void OverviewStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.raised);
    painter.setPen(tokens.border);
    painter.drawLine(0, 0, 0, height());
    if (m_total == 0)
        return;
    const double scale = this->scale();
    const QRectF window(2, m_first * scale, width() - 3, std::max(m_lines * scale, 8.0));
    painter.fillRect(window.intersected(rect()), tokens.selection);
    painter.setFont(monoFont());
    const int signHeight = QFontMetrics(monoFont()).ascent();
    double freeFrom = 0; // signs do not stand on each other
    for (const Mark& mark : m_marks) {
        const double top = mark.line * scale;
        const double tall = std::max(mark.lines * scale, 2.0);
        const QColor ink =
            mark.kind == DiffKind::Changed ? tokens.fused : diffInk(mark.kind, mark.left, tokens);
        painter.fillRect(QRectF(width() - 6, top, 4, tall), ink);
        const double middle =
            std::clamp(top + tall / 2 - signHeight / 2.0, 0.0, std::max(height() - signHeight - 0.0, 0.0));
        if (middle < freeFrom)
            continue;
        painter.setPen(tokens.text);
        painter.drawText(QRectF(2, middle, width() - 8, signHeight), Qt::AlignCenter | Qt::TextDontClip,
                         diffSign(mark.kind, mark.left));
        freeFrom = middle + signHeight;
    }
}

void OverviewStrip::choose(int y)
{
    const double perLine = scale();
    if (perLine > 0)
        Q_EMIT lineChosen(std::clamp(static_cast<int>(y / perLine), 0, m_total - 1));
}

void OverviewStrip::mousePressEvent(QMouseEvent* event)
{
    choose(event->pos().y());
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) != 0)
        choose(event->pos().y());
}

} // namespace plumbline::ui::widgets
