#include "ui/dashboard/chart_export.h"

#include <set>

#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/series_model.h"
#include "ui/dashboard/variant_style.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr int kEdge = 16; // around everything

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::chart_export", text);
}

struct LegendEntry {
    bool measure = false; // a kind of line, else a variant
    std::size_t number = 0;
    QString text;
};

std::vector<LegendEntry> legendOf(const SeriesModel& model)
{
    std::set<std::size_t> variants;
    std::set<std::size_t> measures;
    for (const SeriesRow& row : model.rows()) {
        variants.insert(row.variant);
        measures.insert(row.measure);
    }
    std::vector<LegendEntry> entries;
    for (const std::size_t variant : variants)
        entries.push_back({false, variant, model.variantName(variant)});
    for (const std::size_t measure : measures) {
        const QString word = model.spec().measures[measure].word;
        if (!word.isEmpty())
            entries.push_back({true, measure, word});
    }
    return entries;
}

// Draws the legend into `width`, or only measures it; gives its height.
int layLegend(QPainter* painter, const std::vector<LegendEntry>& entries, QPoint corner, int width)
{
    const QFontMetrics metrics(smallFont());
    const int line = metrics.height() + 6;
    int x = 0;
    int y = 0;
    for (const LegendEntry& entry : entries) {
        const int mark = entry.measure ? 34 : 20;
        const int needed = mark + metrics.horizontalAdvance(entry.text) + 20;
        if (x > 0 && x + needed > width) {
            x = 0;
            y += line;
        }
        if (painter != nullptr) {
            const QPointF place = corner + QPointF(x, y);
            const double middle = place.y() + line / 2.0;
            const Tokens& tokens = currentTokens();
            if (entry.measure) {
                painter->setPen(QPen(tokens.text, 1.75, measureLine(entry.number), Qt::FlatCap));
                painter->drawLine(QPointF(place.x(), middle), QPointF(place.x() + 28, middle));
            } else {
                paintMarker(*painter, QPointF(place.x() + 8, middle), entry.number, 5, MarkerFill::Solid,
                            tokens.surface);
            }
            painter->setPen(tokens.text);
            painter->drawText(QPointF(place.x() + mark, middle + metrics.ascent() / 2.0 - 1), entry.text);
        }
        x += needed;
    }
    return entries.empty() ? 0 : y + line;
}

struct Sheet {
    QSize size;
    QRect chart;
    int legendAt = 0;
};

Sheet sheetOf(const ChartView& view, const std::vector<LegendEntry>& entries)
{
    const int head = QFontMetrics(titleFont()).height() + QFontMetrics(smallFont()).height() + 12;
    Sheet sheet;
    sheet.chart = QRect(QPoint(kEdge, kEdge + head), view.size());
    sheet.legendAt = sheet.chart.bottom() + 8;
    const int legend = layLegend(nullptr, entries, {}, view.width());
    sheet.size = QSize(view.width() + 2 * kEdge, sheet.legendAt + legend + kEdge);
    return sheet;
}

void paintSheet(QPainter& painter, ChartView& view, const SeriesModel& model, const TimeRange& range,
                const Sheet& sheet)
{
    const Tokens& tokens = currentTokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect(QPoint(0, 0), sheet.size), tokens.surface);
    painter.setPen(tokens.text);
    painter.setFont(titleFont());
    const QFontMetrics metrics(titleFont());
    painter.drawText(QPoint(kEdge, kEdge + metrics.ascent()), model.spec().title);
    painter.setPen(tokens.muted);
    painter.setFont(smallFont());
    painter.drawText(QPoint(kEdge, kEdge + metrics.height() + QFontMetrics(smallFont()).ascent()),
                     words("%1. %2, local time.").arg(model.spec().axis, rangeWords(range)));
    view.scene()->render(&painter, sheet.chart, view.scene()->sceneRect());
    painter.setFont(smallFont());
    layLegend(&painter, legendOf(model), QPoint(kEdge, sheet.legendAt), view.width());
}

QByteArray field(const QString& text)
{
    QString shown = text;
    if (!shown.isEmpty() && u"=+-@\t\r"_s.contains(shown[0]))
        shown.prepend(u'\'');
    if (shown.contains(u'"') || shown.contains(u',') || shown.contains(u'\n') || shown.contains(u'\r'))
        shown = u'"' + shown.replace(u'"', u"\"\""_s) + u'"';
    return shown.toUtf8();
}

QByteArray figure(double value)
{
    return QByteArray::number(value, 'g', 12);
}

} // namespace

QString extensionOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Png:
        return u"png"_s;
    case ExportFormat::Svg:
        return u"svg"_s;
    case ExportFormat::Csv:
        break;
    }
    return u"csv"_s;
}

QByteArray pictureOf(ChartView& view, const SeriesModel& model, const TimeRange& range, ExportFormat format)
{
    const Sheet sheet = sheetOf(view, legendOf(model));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (format == ExportFormat::Svg) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(sheet.size);
        svg.setViewBox(QRect(QPoint(0, 0), sheet.size));
        svg.setTitle(model.spec().title);
        svg.setDescription(model.spec().about);
        QPainter painter(&svg);
        paintSheet(painter, view, model, range, sheet);
    } else {
        QImage image(sheet.size * 2, QImage::Format_RGB32);
        image.setDevicePixelRatio(2);
        QPainter painter(&image);
        paintSheet(painter, view, model, range, sheet);
        painter.end();
        image.save(&buffer, "PNG");
    }
    return bytes;
}

QByteArray csvOf(const SeriesModel& model)
{
    QByteArray text = "time_utc,run,suite,variant,figure,value,low,high,n,unit\r\n";
    const ChartSpec& spec = model.spec();
    for (const SeriesRow& row : model.rows()) {
        const QByteArray fields[] = {QByteArray::fromStdString(toString(toTimestamp(row.at))),
                                     field(row.run),
                                     field(row.suite),
                                     field(model.variantName(row.variant)),
                                     QByteArray::fromStdString(spec.measures[row.measure].metric),
                                     figure(row.value),
                                     figure(row.low),
                                     figure(row.high),
                                     QByteArray::number(static_cast<qlonglong>(row.n)),
                                     field(spec.axis)};
        for (const QByteArray& one : fields) {
            if (&one != std::begin(fields))
                text += ',';
            text += one;
        }
        text += "\r\n";
    }
    return text;
}

QByteArray exported(ChartView& view, const SeriesModel& model, const TimeRange& range, ExportFormat format)
{
    return format == ExportFormat::Csv ? csvOf(model) : pictureOf(view, model, range, format);
}

} // namespace plumbline::ui::dashboard
