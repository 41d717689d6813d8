#include "ui/widgets/diff_canvas.h"

#include <algorithm>

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include "ui/widgets/diff_signs.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

DiffCanvas::DiffCanvas(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would change every width
    setAccessibleName(tr("Differences"));
    viewport()->setFont(monoFont());
    measure();
}

QString DiffCanvas::shown(const QString& text)
{
    QString result = text;
    for (QChar& c : result) {
        const auto category = c.category();
        if (c == u'\t')
            c = u' ';
        else if (category == QChar::Other_Control || category == QChar::Other_Format)
            c = u'\u25af';
    }
    return result;
}

void DiffCanvas::measure()
{
    const QFontMetricsF metrics(monoFont());
    m_geometry.lineHeight = static_cast<int>(metrics.height() + 0.5) + 2;
    m_geometry.column = std::max(metrics.horizontalAdvance(u'0'), 1.0);
    int last = 0;
    for (const DiffRow& row : m_layout.rows())
        last = std::max({last, row.left.line, row.right.line});
    const auto digits = static_cast<int>(std::max<qsizetype>(QString::number(last).size(), 2));
    m_geometry.gutter = static_cast<int>((digits + 2) * m_geometry.column);
    m_geometry.sign = static_cast<int>(2 * m_geometry.column);
}

void DiffCanvas::relayout()
{
    const int width = viewport()->width();
    const int text = m_layout.unified() ? width - 2 * m_geometry.gutter - m_geometry.sign
                                        : width / 2 - m_geometry.gutter - m_geometry.sign;
    m_layout.setColumns(static_cast<int>((text - kGrid) / m_geometry.column));
    const int page = std::max(viewport()->height() / m_geometry.lineHeight, 1);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(m_layout.lines() - page, 0));
    m_current = std::min(m_current, std::max<std::size_t>(m_layout.entries().size(), 1) - 1);
    viewport()->update();
    Q_EMIT laidOut();
}

void DiffCanvas::setRows(std::shared_ptr<const std::vector<DiffRow>> rows)
{
    m_layout.setRows(std::move(rows));
    m_current = 0;
    measure();
    relayout();
    verticalScrollBar()->setValue(0);
    if (!m_layout.changes().empty())
        goToChange(0);
    Q_EMIT moved();
}

void DiffCanvas::setUnified(bool unified)
{
    const std::size_t row = currentRow();
    m_layout.setUnified(unified);
    relayout();
    setCurrent(m_layout.entryOf(row), true);
}

void DiffCanvas::setFolding(bool folding)
{
    const std::size_t row = currentRow();
    m_layout.setFolding(folding);
    relayout();
    setCurrent(m_layout.entryOf(row), true);
}

std::size_t DiffCanvas::currentRow() const
{
    return m_layout.entries().empty() ? 0 : m_layout.entries()[m_current].row;
}

int DiffCanvas::currentChange() const
{
    const auto& changes = m_layout.changes();
    const auto after = std::upper_bound(changes.begin(), changes.end(), currentRow());
    return static_cast<int>(after - changes.begin()) - 1;
}

void DiffCanvas::goToChange(int index)
{
    const auto count = static_cast<int>(m_layout.changes().size());
    if (count == 0)
        return;
    setCurrent(
        m_layout.entryOf(m_layout.changes()[static_cast<std::size_t>(std::clamp(index, 0, count - 1))]),
        true);
}

void DiffCanvas::goToLine(int line)
{
    if (!m_layout.entries().empty())
        setCurrent(m_layout.entryAt(line), true);
}

void DiffCanvas::setCurrent(std::size_t entry, bool centre)
{
    if (m_layout.entries().empty())
        return;
    m_current = std::min(entry, m_layout.entries().size() - 1);
    const DiffEntry& it = m_layout.entries()[m_current];
    QScrollBar* bar = verticalScrollBar();
    const int page = bar->pageStep();
    const bool outside = it.top < bar->value() || it.top + it.lines > bar->value() + page;
    if (centre && outside)
        bar->setValue(it.top - page / 3);
    else if (it.top < bar->value())
        bar->setValue(it.top);
    else if (it.top + it.lines > bar->value() + page)
        bar->setValue(it.top + it.lines - page);
    viewport()->update();
    setAccessibleDescription(currentWords());
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT moved();
}

void DiffCanvas::openFold(std::size_t entry)
{
    if (entry >= m_layout.entries().size() || m_layout.entries()[entry].folded == 0)
        return;
    const std::size_t row = m_layout.entries()[entry].row;
    m_layout.unfold(row);
    relayout();
    setCurrent(m_layout.entryOf(row), false);
}

QString DiffCanvas::currentWords() const
{
    if (m_layout.entries().empty())
        return tr("Nothing to compare");
    const DiffEntry& entry = m_layout.entries()[m_current];
    if (entry.folded > 0)
        return tr("%1 equal lines, folded; Enter shows them").arg(number(entry.folded));
    return rowWords(m_layout.rows()[entry.row]);
}

void DiffCanvas::keyPressEvent(QKeyEvent* event)
{
    const std::size_t page = static_cast<std::size_t>(verticalScrollBar()->pageStep());
    switch (event->key()) {
    case Qt::Key_N:
        return goToChange(currentChange() + 1);
    case Qt::Key_P: {
        const auto at = currentChange();
        const bool onIt = at >= 0 && m_layout.changes()[static_cast<std::size_t>(at)] == currentRow();
        return goToChange(onIt ? at - 1 : at);
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return openFold(m_current);
    case Qt::Key_Down:
        return setCurrent(m_current + 1, false);
    case Qt::Key_Up:
        return setCurrent(m_current - std::min<std::size_t>(m_current, 1), false);
    case Qt::Key_PageDown:
        return setCurrent(m_current + page, false);
    case Qt::Key_PageUp:
        return setCurrent(m_current - std::min(m_current, page), false);
    case Qt::Key_Home:
        return setCurrent(0, false);
    case Qt::Key_End:
        return setCurrent(m_layout.entries().size(), false);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void DiffCanvas::mousePressEvent(QMouseEvent* event)
{
    if (m_layout.entries().empty())
        return;
    const int line = verticalScrollBar()->value() + event->pos().y() / m_geometry.lineHeight;
    if (line >= m_layout.lines())
        return;
    const std::size_t entry = m_layout.entryAt(line);
    setCurrent(entry, false);
    openFold(entry);
}

void DiffCanvas::resizeEvent(QResizeEvent*)
{
    const std::size_t row = m_layout.entries().empty()
                                ? 0
                                : m_layout.entries()[m_layout.entryAt(verticalScrollBar()->value())].row;
    const std::size_t current = currentRow();
    relayout();
    if (m_layout.entries().empty())
        return;
    m_current = m_layout.entryOf(current);
    verticalScrollBar()->setValue(m_layout.entries()[m_layout.entryOf(row)].top);
}

void DiffCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        relayout();
    }
}

void DiffCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void DiffCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void DiffCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
    Q_EMIT scrolled();
}

} // namespace plumbline::ui::widgets
