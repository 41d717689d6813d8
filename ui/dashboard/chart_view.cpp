#include "ui/dashboard/chart_view.h"

#include <algorithm>

#include <QAccessible>
#include <QApplication>
#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QLineSeries>

#include "ui/dashboard/chart_layer.h"
#include "ui/dashboard/series_model.h"
#include "ui/dashboard/variant_style.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr double kReach = 10; // pixels around a point that belong to it

void styleAxis(QCategoryAxis& axis, bool grid)
{
    const Tokens& tokens = currentTokens();
    QFont figures = monoFont();
    figures.setPointSizeF(smallFont().pointSizeF());
    axis.setLabelsFont(figures);
    axis.setLabelsBrush(tokens.muted);
    axis.setLinePen(QPen(tokens.border, 1));
    axis.setGridLinePen(QPen(tokens.border, 1));
    axis.setGridLineVisible(grid);
    axis.setTitleFont(smallFont());
    axis.setTitleBrush(tokens.muted);
}

// Takes all categories away and sets others. Qt Charts keeps labels apart by their text: one that comes again
// gets an invisible sign behind it.
void setCategories(QCategoryAxis& axis, double from, const std::vector<std::pair<QString, double>>& labels)
{
    for (const QString& label : axis.categoriesLabels())
        axis.remove(label);
    axis.setStartValue(from);
    QStringList used;
    for (const auto& [text, value] : labels) {
        QString label = text;
        while (used.contains(label))
            label += QChar(0x200b);
        used << label;
        axis.append(label, value);
    }
}

} // namespace

ChartView::ChartView(const SeriesModel& model, QWidget* parent) : QChartView(parent), m_model(model)
{
    auto* drawn = new QChart;
    drawn->legend()->hide();
    drawn->setMargins(QMargins(0, 0, 0, 0));
    drawn->layout()->setContentsMargins(0, 0, 0, 0);
    drawn->setBackgroundRoundness(0);
    m_time = new QCategoryAxis(drawn);
    m_value = new QCategoryAxis(drawn);
    for (QCategoryAxis* axis : {m_time, m_value})
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->setTitleText(tr("local time"));
    m_value->setTitleText(model.spec().axis);
    drawn->addAxis(m_time, Qt::AlignBottom);
    drawn->addAxis(m_value, Qt::AlignLeft);
    m_layer = new ChartLayer(drawn);
    setChart(drawn);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("%1, chart").arg(model.spec().title));
    connect(&model, &QAbstractItemModel::modelReset, this, &ChartView::rebuild);
    restyle();
    rebuild();
}

const Plot& ChartView::plot() const
{
    return m_layer->plot();
}

const std::vector<ChartMark>& ChartView::marks() const
{
    return m_layer->marks();
}

void ChartView::restyle()
{
    const Tokens& tokens = currentTokens();
    chart()->setBackgroundBrush(tokens.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(tokens.surface);
    styleAxis(*m_time, false);
    styleAxis(*m_value, true);
    for (QLineSeries* line : m_lines)
        line->setColor(variantColor(line->property("variant").toULongLong()));
    m_layer->update();
}

void ChartView::rebuild()
{
    for (QLineSeries* line : m_lines) {
        chart()->removeSeries(line);
        delete line;
    }
    m_lines.clear();
    m_row = -1;
    m_scale = scaleFor(m_model.spec().unit, greatestOf(m_model));
    std::vector<std::pair<QString, double>> labels;
    for (double value = 0; value <= m_scale.top * (1 + 1e-9); value += m_scale.step)
        labels.emplace_back(tickText(m_model.spec().unit, value, m_scale.step), value);
    setCategories(*m_value, -m_scale.step, labels);
    m_value->setRange(0, m_scale.top);
    m_layer->setPlot(plotOf(m_model, m_range, chart()->plotArea(), m_scale.top));
    for (const PlottedLine& line : m_layer->plot().lines) {
        auto* series = new QLineSeries(chart());
        QPen pen(variantColor(line.variant), 1.75, measureLine(line.measure));
        pen.setCosmetic(true);
        series->setPen(pen);
        series->setProperty("variant", static_cast<qulonglong>(line.variant));
        chart()->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_value);
        m_lines.push_back(series);
    }
    m_value->setRange(0, m_scale.top);
    setAccessibleDescription(m_model.rows().empty() ? tr("no points")
                                                    : tr("%1 points").arg(m_model.rows().size()));
    setTicks();
    drawLines();
    setCurrentRow(m_row);
}

void ChartView::relayout()
{
    setTicks();
    m_layer->setPlot(plotOf(m_model, m_range, chart()->plotArea(), m_scale.top));
    drawLines();
    setCurrentRow(m_row);
}

// The same edges in every chart, so that a moment stands in one place all the way down the page.
void ChartView::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    const double letter = QFontMetricsF(monoFont()).averageCharWidth();
    const double line = QFontMetricsF(smallFont()).height();
    const QRectF whole(viewport()->rect());
    chart()->setPlotArea(whole.adjusted(line + 8 * letter, line + 6, -4 * letter, -2 * line - 16));
    relayout();
}

void ChartView::drawLines()
{
    const Plot& plot = m_layer->plot();
    for (std::size_t i = 0; i < std::min(m_lines.size(), plot.lines.size()); ++i) {
        QList<QPointF> points;
        for (const std::size_t number : plot.lines[i].points) {
            const PlottedPoint& point = plot.points[number];
            points << QPointF(static_cast<double>(plot.timeAt(point.x)), plot.valueAt(point.y));
        }
        m_lines[i]->replace(points);
    }
}

void ChartView::setTicks()
{
    const double letter = QFontMetricsF(monoFont()).averageCharWidth();
    const int most = std::max(2, static_cast<int>(chart()->plotArea().width() / (letter * 9)));
    std::vector<std::pair<QString, double>> labels;
    for (const Tick& tick : ticksOf(m_range, most))
        labels.emplace_back(tick.text, static_cast<double>(tick.at));
    setCategories(*m_time, static_cast<double>(m_range.from) - 1, labels);
    m_time->setRange(static_cast<double>(m_range.from), static_cast<double>(m_range.to));
}

void ChartView::expectRange(const TimeRange& range)
{
    m_range = range;
}

void ChartView::setMarks(std::vector<ChartMark> marks)
{
    m_layer->setMarks(std::move(marks));
}

void ChartView::setEmptyText(const QString& text)
{
    m_layer->setEmptyText(text);
}

void ChartView::setCurrentRow(int row)
{
    const bool other = row != m_row;
    m_row = row;
    const auto& points = m_layer->plot().points;
    const auto place = std::find_if(points.begin(), points.end(),
                                    [row](const PlottedPoint& point) { return point.row == row; });
    m_layer->setCurrent(place == points.end() ? -1 : static_cast<int>(place - points.begin()));
    if (!other || row < 0)
        return;
    setAccessibleDescription(m_model.words(row));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

QPoint ChartView::placeOf(int row) const
{
    for (const PlottedPoint& point : m_layer->plot().points) {
        if (point.row == row)
            return mapFromScene(chart()->mapToScene(QPointF(point.x, point.y)));
    }
    return {-1, -1};
}

QPoint ChartView::placeAt(qint64 time) const
{
    const Plot& plot = m_layer->plot();
    return mapFromScene(chart()->mapToScene(QPointF(plot.xOf(time), plot.area.center().y())));
}

QPointF ChartView::inChart(const QPoint& place) const
{
    return chart()->mapFromScene(mapToScene(place));
}

QString ChartView::tipAt(QPointF place) const
{
    const Plot& plot = m_layer->plot();
    const int point = plot.nearest(place, kReach);
    if (point >= 0)
        return m_model.words(plot.points[static_cast<std::size_t>(point)].row) + u'\n' +
               tr("Click to open the run");
    QStringList lines;
    for (const ChartMark* mark : m_layer->marksAt(place.x()))
        lines << mark->tip;
    return lines.join(u'\n');
}

void ChartView::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        restyle();
}

void ChartView::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(currentTokens().accent, 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

bool ChartView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QChartView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(inChart(help->pos()));
    QToolTip::showText(help->globalPos(), plainTip(tip), viewport());
    return true;
}

} // namespace plumbline::ui::dashboard
