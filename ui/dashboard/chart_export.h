// A chart as a file of its own: a picture with title, legend and range, or its rows.
#pragma once

#include <QByteArray>
#include <QString>

#include "ui/dashboard/time_range.h"

namespace plumbline::ui::dashboard {

class ChartView;
class SeriesModel;

enum class ExportFormat { Png, Svg, Csv };

// "png", "svg", "csv".
QString extensionOf(ExportFormat format);

// The chart as it is on screen; PNG at twice its size. What a picture alone would not say is written into it:
// title, unit, the variants with their marks, the range of time.
QByteArray pictureOf(ChartView& view, const SeriesModel& model, const TimeRange& range, ExportFormat format);

// RFC 4180 with a header: time in UTC, run, suite, variant, figure, value, low, high, n, unit. Values as they
// are, not rounded for reading. Texts that a spreadsheet would take for a formula begin with an apostrophe.
QByteArray csvOf(const SeriesModel& model);

// Any of the three.
QByteArray exported(ChartView& view, const SeriesModel& model, const TimeRange& range, ExportFormat format);

} // namespace plumbline::ui::dashboard
