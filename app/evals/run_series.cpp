#include "app/evals/run_series.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace plumbline::evals {

namespace {

// "policy-answer@v10 / m" into ("policy-answer", 10, whole), so that v10 comes after v9.
std::tuple<std::string, long, std::string> orderOf(const std::string& id)
{
    const std::string prompt = id.substr(0, id.find(" / "));
    const std::size_t at = prompt.rfind("@v");
    if (at == std::string::npos)
        return {prompt, 0, id};
    return {prompt.substr(0, at), std::strtol(prompt.c_str() + at + 2, nullptr, 10), id};
}

SeriesRun seriesRunOf(const Run& run)
{
    SeriesRun one;
    one.id = run.id;
    one.suite = run.settings.suiteName;
    one.suiteDigest = run.settings.suiteDigest;
    one.state = run.state;
    one.done = run.done;
    one.planned = run.planned;
    one.at = run.started;
    for (const Variant& variant : run.settings.variants)
        one.generation = std::max(one.generation, variant.generation);
    return one;
}

std::vector<std::string> variantsOf(const std::vector<MeasuredRun>& runs)
{
    std::set<std::string> ids;
    for (const MeasuredRun& measured : runs) {
        for (const Variant& variant : measured.run.settings.variants)
            ids.insert(variant.id());
    }
    std::vector<std::string> sorted(ids.begin(), ids.end());
    std::sort(sorted.begin(), sorted.end(), [](const std::string& left, const std::string& right) {
        return orderOf(left) < orderOf(right);
    });
    return sorted;
}

void addPoints(RunSeries& series, std::size_t number, const MeasuredRun& measured)
{
    const auto& variants = measured.run.settings.variants;
    for (std::size_t i = 0; i < std::min(variants.size(), measured.metrics.size()); ++i) {
        const auto place = std::find(series.variants.begin(), series.variants.end(), variants[i].id());
        const auto variant = static_cast<std::size_t>(place - series.variants.begin());
        for (const Metric& metric : measured.metrics[i]) {
            if (std::isfinite(metric.value))
                series.points[metric.name].push_back(
                    {number, variant, metric.value, metric.low, metric.high, metric.n});
        }
    }
}

std::vector<EventMark> labelMarks(const prompts::LabelBook& labels)
{
    std::vector<EventMark> marks;
    for (const auto& [prompt, book] : labels) {
        std::map<std::string, int> before;
        for (const prompts::LabelMove& move : book.moves) {
            EventMark mark;
            mark.kind = MarkKind::LabelMoved;
            mark.at = move.at;
            mark.prompt = prompt;
            mark.label = move.label;
            mark.from = before[move.label];
            mark.to = move.version;
            mark.who = move.who.name;
            mark.why = move.why;
            before[move.label] = move.version;
            marks.push_back(std::move(mark));
        }
    }
    return marks;
}

EventMark generationMark(std::int64_t number, Timestamp at, bool seenInRun)
{
    EventMark mark;
    mark.kind = MarkKind::IndexChanged;
    mark.at = at;
    mark.generation = number;
    mark.seenInRun = seenInRun;
    return mark;
}

// Changes that only the runs bear witness to: the generation differs from the run before, and the store has
// no generation of that number made between the two.
void addSeenInRuns(std::vector<EventMark>& marks, const std::vector<retrieval::GenerationInfo>& generations,
                   const RunSeries& series)
{
    const SeriesRun* last = nullptr;
    for (const SeriesRun& run : series.runs) {
        if (run.generation == 0)
            continue;
        const bool changed = last != nullptr && last->generation != run.generation;
        const bool known =
            changed && std::any_of(generations.begin(), generations.end(), [&](const auto& one) {
                return one.number == run.generation && one.at > last->at && one.at <= run.at;
            });
        if (changed && !known)
            marks.push_back(generationMark(run.generation, run.at, true));
        last = &run;
    }
}

} // namespace

RunSeries seriesOf(const std::vector<MeasuredRun>& runs)
{
    std::vector<const MeasuredRun*> sorted;
    for (const MeasuredRun& run : runs)
        sorted.push_back(&run);
    std::sort(sorted.begin(), sorted.end(), [](const MeasuredRun* left, const MeasuredRun* right) {
        return std::tie(left->run.started, left->run.id) < std::tie(right->run.started, right->run.id);
    });
    RunSeries series;
    series.variants = variantsOf(runs);
    for (const MeasuredRun* measured : sorted) {
        series.runs.push_back(seriesRunOf(measured->run));
        addPoints(series, series.runs.size() - 1, *measured);
    }
    for (auto& [name, points] : series.points)
        std::stable_sort(points.begin(), points.end(), [](const SeriesPoint& left, const SeriesPoint& right) {
            return std::tie(left.run, left.variant) < std::tie(right.run, right.variant);
        });
    return series;
}

std::vector<EventMark> marksOf(const prompts::LabelBook& labels,
                               const std::vector<retrieval::GenerationInfo>& generations,
                               const RunSeries& series)
{
    std::vector<EventMark> marks = labelMarks(labels);
    for (const retrieval::GenerationInfo& generation : generations)
        marks.push_back(generationMark(generation.number, generation.at, false));
    addSeenInRuns(marks, generations, series);
    std::stable_sort(marks.begin(), marks.end(),
                     [](const EventMark& left, const EventMark& right) { return left.at < right.at; });
    return marks;
}

} // namespace plumbline::evals
