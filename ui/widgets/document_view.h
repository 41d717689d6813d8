// A document, rendered from its stored text: read-only, selectable, with the edges of its chunks and marks on
// cited spans.
#pragma once

#include <memory>
#include <vector>

#include <QTextEdit>

#include "ui/widgets/document_content.h"

class QTimer;

namespace plumbline::ui::widgets {

class DocumentRenderer;

class DocumentView final : public QTextEdit {
    Q_OBJECT
public:
    explicit DocumentView(QWidget* parent = nullptr);
    ~DocumentView() override;

    // Renders what is first seen at once and the rest when the window is idle. Remote pictures are never
    // loaded.
    void setContent(DocumentContent content);
    void clearContent();

    // Spans of the source (code points) that are marked; the first is scrolled to as soon as it is rendered.
    void setMarks(std::vector<Span> marks);
    std::size_t marks() const { return m_marks.size(); }
    QString markedText() const; // as shown; for the screen reader and tests
    void setChunkEdges(bool shown);
    bool fullyRendered() const;

Q_SIGNALS:
    void rendered(); // all of it

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    QVariant loadResource(int type, const QUrl& name) override;

private:
    void renderMore();
    void showMarks();
    void restart();
    void askToOpen(const QString& target);
    void paintEdges(QPainter& painter);

    DocumentContent m_content;
    std::unique_ptr<DocumentRenderer> m_renderer;
    std::vector<Span> m_marks;
    QTimer* m_timer = nullptr;
    bool m_edges = true;
    bool m_scrollPending = false;
};

} // namespace plumbline::ui::widgets
