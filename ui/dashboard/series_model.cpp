#include "ui/dashboard/series_model.h"

#include <algorithm>

#include "ui/dashboard/variant_style.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

bool isFigure(int column)
{
    return column == SeriesModel::Value || column == SeriesModel::IntervalColumn ||
           column == SeriesModel::Count;
}

// What a person must know of a run that did not come to its end.
QString partialWords(const plumbline::evals::SeriesRun& run)
{
    if (run.state == plumbline::evals::RunState::Finished || run.done >= run.planned)
        return {};
    return SeriesModel::tr("%1, %2 of %3 results")
        .arg(sentenceCase(toString(run.state)).toLower(), number(static_cast<std::size_t>(run.done)),
             number(static_cast<std::size_t>(run.planned)));
}

} // namespace

SeriesModel::SeriesModel(ChartSpec spec, QObject* parent)
    : QAbstractTableModel(parent), m_spec(std::move(spec))
{
}

void SeriesModel::setSeries(const plumbline::evals::RunSeries& series, const Selection& selection,
                            const std::set<std::size_t>& measures)
{
    beginResetModel();
    m_rows.clear();
    m_variants.clear();
    for (const std::string& variant : series.variants)
        m_variants.push_back(toQt(variant));
    struct RunWords { // made once: points share them
        bool shown = false;
        QString id, suite, cases, partial;
    };
    std::vector<RunWords> runs;
    for (const plumbline::evals::SeriesRun& run : series.runs) {
        RunWords words{selection.range.holds(toMs(run.at)), toQt(run.id), toQt(run.suite),
                       toQt(run.suiteDigest), partialWords(run)};
        words.shown = words.shown && (selection.suite.isEmpty() || selection.suite == words.suite);
        runs.push_back(std::move(words));
    }
    for (const std::size_t measure : measures) {
        const auto found = series.points.find(m_spec.measures[measure].metric);
        if (found == series.points.end())
            continue;
        for (const plumbline::evals::SeriesPoint& point : found->second) {
            const RunWords& run = runs[point.run];
            if (!run.shown || selection.variants.count(point.variant) == 0)
                continue;
            m_rows.push_back({toMs(series.runs[point.run].at), run.id, run.suite, run.cases, point.variant,
                              measure, point.value * m_spec.scale, point.low * m_spec.scale,
                              point.high * m_spec.scale, point.n, run.partial});
        }
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const SeriesRow& left, const SeriesRow& right) {
        if (left.at != right.at)
            return left.at > right.at;
        return std::tie(left.variant, left.measure) < std::tie(right.variant, right.measure);
    });
    endResetModel();
}

QString SeriesModel::words(int row) const
{
    const SeriesRow& point = m_rows[static_cast<std::size_t>(row)];
    const QString measure = m_spec.measures[point.measure].word;
    QString text =
        tr("%1, %2: %3 %4")
            .arg(m_variants[point.variant], localTime(toTimestamp(point.at)),
                 measure.isEmpty() ? m_spec.title : measure, figureWithUnit(m_spec.unit, point.value));
    text += tr(" (%1 to %2)").arg(figureText(m_spec.unit, point.low), figureText(m_spec.unit, point.high));
    if (!point.partial.isEmpty())
        text += u"; "_s + point.partial;
    return text + tr("; n = %1, run %2").arg(number(static_cast<std::size_t>(point.n)), point.run);
}

int SeriesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SeriesModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString SeriesModel::text(const SeriesRow& row, int column) const
{
    switch (column) {
    case When:
        return localTime(toTimestamp(row.at));
    case Variant:
        return m_variants[row.variant];
    case MeasureColumn:
        return m_spec.measures[row.measure].word;
    case Value:
        return figureText(m_spec.unit, row.value);
    case IntervalColumn:
        return intervalText(m_spec.unit, row.low, row.high);
    case Count:
        return number(static_cast<std::size_t>(row.n));
    case Suite:
        return row.suite;
    default:
        return row.run;
    }
}

QVariant SeriesModel::sortKey(const SeriesRow& row, int column) const
{
    switch (column) {
    case When:
        return row.at;
    case MeasureColumn:
        return static_cast<qulonglong>(row.measure);
    case Value:
        return row.value;
    case IntervalColumn:
        return row.low;
    case Count:
        return static_cast<qlonglong>(row.n);
    default:
        return text(row, column);
    }
}

QVariant SeriesModel::data(const QModelIndex& index, int role) const
{
    const SeriesRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == kSortRole)
        return sortKey(row, index.column());
    if (role == Qt::TextAlignmentRole && isFigure(index.column()))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && (isFigure(index.column()) || index.column() == When))
        return monoFont();
    if (role == Qt::DecorationRole && index.column() == When)
        return markerPixmap(row.variant, 14, 2);
    if (role == Qt::ToolTipRole)
        return plainTip(words(index.row()) + u'\n' + utcTime(toTimestamp(row.at)));
    if (role == Qt::AccessibleTextRole && index.column() == When)
        return words(index.row());
    return {};
}

QVariant SeriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isFigure(section))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        const QString tips[] = {tr("When the run was started, local time; UTC in the tooltip of a row"),
                                {},
                                m_spec.title + u", "_s + m_spec.axis,
                                tr("95 % interval of the figure"),
                                tr("Prompt version and model"),
                                tr("Cases behind the figure"),
                                {},
                                {}};
        return tips[section];
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Started"), tr("Figure"), m_spec.axis, tr("95 % interval"),
                             tr("Variant"), tr("n"),      tr("Suite"), tr("Run")};
    return names[section];
}

} // namespace plumbline::ui::dashboard
