// Paints a diff line by line; only what is in sight, so that its length costs nothing.
#pragma once

#include <memory>
#include <vector>

#include <QAbstractScrollArea>

#include "ui/widgets/diff_layout.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

// Both sides stand on one scroll bar, counted in lines. Keys: arrows, Page, Home and End move the current
// line; n and p go to the next and the previous change; Enter opens a fold.
class DiffCanvas final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit DiffCanvas(QWidget* parent = nullptr);

    void setRows(std::shared_ptr<const std::vector<DiffRow>> rows);
    void setUnified(bool unified);
    void setFolding(bool folding);
    const DiffLayout& plan() const { return m_layout; }

    // Index into plan().changes(), of the change at or before the current line; -1 = before the first.
    int currentChange() const;
    void goToChange(int index); // clamped
    void goToLine(int line);    // a line of the view becomes the current one, in the upper third
    std::size_t currentRow() const;
    QString currentWords() const; // the current line as a person hears it

    // Text with everything that would not show, or would turn the reading order, replaced by a sign of the
    // same length.
    static QString shown(const QString& text);

Q_SIGNALS:
    void moved();    // another current line
    void scrolled(); // another part is in sight
    void laidOut();  // other rows, folds or widths

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Geometry {
        int lineHeight = 1;
        double column = 1; // width of one character
        int gutter = 1;    // one number with its margins
        int sign = 1;
    };

    void measure();
    void relayout();
    void setCurrent(std::size_t entry, bool centre);
    void openFold(std::size_t entry);
    void paintEntry(QPainter& painter, const DiffEntry& entry, int y);
    void paintFold(QPainter& painter, const DiffEntry& entry, const QRect& area);
    void paintSide(QPainter& painter, const DiffRow& row, bool left, const QRect& area);
    void paintUnified(QPainter& painter, const DiffEntry& entry, const QRect& area);
    void paintText(QPainter& painter, const DiffSide& side, bool left, bool marked, const QRect& area);
    void paintNumber(QPainter& painter, int line, const QRect& area);

    DiffLayout m_layout;
    Geometry m_geometry;
    std::size_t m_current = 0; // entry
};

} // namespace plumbline::ui::widgets
