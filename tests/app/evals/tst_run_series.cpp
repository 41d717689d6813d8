#include <cmath>
#include <limits>

#include <QtTest>

#include "app/evals/run_series.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

Timestamp at(const char* time)
{
    return *parseTimestamp(std::string("2026-11-") + time + ".000Z");
}

Variant variant(const char* prompt, const char* model, std::int64_t generation = 1)
{
    Variant one;
    one.prompt = prompt;
    one.model = model;
    one.generation = generation;
    return one;
}

MeasuredRun run(const char* id, const char* time, std::vector<Variant> variants)
{
    MeasuredRun measured;
    measured.run.id = id;
    measured.run.started = at(time);
    measured.run.settings.suiteName = "golden";
    measured.metrics.resize(variants.size());
    measured.run.settings.variants = std::move(variants);
    return measured;
}

Metric metric(const char* name, double value)
{
    Metric one;
    one.name = name;
    one.value = value;
    one.low = value - 0.1;
    one.high = value + 0.1;
    one.n = 40;
    return one;
}

retrieval::GenerationInfo generation(std::int64_t number, const char* time)
{
    retrieval::GenerationInfo info;
    info.number = number;
    info.at = at(time);
    return info;
}

// "24T10:00 generation 2", "24T10:00 policy-answer production 3>4", with "?" where only a run knows.
QStringList lines(const std::vector<EventMark>& marks)
{
    QStringList all;
    for (const EventMark& mark : marks) {
        const std::string time = toString(mark.at).substr(8, 8);
        const std::string what =
            mark.kind == MarkKind::IndexChanged
                ? "generation " + std::to_string(mark.generation) + (mark.seenInRun ? "?" : "")
                : mark.prompt + ' ' + mark.label + ' ' + std::to_string(mark.from) + '>' +
                      std::to_string(mark.to);
        all << QString::fromStdString(time + ' ' + what);
    }
    return all;
}

} // namespace

class TestRunSeries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pointsStandByTimeWhateverTheOrderOfRuns()
    {
        MeasuredRun late = run("r-b", "25T10:00:00", {variant("policy@v2", "embedded")});
        late.metrics[0] = {metric("pass_rate", 0.9)};
        MeasuredRun early = run("r-a", "24T10:00:00", {variant("policy@v2", "embedded")});
        early.metrics[0] = {metric("pass_rate", 0.7), metric("latency_p95", 812)};
        const RunSeries series = seriesOf({late, early});
        QCOMPARE(series.runs.size(), std::size_t(2));
        QCOMPARE(series.runs[0].id, std::string("r-a"));
        QCOMPARE(series.runs[1].suite, std::string("golden"));
        const auto& points = series.points.at("pass_rate");
        QCOMPARE(points.size(), std::size_t(2));
        QCOMPARE(points[0].value, 0.7);
        QCOMPARE(points[0].low, 0.7 - 0.1);
        QCOMPARE(points[0].high, 0.7 + 0.1);
        QCOMPARE(points[0].n, std::int64_t(40));
        QCOMPARE(points[1].run, std::size_t(1));
        QCOMPARE(series.points.at("latency_p95").size(), std::size_t(1));
    }

    void aVariantIsOneSeriesOverAllRuns()
    {
        MeasuredRun one =
            run("r-a", "24T10:00:00", {variant("policy@v10", "embedded"), variant("policy@v9", "rehearsal")});
        one.metrics = {{metric("pass_rate", 0.5)}, {metric("pass_rate", 0.6)}};
        MeasuredRun two = run("r-b", "25T10:00:00",
                              {variant("policy@v9", "rehearsal"), variant("extractive@1", "embedded")});
        two.metrics = {{metric("pass_rate", 0.7)}, {metric("pass_rate", 0.8)}};
        const RunSeries series = seriesOf({one, two});
        const std::vector<std::string> expected = {"extractive@1 / embedded", "policy@v9 / rehearsal",
                                                   "policy@v10 / embedded"};
        QCOMPARE(series.variants, expected);
        const auto& points = series.points.at("pass_rate");
        QCOMPARE(points.size(), std::size_t(4));
        QCOMPARE(points[0].variant, std::size_t(1)); // by run, then by variant
        QCOMPARE(points[0].value, 0.6);
        QCOMPARE(points[1].variant, std::size_t(2));
        QCOMPARE(points[2].variant, std::size_t(0));
        QCOMPARE(points[3].variant, std::size_t(1));
    }

    void whatIsNoNumberIsNoPoint()
    {
        MeasuredRun one = run("r-a", "24T10:00:00", {variant("policy@v1", "embedded")});
        one.metrics[0] = {metric("pass_rate", std::numeric_limits<double>::quiet_NaN())};
        const RunSeries series = seriesOf({one});
        QVERIFY(series.points.empty());
        QCOMPARE(series.runs.size(), std::size_t(1));
    }

    void aRunWithoutMetricsOfItsSecondVariantKeepsTheFirst()
    {
        MeasuredRun one =
            run("r-a", "24T10:00:00", {variant("policy@v1", "embedded"), variant("policy@v2", "embedded")});
        one.metrics = {{metric("pass_rate", 0.5)}};
        QCOMPARE(seriesOf({one}).points.at("pass_rate").size(), std::size_t(1));
    }

    void nothingGivesNothing()
    {
        const RunSeries series = seriesOf({});
        QVERIFY(series.runs.empty() && series.variants.empty() && series.points.empty());
        QVERIFY(marksOf({}, {}, series).empty());
    }

    void aLabelThatMovesIsAMarkWithWhereItWas()
    {
        prompts::LabelBook book;
        const Actor ada{"Ada", "Git identity"};
        prompts::record(book, "policy", {"production", 1, "d1", ada, at("23T09:00:00"), "first"});
        prompts::record(book, "policy", {"candidate", 2, "d2", ada, at("24T09:00:00"), "to try"});
        prompts::record(book, "policy", {"production", 2, "d2", ada, at("25T09:00:00"), "better"});
        const auto marks = marksOf(book, {}, {});
        const QStringList expected = {QStringLiteral("23T09:00 policy production 0>1"),
                                      QStringLiteral("24T09:00 policy candidate 0>2"),
                                      QStringLiteral("25T09:00 policy production 1>2")};
        QCOMPARE(lines(marks), expected);
        QCOMPARE(marks[2].who, std::string("Ada"));
        QCOMPARE(marks[2].why, std::string("better"));
    }

    void generationsOfTheStoreStandAtTheirTimes()
    {
        const RunSeries series = seriesOf({run("r-a", "24T10:00:00", {variant("p@v1", "embedded", 1)}),
                                           run("r-b", "25T10:00:00", {variant("p@v1", "embedded", 2)})});
        const auto marks = marksOf({}, {generation(2, "25T08:00:00"), generation(1, "23T08:00:00")}, series);
        const QStringList expected = {QStringLiteral("23T08:00 generation 1"),
                                      QStringLiteral("25T08:00 generation 2")};
        QCOMPARE(lines(marks), expected);
    }

    void aRollbackIsSeenInTheFirstRunAfterIt()
    {
        const RunSeries series = seriesOf({run("r-a", "24T10:00:00", {variant("p@v1", "embedded", 2)}),
                                           run("r-b", "25T10:00:00", {variant("p@v1", "embedded", 1)}),
                                           run("r-c", "25T11:00:00", {variant("p@v1", "embedded", 1)})});
        const auto marks = marksOf({}, {generation(1, "22T08:00:00"), generation(2, "23T08:00:00")}, series);
        const QStringList expected = {QStringLiteral("22T08:00 generation 1"),
                                      QStringLiteral("23T08:00 generation 2"),
                                      QStringLiteral("25T10:00 generation 1?")};
        QCOMPARE(lines(marks), expected);
    }

    void aGenerationThatTheStoreForgotIsSeenInItsFirstRun()
    {
        const RunSeries series =
            seriesOf({run("r-a", "24T10:00:00", {variant("p@v1", "embedded", 1)}),
                      run("r-b", "24T11:00:00", {variant("plain", "echo", 0)}), // searched nothing
                      run("r-c", "24T12:00:00", {variant("p@v1", "embedded", 2)}),
                      run("r-d", "25T10:00:00", {variant("p@v1", "embedded", 9)})});
        const auto marks = marksOf({}, {generation(9, "25T08:00:00")}, series);
        const QStringList expected = {QStringLiteral("24T12:00 generation 2?"),
                                      QStringLiteral("25T08:00 generation 9")};
        QCOMPARE(lines(marks), expected);
    }
};

QTEST_APPLESS_MAIN(TestRunSeries)
#include "tst_run_series.moc"
