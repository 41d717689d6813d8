#include "ui/dashboard/chart_spec.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QLocale>

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::dashboard", text);
}

ChartSpec rate(const QString& key, const QString& title, const QString& about, std::vector<Measure> measures)
{
    return {key, title, about, words("% of cases"), Unit::Percent, 100, std::move(measures)};
}

} // namespace

std::vector<ChartSpec> chartSpecs()
{
    return {
        rate(u"pass-rate"_s, words("Pass rate"),
             words("Share of cases whose assertions all passed, with its 95 % interval."),
             {{"pass_rate", {}}}),
        rate(u"hallucination-rate"_s, words("Hallucination rate"),
             words("Share of answers with a sentence that its sources do not carry, with its 95 % "
                   "interval. Corrected: for the measured error of the detector, where that is known."),
             {{"hallucination", words("as detected")}, {"hallucination_corrected", words("corrected")}}),
        rate(u"retrieval-hit-rate"_s, words("Retrieval hit rate"),
             words("Share of cases whose expected document is among the first passages, with its 95 % "
                   "interval."),
             {{"hit@1", words("hit@1")}, {"hit@5", words("hit@5")}}),
        rate(u"refusals"_s, words("Refusals by kind"),
             words("Share of cases without an answer: nothing found, refused by policy, or broken (an error "
                   "in place of an answer), each with its 95 % interval."),
             {{"refusals:nothing_found", words("nothing found")},
              {"refusals:policy", words("policy")},
              {"broken", words("broken")}}),
        {u"latency"_s,
         words("Latency"),
         words("Time to the whole answer: median, 95th and 99th percentile over the cases, each "
               "with its 95 % interval."),
         words("ms"),
         Unit::Milliseconds,
         1,
         {{"latency:total:p50", words("p50")},
          {"latency:total:p95", words("p95")},
          {"latency:total:p99", words("p99")}}},
        {u"cost"_s,
         words("Cost"),
         words("Mean cost of a case at the prices in force then, with its 95 % interval. Cases "
               "whose cost is not known do not count."),
         words("USD a case"),
         Unit::Dollars,
         1e-6,
         {{"cost", {}}}},
        {u"tokens"_s,
         words("Tokens"),
         words("Mean tokens of a case, sent and received, with 95 % intervals. "
               "The embedded answerer uses none."),
         words("tokens a case"),
         Unit::Tokens,
         1,
         {{"tokens:input", words("input")}, {"tokens:output", words("output")}}},
    };
}

QString figureText(Unit unit, double value)
{
    switch (unit) {
    case Unit::Percent:
        return QString::number(value, 'f', 1);
    case Unit::Milliseconds:
        return QLocale().toString(value, 'f', value < 100 ? 1 : 0);
    case Unit::Dollars:
        return u'$' + QString::number(value, 'f', 6);
    case Unit::Tokens:
        break;
    }
    return QLocale().toString(value, 'f', value < 100 ? 1 : 0);
}

QString figureWithUnit(Unit unit, double value)
{
    const QString figure = figureText(unit, value);
    switch (unit) {
    case Unit::Percent:
        return figure + QChar(0xa0) + u'%';
    case Unit::Milliseconds:
        return figure + QChar(0xa0) + words("ms");
    case Unit::Dollars:
        return figure;
    case Unit::Tokens:
        break;
    }
    return figure + QChar(0xa0) + words("tokens");
}

QString intervalText(Unit unit, double low, double high)
{
    return figureText(unit, low) + u" \u2013 "_s + figureText(unit, high);
}

Scale scaleFor(Unit unit, double greatest)
{
    if (!(greatest > 0))
        greatest = unit == Unit::Percent ? 10 : unit == Unit::Dollars ? 0.001 : 10;
    const double rough = greatest / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double factor : {5.0, 2.5, 2.0, 1.0}) {
        if (factor * power >= rough)
            step = factor * power;
    }
    double top = step * std::ceil(greatest / step - 1e-9);
    if (unit == Unit::Percent && top > 100) {
        top = 100;
        step = 20;
    }
    return {top, step};
}

QString tickText(Unit unit, double value, double step)
{
    int places = 0;
    for (double left = step; places < 9 && std::abs(left - std::round(left)) > 1e-6 * std::max(1.0, left);
         left *= 10)
        ++places;
    if (unit == Unit::Dollars)
        return u'$' + QString::number(value, 'f', std::max(places, 2));
    return QLocale().toString(value, 'f', places);
}

} // namespace plumbline::ui::dashboard
