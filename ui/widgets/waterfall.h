// Stages of one piece of work on a common time axis, from zero, in milliseconds.
#pragma once

#include <vector>

#include <QString>
#include <QWidget>

namespace plumbline::ui::widgets {

struct WaterfallStage {
    QString name;
    double milliseconds = 0;
};

class Waterfall final : public QWidget {
    Q_OBJECT
public:
    explicit Waterfall(QWidget* parent = nullptr);
    // Stages one after the other; `total` is the end of the axis. `mark` is what a picture of this chart must
    // not leave behind, such as "simulated": it stands in the chart itself; empty for none.
    void setStages(std::vector<WaterfallStage> stages, double total, const QString& mark = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<WaterfallStage> m_stages;
    double m_total = 0;
    QString m_mark;
};

} // namespace plumbline::ui::widgets
