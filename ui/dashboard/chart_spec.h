// The charts of the dashboard: which metrics each draws, in which unit, under which words.
#pragma once

#include <string>
#include <vector>

#include <QString>

namespace plumbline::ui::dashboard {

enum class Unit { Percent, Milliseconds, Dollars, Tokens };

// One of the lines that every variant has in a chart: p50, p95, p99.
struct Measure {
    std::string metric; // evals::Metric::name
    QString word;       // "p95"; empty when the chart has only this one
};

struct ChartSpec {
    QString key; // for file names and what is remembered
    QString title;
    QString about; // what the figure says, one or two sentences
    QString axis;  // with its unit: "% of cases", "ms"
    Unit unit = Unit::Percent;
    double scale = 1; // from the metric's own unit to the one drawn
    std::vector<Measure> measures;
};

// In the order in which the page shows them.
std::vector<ChartSpec> chartSpecs();

// A value in the unit of its chart: "84.0", "812", "$0.000123", "1,204"; the unit stands in the header, but
// for the dollar.
QString figureText(Unit unit, double value);
// The same with its unit: "84.0 %", "812 ms", "$0.000123", "1,204 tokens".
QString figureWithUnit(Unit unit, double value);
// "78.1 – 88.6".
QString intervalText(Unit unit, double low, double high);

// The end of an axis from 0 that holds `greatest`, and the distance of its ticks: 1, 2, 2.5 or 5 times a
// power of ten, at most five ticks. Percent ends at 100 at most.
struct Scale {
    double top = 1;
    double step = 0.2;
};
Scale scaleFor(Unit unit, double greatest);
// The figure at a tick, with as many places as the step needs.
QString tickText(Unit unit, double value, double step);

} // namespace plumbline::ui::dashboard
