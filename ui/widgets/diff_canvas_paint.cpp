#include <algorithm>

#include <QPainter>
#include <QScrollBar>

#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_signs.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

void DiffCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    const Tokens& tokens = currentTokens();
    painter.fillRect(viewport()->rect(), tokens.surface);
    painter.setFont(monoFont());
    const auto& entries = m_layout.entries();
    const int first = verticalScrollBar()->value();
    for (std::size_t i = m_layout.entryAt(first); i < entries.size(); ++i) {
        const int y = (entries[i].top - first) * m_geometry.lineHeight;
        if (y > viewport()->height())
            break;
        paintEntry(painter, entries[i], y);
        if (i == m_current && hasFocus()) {
            painter.setPen(tokens.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(
                QRect(0, y, viewport()->width() - 1, entries[i].lines * m_geometry.lineHeight - 1));
        } else if (i == m_current) {
            painter.fillRect(QRect(0, y, 3, entries[i].lines * m_geometry.lineHeight), tokens.accent);
        }
    }
    if (!m_layout.unified()) {
        painter.setPen(tokens.border);
        painter.drawLine(viewport()->width() / 2, 0, viewport()->width() / 2, viewport()->height());
    }
}

void DiffCanvas::paintEntry(QPainter& painter, const DiffEntry& entry, int y)
{
    const Tokens& tokens = currentTokens();
    const QRect area(0, y, viewport()->width(), entry.lines * m_geometry.lineHeight);
    const DiffRow& row = m_layout.rows()[entry.row];
    if (entry.folded > 0)
        return paintFold(painter, entry, area);
    if (row.kind == DiffKind::Heading) {
        painter.fillRect(area, tokens.raised);
        QFont font = monoFont();
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(tokens.text);
        painter.drawText(area.adjusted(3 * kGrid, 0, -kGrid, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         row.left.text);
        painter.setFont(monoFont());
        return;
    }
    if (m_layout.unified())
        return paintUnified(painter, entry, area);
    const int half = area.width() / 2;
    paintSide(painter, row, true, QRect(0, y, half, area.height()));
    paintSide(painter, row, false, QRect(half + 1, y, area.width() - half - 1, area.height()));
}

void DiffCanvas::paintFold(QPainter& painter, const DiffEntry& entry, const QRect& area)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(area, tokens.window);
    painter.setPen(tokens.muted);
    painter.drawText(area.adjusted(3 * kGrid, 0, -kGrid, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("\u22ef %1 equal lines").arg(number(entry.folded)));
}

void DiffCanvas::paintNumber(QPainter& painter, int line, const QRect& area)
{
    if (line == 0)
        return;
    painter.setPen(currentTokens().muted);
    painter.drawText(QRect(area.left(), area.top(), area.width() - static_cast<int>(m_geometry.column),
                           m_geometry.lineHeight),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
}

void DiffCanvas::paintSide(QPainter& painter, const DiffRow& row, bool left, const QRect& area)
{
    const Tokens& tokens = currentTokens();
    const DiffSide& side = left ? row.left : row.right;
    if (side.line == 0) { // nothing stands here: hatched, so that it does not look like an empty line
        painter.fillRect(area, QBrush(tokens.raised, Qt::BDiagPattern));
        return;
    }
    if (const QColor ground = diffGround(row.kind, left, tokens); ground.isValid())
        painter.fillRect(area, ground);
    paintNumber(painter, side.line, QRect(area.left(), area.top(), m_geometry.gutter, area.height()));
    const QRect sign(area.left() + m_geometry.gutter, area.top(), m_geometry.sign, m_geometry.lineHeight);
    painter.setPen(diffInk(row.kind, left, tokens));
    painter.drawText(sign, Qt::AlignLeft | Qt::AlignVCenter, diffSign(row.kind, left));
    paintText(painter, side, left, row.kind == DiffKind::Changed,
              area.adjusted(m_geometry.gutter + m_geometry.sign, 0, 0, 0));
}

void DiffCanvas::paintUnified(QPainter& painter, const DiffEntry& entry, const QRect& area)
{
    const Tokens& tokens = currentTokens();
    const DiffRow& row = m_layout.rows()[entry.row];
    const bool left = entry.side == DiffEntry::Side::Left;
    const DiffSide& side = left || row.right.line == 0 ? row.left : row.right;
    if (const QColor ground = diffGround(row.kind, left, tokens); ground.isValid())
        painter.fillRect(area, ground);
    if (entry.side != DiffEntry::Side::Right)
        paintNumber(painter, row.left.line, QRect(area.left(), area.top(), m_geometry.gutter, area.height()));
    if (!left)
        paintNumber(painter, row.right.line,
                    QRect(area.left() + m_geometry.gutter, area.top(), m_geometry.gutter, area.height()));
    QString sign = diffSign(row.kind, left);
    if (row.kind == DiffKind::Changed) // one column shows it as one line gone and one come
        sign = diffSign(left ? DiffKind::Removed : DiffKind::Added, left);
    painter.setPen(diffInk(row.kind, left, tokens));
    painter.drawText(
        QRect(area.left() + 2 * m_geometry.gutter, area.top(), m_geometry.sign, m_geometry.lineHeight),
        Qt::AlignLeft | Qt::AlignVCenter, sign);
    paintText(painter, side, left, row.kind == DiffKind::Changed,
              area.adjusted(2 * m_geometry.gutter + m_geometry.sign, 0, 0, 0));
}

void DiffCanvas::paintText(QPainter& painter, const DiffSide& side, bool left, bool marked, const QRect& area)
{
    const Tokens& tokens = currentTokens();
    const QFontMetricsF metrics(painter.font());
    const QString text = shown(side.text);
    const auto starts = wrapStarts(text, m_layout.columns());
    const QColor word = left ? tokens.removedWord : tokens.addedWord;
    const QColor ink = diffInk(DiffKind::Changed, left, tokens);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const qsizetype from = starts[i];
        const qsizetype to = i + 1 < starts.size() ? starts[i + 1] : text.size();
        const QRect line(area.left(), area.top() + static_cast<int>(i) * m_geometry.lineHeight, area.width(),
                         m_geometry.lineHeight);
        const auto place = [&](qsizetype unit) {
            return line.left() + metrics.horizontalAdvance(text.mid(from, unit - from));
        };
        if (marked) {
            for (const Utf16Range& range : side.words) {
                const qsizetype start = std::clamp(range.start, from, to);
                const qsizetype end = std::clamp(range.end, from, to);
                if (start == end)
                    continue;
                const QRectF box(place(start), line.top() + 1, place(end) - place(start), line.height() - 2);
                painter.fillRect(box, word);
                painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1),
                                 ink); // not by colour alone
            }
        }
        painter.setPen(tokens.text);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text.mid(from, to - from));
    }
}

} // namespace plumbline::ui::widgets
