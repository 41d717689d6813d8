#include "ui/evals/verdict_model.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPainter>

#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr double kSmallestP = 1e-4; // smaller ones are said to be smaller

bool isFigure(int column)
{
    return column >= VerdictModel::Baseline && column != VerdictModel::Drawn;
}

QString countOf(std::int64_t value)
{
    return number(static_cast<std::size_t>(std::max<std::int64_t>(value, 0)));
}

QString visibleWords(const MetricVerdict& metric)
{
    const QString words = differenceWords(metric.smallestVisible, metric.unit);
    return words.startsWith(u'+') ? words.mid(1) : words;
}

// Full scale of the drawing: what reaches furthest from zero, so that every row fills its cell.
double reachOf(const MetricVerdict& metric)
{
    double reach = std::abs(metric.difference.value_or(0));
    if (metric.interval)
        reach = std::max({reach, std::abs(metric.interval->low), std::abs(metric.interval->high)});
    return std::max(reach, metric.smallestVisible.value_or(0));
}

} // namespace

void VerdictModel::setMetrics(std::vector<MetricVerdict> metrics)
{
    beginResetModel();
    m_metrics = std::move(metrics);
    endResetModel();
}

int VerdictModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_metrics.size());
}

int VerdictModel::columnCount(const QModelIndex&) const
{
    return kColumns;
}

QString VerdictModel::textOf(const MetricVerdict& metric, int column) const
{
    switch (column) {
    case Word:
        return metric.verdict == Verdict::NoEvidence ? tr("no evidence") : verdictWords(metric.verdict);
    case Metric:
        return metric.blocking ? tr("%1 (blocks)").arg(toQt(metric.label)) : toQt(metric.label);
    case Baseline:
        return valueWords(metric.baseline, metric.unit);
    case Candidate:
        return valueWords(metric.candidate, metric.unit);
    case Difference:
        return differenceWords(metric.difference, metric.unit);
    case Bounds:
        return intervalWords(metric.interval, metric.unit);
    case Visible:
        return visibleWords(metric);
    case Cases:
        return countOf(metric.cases);
    case Counts:
        return metric.fixed + metric.broken > 0
                   ? tr("%1 / %2").arg(countOf(metric.fixed), countOf(metric.broken))
                   : u"—"_s;
    default:
        return {};
    }
}

QString sentenceOf(const MetricVerdict& metric)
{
    const auto words = [](const char* text) { return VerdictModel::tr(text); };
    QString text = words("%1: %2.").arg(toQt(metric.label), verdictWords(metric.verdict));
    if (metric.difference)
        text += words(" %1 against %2, a difference of %3")
                    .arg(valueWords(metric.candidate, metric.unit), valueWords(metric.baseline, metric.unit),
                         differenceWords(metric.difference, metric.unit));
    if (metric.difference && metric.interval)
        text += words(", 95 % interval %1").arg(intervalWords(metric.interval, metric.unit));
    if (metric.difference)
        text += u'.';
    text += words(" %1").arg(
        counted(static_cast<std::size_t>(metric.cases), words("pair of answers"), words("pairs of answers")));
    if (metric.clusters > 0)
        text += words(" in %1").arg(
            counted(static_cast<std::size_t>(metric.clusters), words("cluster"), words("clusters")));
    if (metric.smallestVisible)
        text += words("; the smallest difference they can show is %1").arg(visibleWords(metric));
    text += u'.';
    if (metric.p)
        text += *metric.p < kSmallestP ? words(" p < %1 after correction.").arg(kSmallestP, 0, 'f', 4)
                                       : words(" p = %1 after correction.").arg(*metric.p, 0, 'f', 4);
    if (!metric.note.empty())
        text += u' ' + toQt(metric.note);
    return text;
}

QVariant VerdictModel::data(const QModelIndex& index, int role) const
{
    const MetricVerdict& metric = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(metric, index.column());
    case Qt::ToolTipRole:
        return plainTip(sentenceOf(metric));
    case Qt::AccessibleTextRole:
        return index.column() == Word || index.column() == Drawn ? QVariant(sentenceOf(metric)) : QVariant();
    case Qt::TextAlignmentRole:
        return isFigure(index.column()) ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter))
                                        : QVariant();
    case RowRole:
        return index.row();
    default:
        return {};
    }
}

QVariant VerdictModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isFigure(section))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    const QString names[] = {tr("Verdict"),          tr("Metric"),     tr("Baseline"),
                             tr("Candidate"),        tr("Difference"), tr("Worse ‹ 0 › better"),
                             tr("Smallest visible"), tr("Pairs"),      tr("Fixed / broken"),
                             tr("95 % interval")};
    if (role == Qt::DisplayRole)
        return names[section];
    if (role == Qt::ToolTipRole && section == Visible)
        return plainTip(tr("The smallest difference that this many cases can show, four times in five. A "
                           "change below it may be there and stay unseen."));
    return {};
}

namespace {

void paintWord(QPainter& painter, const MetricVerdict& metric, const QString& text, const QRect& box,
               const QColor& color)
{
    const int edge = painter.fontMetrics().height();
    painter.drawPixmap(
        QRect(box.left(), box.center().y() - edge / 2 + 1, edge, edge),
        iconPixmap(verdictIcon(metric.verdict), color, edge, painter.device()->devicePixelRatioF()));
    painter.setPen(color);
    painter.drawText(box.adjusted(edge + kGrid + 2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void paintInterval(QPainter& painter, const MetricVerdict& metric, const QRect& box, const QColor& color)
{
    const Tokens& tokens = currentTokens();
    const double reach = reachOf(metric) * 1.1;
    const double sense = metric.higherIsBetter ? 1 : -1;
    const double centre = box.center().x();
    const auto place = [&](double value) {
        return centre + (reach > 0 ? sense * value / reach : 0) * box.width() / 2;
    };
    const double middle = box.center().y() + 0.5;
    if (metric.smallestVisible && reach > 0) {
        const double half = std::abs(place(*metric.smallestVisible) - centre);
        painter.fillRect(QRectF(centre - half, middle - 7, 2 * half, 14), tokens.raised);
    }
    painter.setPen(QPen(tokens.muted, 1));
    painter.drawLine(QPointF(centre, box.top() + 4), QPointF(centre, box.bottom() - 4));
    painter.setPen(QPen(color, 2));
    if (metric.interval) {
        const QPointF low(place(metric.interval->low), middle);
        const QPointF high(place(metric.interval->high), middle);
        painter.drawLine(low, high);
        for (const QPointF& end : {low, high})
            painter.drawLine(end - QPointF(0, 4), end + QPointF(0, 4));
    }
    if (metric.difference) {
        painter.setBrush(color);
        painter.drawEllipse(QPointF(place(*metric.difference), middle), 3, 3);
    }
}

} // namespace

void IntervalDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const auto* model = qobject_cast<const VerdictModel*>(index.model());
    const bool drawn = index.column() == VerdictModel::Drawn;
    if (model == nullptr || (!drawn && index.column() != VerdictModel::Word)) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const MetricVerdict& metric = model->at(index.row());
    const QColor color = verdictColor(metric.verdict, currentTokens());
    const QRect box = option.rect.adjusted(2 * kGrid, 0, -2 * kGrid, 0);
    painter->save();
    painter->setFont(item.font);
    painter->setRenderHint(QPainter::Antialiasing);
    if (drawn)
        paintInterval(*painter, metric, box, color);
    else
        paintWord(*painter, metric, text, box, color);
    painter->restore();
}

} // namespace plumbline::ui::evals
