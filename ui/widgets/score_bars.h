// The scores of one passage by stage, as bars with their figures.
#pragma once

#include <vector>

#include <QString>
#include <QStyledItemDelegate>
#include <QWidget>

namespace plumbline::ui::widgets {

enum class Stage { Lexical, Vector, Fused, Rerank };

struct StageScore {
    Stage stage = Stage::Fused;
    double value = 0;
    double fullScale = 1; // the value at which the bar is full; BM25 has no natural one
};

QString stageName(Stage stage);
QColor stageColor(Stage stage);

class ScoreBars final : public QWidget {
    Q_OBJECT
public:
    explicit ScoreBars(QWidget* parent = nullptr);
    void setScores(std::vector<StageScore> scores);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<StageScore> m_scores;
};

// Paints a cell with a number in kScoreRole (0..1 of full scale) as a bar behind the figure of DisplayRole.
class ScoreBarDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kScoreRole = Qt::UserRole + 100;

    ScoreBarDelegate(Stage stage, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    Stage m_stage;
};

} // namespace plumbline::ui::widgets
