#include "ui/widgets/score_bars.h"

#include <algorithm>

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>

#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

QString stageName(Stage stage)
{
    switch (stage) {
    case Stage::Lexical:
        return QCoreApplication::translate("plumbline::stages", "Words");
    case Stage::Vector:
        return QCoreApplication::translate("plumbline::stages", "Meaning");
    case Stage::Fused:
        return QCoreApplication::translate("plumbline::stages", "Fused");
    case Stage::Rerank:
        return QCoreApplication::translate("plumbline::stages", "Re-ranked");
    }
    return {};
}

QColor stageColor(Stage stage)
{
    const Tokens& tokens = currentTokens();
    switch (stage) {
    case Stage::Lexical:
        return tokens.lexical;
    case Stage::Vector:
        return tokens.vector;
    case Stage::Fused:
        return tokens.fused;
    case Stage::Rerank:
        return tokens.rerank;
    }
    return tokens.accent;
}

ScoreBars::ScoreBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ScoreBars::setScores(std::vector<StageScore> scores)
{
    m_scores = std::move(scores);
    QStringList words;
    for (const StageScore& entry : m_scores)
        words << stageName(entry.stage) + u' ' + score(entry.value);
    setAccessibleName(tr("Scores"));
    setAccessibleDescription(words.join(u", "_s));
    setToolTip(words.join(u'\n'));
    updateGeometry();
    update();
}

QSize ScoreBars::sizeHint() const
{
    const QFontMetrics metrics(smallFont());
    return {240, metrics.height() + kGrid + 5};
}

void ScoreBars::paintEvent(QPaintEvent*)
{
    if (m_scores.empty())
        return;
    QPainter painter(this);
    painter.setFont(smallFont());
    const QFontMetrics metrics(smallFont());
    const Tokens& tokens = currentTokens();
    const int count = static_cast<int>(m_scores.size());
    const int gap = 3 * kGrid;
    const int cell = (width() - gap * (count - 1)) / count;
    for (int i = 0; i < count; ++i) {
        const StageScore& entry = m_scores[static_cast<std::size_t>(i)];
        const QRect box(i * (cell + gap), 0, cell, metrics.height());
        const QString figure = score(entry.value);
        painter.setPen(tokens.muted);
        const int room = cell - metrics.horizontalAdvance(figure) - kGrid;
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(stageName(entry.stage), Qt::ElideRight, room));
        painter.setPen(tokens.text);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, figure);
        const QRect track(box.left(), box.bottom() + 2, cell, 4);
        painter.fillRect(track, tokens.raised);
        const double share = entry.fullScale > 0 ? std::clamp(entry.value / entry.fullScale, 0.0, 1.0) : 0.0;
        painter.fillRect(
            QRect(track.left(), track.top(), static_cast<int>(track.width() * share), track.height()),
            stageColor(entry.stage));
    }
}

ScoreBarDelegate::ScoreBarDelegate(Stage stage, QObject* parent) : QStyledItemDelegate(parent), m_stage(stage)
{
}

void ScoreBarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString figure = item.text;
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const double share = std::clamp(index.data(kScoreRole).toDouble(), 0.0, 1.0);
    const QRect cell = option.rect.adjusted(kGrid, 0, -kGrid, 0);
    const QRect track(cell.left(), cell.bottom() - 4, cell.width(), 3);
    painter->fillRect(track, currentTokens().raised);
    painter->fillRect(
        QRect(track.left(), track.top(), static_cast<int>(track.width() * share), track.height()),
        stageColor(m_stage));
    painter->setFont(item.font);
    painter->setPen(currentTokens().text);
    painter->drawText(cell.adjusted(0, 0, 0, -4), Qt::AlignRight | Qt::AlignVCenter, figure);
}

} // namespace plumbline::ui::widgets
