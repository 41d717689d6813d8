// The whole of a diff at a glance, beside its scroll bar: a mark with its sign for every change.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/widgets/diff_rows.h"

namespace plumbline::ui::widgets {

class OverviewStrip final : public QWidget {
    Q_OBJECT
public:
    struct Mark {
        DiffKind kind = DiffKind::Changed;
        bool left = false; // of a moved line: its old place
        int line = 0;      // of the view
        int lines = 1;
    };

    explicit OverviewStrip(QWidget* parent = nullptr);

    void setMarks(std::vector<Mark> marks, int totalLines);
    void setWindow(int firstLine, int lines); // what is in sight
    const std::vector<Mark>& marks() const { return m_marks; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 0}; }

Q_SIGNALS:
    void lineChosen(int line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    double scale() const; // pixels a line
    void choose(int y);

    std::vector<Mark> m_marks;
    int m_total = 0;
    int m_first = 0;
    int m_lines = 0;
};

} // namespace plumbline::ui::widgets
