#include "ui/widgets/waterfall.h"

#include <algorithm>

#include <QPainter>

#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

Waterfall::Waterfall(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time by stage"));
}

void Waterfall::setStages(std::vector<WaterfallStage> stages, double total, const QString& mark)
{
    m_stages = std::move(stages);
    m_total = total;
    m_mark = mark;
    QStringList words;
    if (!m_mark.isEmpty())
        words << m_mark;
    for (const WaterfallStage& stage : m_stages)
        words << stage.name + u' ' + milliseconds(stage.milliseconds);
    words << tr("total %1").arg(milliseconds(total));
    setAccessibleDescription(words.join(u", "_s));
    setToolTip(words.join(u'\n'));
    updateGeometry();
    update();
}

QSize Waterfall::sizeHint() const
{
    const int line = QFontMetrics(smallFont()).height() + kGrid;
    return {320, line * static_cast<int>(m_stages.size() + (m_mark.isEmpty() ? 1 : 2))};
}

void Waterfall::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(smallFont());
    const QFontMetrics metrics(smallFont());
    const Tokens& tokens = currentTokens();
    const int line = metrics.height() + kGrid;
    int names = 0;
    for (const WaterfallStage& stage : m_stages)
        names = std::max(names, metrics.horizontalAdvance(stage.name));
    const int figures = metrics.horizontalAdvance(u"0000.0 ms"_s);
    const int left = names + 3 * kGrid;
    const int axis = std::max(width() - left - figures - 2 * kGrid, 10);
    double before = 0;
    int y = 0;
    if (!m_mark.isEmpty()) {
        painter.setPen(tokens.warn);
        painter.drawText(QRect(0, y, width(), line), Qt::AlignLeft | Qt::AlignVCenter, m_mark);
        y += line;
    }
    for (const WaterfallStage& stage : m_stages) {
        painter.setPen(tokens.muted);
        painter.drawText(QRect(0, y, names, line), Qt::AlignLeft | Qt::AlignVCenter, stage.name);
        const double scale = m_total > 0 ? axis / m_total : 0;
        painter.fillRect(QRect(left, y + line / 2 - 4, axis, 8), tokens.raised);
        painter.fillRect(
            QRectF(left + before * scale, y + line / 2.0 - 4, std::max(stage.milliseconds * scale, 1.0), 8),
            tokens.lexical);
        painter.setPen(tokens.text);
        painter.drawText(QRect(width() - figures, y, figures, line), Qt::AlignRight | Qt::AlignVCenter,
                         milliseconds(stage.milliseconds));
        before += stage.milliseconds;
        y += line;
    }
    painter.setPen(tokens.muted);
    painter.drawText(QRect(left, y, axis, line), Qt::AlignLeft | Qt::AlignVCenter, tr("0 ms"));
    painter.setPen(tokens.text);
    painter.drawText(QRect(left, y, width() - left, line), Qt::AlignRight | Qt::AlignVCenter,
                     tr("total %1").arg(milliseconds(m_total)));
}

} // namespace plumbline::ui::widgets
