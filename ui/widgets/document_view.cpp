#include "ui/widgets/document_view.h"

#include <QDesktopServices>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <QUrl>

#include "ui/widgets/confirm.h"
#include "ui/widgets/document_renderer.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kSliceMilliseconds = 5;

} // namespace

DocumentView::DocumentView(QWidget* parent) : QTextEdit(parent), m_timer(new QTimer(this))
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Document"));
    document()->setDocumentMargin(6 * kGrid);
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &DocumentView::renderMore);
}

DocumentView::~DocumentView() = default;

void DocumentView::setContent(DocumentContent content)
{
    m_content = std::move(content);
    m_marks.clear();
    setExtraSelections({});
    restart();
    verticalScrollBar()->setValue(0);
}

void DocumentView::clearContent()
{
    setContent({});
}

void DocumentView::restart()
{
    m_renderer = std::make_unique<DocumentRenderer>(m_content, *document(), currentTokens());
    m_timer->start();
    renderMore();
}

void DocumentView::renderMore()
{
    const bool done = m_renderer->renderFor(kSliceMilliseconds);
    if (m_scrollPending || done)
        showMarks();
    if (done) {
        m_timer->stop();
        Q_EMIT rendered();
    }
    viewport()->update();
}

bool DocumentView::fullyRendered() const
{
    return !m_timer->isActive();
}

void DocumentView::setMarks(std::vector<Span> marks)
{
    m_marks = std::move(marks);
    m_scrollPending = !m_marks.empty();
    showMarks();
}

void DocumentView::showMarks()
{
    if (!m_renderer)
        return;
    const Tokens& tokens = currentTokens();
    QList<ExtraSelection> selections;
    for (const Span& mark : m_marks) {
        for (const Utf16Range& range : m_renderer->shown(mark)) {
            ExtraSelection selection;
            selection.format.setBackground(tokens.mark);
            selection.format.setForeground(tokens.text);
            selection.cursor = QTextCursor(document());
            selection.cursor.setPosition(static_cast<int>(range.start));
            selection.cursor.setPosition(static_cast<int>(range.end), QTextCursor::KeepAnchor);
            selections << selection;
        }
    }
    setExtraSelections(selections);
    if (m_scrollPending && !m_marks.empty() && m_renderer->renderedTo() >= m_marks.front().end &&
        !selections.isEmpty()) {
        m_scrollPending = false;
        QTextCursor cursor(document());
        cursor.setPosition(selections.front().cursor.selectionStart());
        setTextCursor(cursor);
        const int top = cursorRect(cursor).top() + verticalScrollBar()->value();
        verticalScrollBar()->setValue(std::max(0, top - viewport()->height() / 3));
    }
}

QString DocumentView::markedText() const
{
    QStringList parts;
    for (const ExtraSelection& selection : extraSelections())
        parts << selection.cursor.selectedText();
    return parts.join(u' ');
}

void DocumentView::setChunkEdges(bool shown)
{
    m_edges = shown;
    viewport()->update();
}

void DocumentView::paintEvent(QPaintEvent* event)
{
    QTextEdit::paintEvent(event);
    if (!m_renderer)
        return;
    QPainter painter(viewport());
    const Tokens& tokens = currentTokens();
    if (m_edges)
        paintEdges(painter);
    for (const ExtraSelection& selection :
         extraSelections()) { // never colour alone: a bar stands beside each mark
        QTextCursor start(selection.cursor);
        start.setPosition(selection.cursor.selectionStart());
        QTextCursor end(selection.cursor);
        end.setPosition(selection.cursor.selectionEnd());
        const int top = cursorRect(start).top();
        painter.fillRect(QRect(kGrid, top, kGrid, cursorRect(end).bottom() - top), tokens.markStrong);
    }
}

void DocumentView::paintEdges(QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    painter.setFont(smallFont());
    int number = 0;
    for (const Span& chunk : m_content.chunks) {
        ++number;
        const int position = m_renderer->position(chunk.start);
        if (position < 0)
            break;
        QTextCursor cursor(document());
        cursor.setPosition(position);
        const int y = cursorRect(cursor).top() - kGrid;
        if (y > viewport()->height())
            break;
        if (y < -20)
            continue;
        painter.setPen(QPen(tokens.border, 1, Qt::DashLine));
        painter.drawLine(3 * kGrid, y, viewport()->width() - 3 * kGrid, y);
        const QString label = tr("chunk %1").arg(number);
        const int width = painter.fontMetrics().horizontalAdvance(label) + 2 * kGrid;
        const QRect box(viewport()->width() - width - 3 * kGrid, y - painter.fontMetrics().height() / 2,
                        width, painter.fontMetrics().height());
        painter.fillRect(box, tokens.surface);
        painter.setPen(tokens.muted);
        painter.drawText(box, Qt::AlignCenter, label);
    }
}

void DocumentView::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && m_renderer)
        restart();
}

void DocumentView::mouseReleaseEvent(QMouseEvent* event)
{
    QTextEdit::mouseReleaseEvent(event);
    const QString target = anchorAt(event->position().toPoint());
    if (!target.isEmpty() && !textCursor().hasSelection())
        askToOpen(target);
}

void DocumentView::askToOpen(const QString& target)
{
    const QUrl url(target, QUrl::StrictMode);
    QPushButton* open = confirm(
        this,
        {tr("Open link"), tr("This link leads out of the document, to:"), target, tr("Open in browser")},
        [url] { QDesktopServices::openUrl(url); });
    open->setEnabled(url.scheme() == "https"_L1 || url.scheme() == "http"_L1 || url.scheme() == "mailto"_L1);
}

QVariant DocumentView::loadResource(int, const QUrl&)
{
    return {}; // nothing is ever fetched
}

} // namespace plumbline::ui::widgets
