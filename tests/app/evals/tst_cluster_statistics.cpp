// Means, intervals and tests of cases that come in clusters, held to their promises by simulation.
#include <cmath>
#include <numbers>

#include <QtTest>

#include "app/evals/cluster_statistics.h"
#include "app/evals/distributions.h"
#include "app/evals/power.h"
#include "app/evals/random_draws.h"

using namespace plumbline::evals;

namespace {

// Box & Muller 1958.
double normal(RandomDraws& draws)
{
    const double radius = std::sqrt(-2 * std::log(1 - draws.uniform()));
    return radius * std::cos(2 * std::numbers::pi * draws.uniform());
}

// Yes/no cases of one rate whose latent scores correlate within their cluster (ICC of the scores).
struct Latent {
    double shared = 0;
    double icc = 0;

    bool yes(RandomDraws& draws, double rate) const
    {
        const double score = std::sqrt(icc) * shared + std::sqrt(1 - icc) * normal(draws);
        return normalCdf(score) < rate;
    }
};

std::size_t clusterSize(RandomDraws& draws, std::size_t mean)
{
    return 1 + draws.below(2 * mean - 1);
}

QString text(double share)
{
    return QString::number(share, 'f', 4);
}

} // namespace

class ClusterStatisticsTest : public QObject {
    Q_OBJECT

private slots:
    void estimatesMeanAndError();
    void countsEffectiveTrials();
    void flipsAsMcnemarDoes_data();
    void flipsAsMcnemarDoes();
    void flipsFractionsExactly();
    void givesTheSameForASeed();
    void boundsWhatNeverDiffered();
    void coversRates_data();
    void coversRates();
    void coversMeans_data();
    void coversMeans();
    void coversDifferences_data();
    void coversDifferences();
    void keepsFalseAlarmsDown_data();
    void keepsFalseAlarmsDown();
    void seesWhatItSaysItCanSee();
    void comparesPercentiles();
};

void ClusterStatisticsTest::estimatesMeanAndError()
{
    // Three clusters with sums 2, 1, 6 of 2, 2, 3 cases: mean 9/7; residuals 2 - 18/7, 1 - 18/7, 6 - 27/7;
    // error sqrt(3/2 (16 + 121 + 225) / 49) / 7.
    const std::vector<Observation> observations{{4, 1}, {4, 1}, {9, 0}, {9, 1}, {2, 1}, {2, 2}, {2, 3}};
    const ClusterMean mean = clusterMean(observations);
    QCOMPARE(mean.cases, std::size_t{7});
    QCOMPARE(mean.clusters, std::size_t{3});
    QVERIFY(std::abs(mean.mean - 9.0 / 7) < 1e-12);
    QVERIFY(std::abs(mean.standardError - std::sqrt(1.5 * 362 / 49) / 7) < 1e-12);
    QCOMPARE(clusterMean({}).cases, std::size_t{0});
    QCOMPARE(clusterMean({{1, .5}}).standardError, 0.);
}

void ClusterStatisticsTest::countsEffectiveTrials()
{
    std::vector<Observation> alone;
    std::vector<Observation> copies; // each case four times: no more is known
    for (std::size_t index = 0; index < 100; ++index) {
        alone.push_back({index, index % 4 == 0 ? 0. : 1.});
        for (int copy = 0; copy < 4; ++copy) {
            copies.push_back(alone.back());
        }
    }
    QVERIFY(std::abs(effectiveTrials(alone) - 100) < 1.1);
    QVERIFY(std::abs(effectiveTrials(copies) - 100) < 1.1);
    QCOMPARE(effectiveTrials({{1, 1}, {1, 1}, {2, 1}}), 2.);
    const Interval wilsons = wilson(.75, 100, normalQuantile(.975));
    QVERIFY(std::abs(rateInterval(alone).low - wilsons.low) < 1e-6);
    QCOMPARE(rateInterval({}).high, 1.);
}

void ClusterStatisticsTest::flipsAsMcnemarDoes_data()
{
    QTest::addColumn<int>("b");
    QTest::addColumn<int>("c");
    QTest::newRow("none differs") << 0 << 0;
    QTest::newRow("six one way") << 6 << 0;
    QTest::newRow("three against twelve") << 3 << 12;
    QTest::newRow("as many each way") << 8 << 8;
    QTest::newRow("hundreds") << 300 << 360;
}

void ClusterStatisticsTest::flipsAsMcnemarDoes()
{
    QFETCH(int, b);
    QFETCH(int, c);
    std::vector<Observation> differences;
    for (int index = 0; index < b + c + 50; ++index) {
        differences.push_back({static_cast<std::size_t>(index), index < b ? -1. : index < b + c ? 1. : 0.});
    }
    QVERIFY(std::abs(signFlipTest(differences, 1) - mcnemarExact(b, c)) < 1e-9);
}

void ClusterStatisticsTest::flipsFractionsExactly()
{
    // 1/3 and 2/3 of three repeats, all one way: only the two flips of all five reach as far, 2 / 2^5.
    const std::vector<Observation> differences{{1, 1. / 3}, {2, 2. / 3}, {3, 1. / 3}, {4, 1}, {5, 2. / 3}};
    QVERIFY(std::abs(signFlipTest(differences, 1) - 2. / 32) < 1e-12);
    // No common fraction: from drawn flips, to their accuracy.
    const std::vector<Observation> odd{{1, .3141}, {2, .2718}, {3, .1618}, {4, .4142}, {5, .7321}};
    QVERIFY(std::abs(signFlipTest(odd, 1) - 2. / 32) < .01);
}

void ClusterStatisticsTest::givesTheSameForASeed()
{
    RandomDraws draws(3);
    std::vector<Observation> observations;
    for (std::size_t index = 0; index < 200; ++index) {
        observations.push_back({index / 4, normal(draws)});
    }
    const Estimate first = bootstrapMean(observations, 77);
    const Estimate again = bootstrapMean(observations, 77);
    QCOMPARE(first.interval.low, again.interval.low);
    QCOMPARE(first.p, again.p);
    QVERIFY(bootstrapMean(observations, 78).interval.low != first.interval.low);
    QCOMPARE(signFlipTest(observations, 5), signFlipTest(observations, 5));
}

// A bootstrap of equal values is an interval of width nothing; what was not seen is not ruled out.
void ClusterStatisticsTest::boundsWhatNeverDiffered()
{
    std::vector<Observation> differences;
    for (std::size_t index = 0; index < 100; ++index) {
        differences.push_back({index, 0});
    }
    const Interval interval = differenceInterval(differences);
    QVERIFY(interval.low < -.01 && interval.low > -.04);
    QVERIFY(std::abs(interval.low + interval.high) < 1e-12);
    QCOMPARE(bootstrapMean(differences, 1).p, 1.);
}

void ClusterStatisticsTest::coversRates_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("icc");
    QTest::addColumn<int>("clusters");
    QTest::newRow("independent") << .8 << 0. << 60;
    QTest::newRow("alike within a document") << .8 << .3 << 60;
    QTest::newRow("very alike") << .7 << .7 << 60;
    QTest::newRow("few documents") << .7 << .3 << 20;
    QTest::newRow("near all") << .93 << .3 << 90;
}

void ClusterStatisticsTest::coversRates()
{
    QFETCH(double, rate);
    QFETCH(double, icc);
    QFETCH(int, clusters);
    RandomDraws draws(17);
    int covered = 0;
    constexpr int kRuns = 3000;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<Observation> observations;
        for (int cluster = 0; cluster < clusters; ++cluster) {
            const Latent latent{normal(draws), icc};
            for (std::size_t left = clusterSize(draws, 4); left > 0; --left) {
                observations.push_back(
                    {static_cast<std::size_t>(cluster), latent.yes(draws, rate) ? 1. : 0.});
            }
        }
        const Interval interval = rateInterval(observations);
        covered += interval.low <= rate && rate <= interval.high ? 1 : 0;
    }
    const double share = static_cast<double>(covered) / kRuns;
    QVERIFY2(share > .93 && share < .97, qPrintable(text(share)));
}

void ClusterStatisticsTest::coversMeans_data()
{
    QTest::addColumn<bool>("skewed");
    QTest::addColumn<double>("icc");
    QTest::addColumn<int>("clusters");
    QTest::newRow("independent cases") << false << 0. << 40;
    QTest::newRow("clusters of ICC .7") << false << .7 << 40;
    QTest::newRow("few clusters") << false << .5 << 12;
    QTest::newRow("skewed as latencies are") << true << .4 << 60;
}

void ClusterStatisticsTest::coversMeans()
{
    QFETCH(bool, skewed);
    QFETCH(double, icc);
    QFETCH(int, clusters);
    RandomDraws draws(23);
    int covered = 0;
    constexpr int kRuns = 1200;
    constexpr double kSpread = .5;
    const double truth = skewed ? std::exp(kSpread * kSpread / 2) : 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<Observation> observations;
        for (int cluster = 0; cluster < clusters; ++cluster) {
            const double shared = std::sqrt(icc) * normal(draws);
            for (int left = 4; left > 0; --left) {
                const double value = shared + std::sqrt(1 - icc) * normal(draws);
                observations.push_back(
                    {static_cast<std::size_t>(cluster), skewed ? std::exp(kSpread * value) : value});
            }
        }
        const Interval interval = bootstrapMean(observations, static_cast<std::uint64_t>(run)).interval;
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    const double share = static_cast<double>(covered) / kRuns;
    QVERIFY2(share > .93 && share < .97, qPrintable(text(share)));
}

void ClusterStatisticsTest::coversDifferences_data()
{
    QTest::addColumn<double>("before");
    QTest::addColumn<double>("after");
    QTest::addColumn<double>("icc");
    QTest::newRow("equal, independent") << .8 << .8 << 0.;
    QTest::newRow("equal, alike") << .8 << .8 << .7;
    QTest::newRow("worse, alike") << .85 << .75 << .5;
    QTest::newRow("much worse, independent") << .9 << .6 << 0.;
}

void ClusterStatisticsTest::coversDifferences()
{
    QFETCH(double, before);
    QFETCH(double, after);
    QFETCH(double, icc);
    RandomDraws draws(29);
    int covered = 0;
    constexpr int kRuns = 3000;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<Observation> differences;
        for (std::size_t cluster = 0; cluster < 60; ++cluster) {
            const Latent left{normal(draws), icc};
            const Latent right{normal(draws), icc};
            for (std::size_t rest = clusterSize(draws, 4); rest > 0; --rest) {
                const double difference =
                    (right.yes(draws, after) ? 1. : 0.) - (left.yes(draws, before) ? 1. : 0.);
                differences.push_back({cluster, difference});
            }
        }
        const Interval interval = differenceInterval(differences);
        covered += interval.low <= after - before && after - before <= interval.high ? 1 : 0;
    }
    const double share = static_cast<double>(covered) / kRuns;
    QVERIFY2(share > .93 && share < .97, qPrintable(text(share)));
}

void ClusterStatisticsTest::keepsFalseAlarmsDown_data()
{
    QTest::addColumn<double>("icc");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("naiveFails");
    QTest::newRow("ICC .7, ten cases a document") << .7 << 10 << true;
    QTest::newRow("ICC .7, five cases a document") << .7 << 5 << false;
    QTest::newRow("independent cases") << 0. << 5 << false;
}

// Two versions of the same rate whose failures fall on whole documents.
void ClusterStatisticsTest::keepsFalseAlarmsDown()
{
    QFETCH(double, icc);
    QFETCH(int, size);
    QFETCH(bool, naiveFails);
    RandomDraws draws(31);
    int alarms = 0;
    int bootstrapAlarms = 0;
    int naive = 0;
    constexpr int kRuns = 1000;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<Observation> differences;
        std::int64_t worse = 0;
        std::int64_t better = 0;
        for (std::size_t cluster = 0; cluster < 40; ++cluster) {
            const Latent left{normal(draws), icc};
            const Latent right{normal(draws), icc};
            for (int rest = size; rest > 0; --rest) {
                const int difference = (right.yes(draws, .7) ? 1 : 0) - (left.yes(draws, .7) ? 1 : 0);
                worse += difference < 0 ? 1 : 0;
                better += difference > 0 ? 1 : 0;
                differences.push_back({cluster, static_cast<double>(difference)});
            }
        }
        alarms += signFlipTest(differences, 1) <= kAlpha ? 1 : 0;
        bootstrapAlarms += bootstrapMean(differences, static_cast<std::uint64_t>(run)).p <= kAlpha ? 1 : 0;
        naive += mcnemarExact(worse, better) <= kAlpha ? 1 : 0;
    }
    const QString report =
        QStringLiteral("sign flip %1, bootstrap %2, naive %3").arg(alarms).arg(bootstrapAlarms).arg(naive);
    qInfo("%s of %d runs", qPrintable(report), kRuns);
    QVERIFY2(alarms <= 70 && bootstrapAlarms <= 70, qPrintable(report));
    QVERIFY2(!naiveFails || naive > 300, qPrintable(report));
}

void ClusterStatisticsTest::seesWhatItSaysItCanSee()
{
    constexpr int kPairs = 200;
    constexpr double kDiscordance = .15;
    const double difference = smallestVisibleRate(kDiscordance, kPairs);
    RandomDraws draws(37);
    int seen = 0;
    constexpr int kRuns = 2000;
    for (int run = 0; run < kRuns; ++run) {
        std::int64_t worse = 0;
        std::int64_t better = 0;
        for (int pair = 0; pair < kPairs; ++pair) {
            const double draw = draws.uniform();
            worse += draw < (kDiscordance + difference) / 2 ? 1 : 0;
            better += draw >= 1 - (kDiscordance - difference) / 2 ? 1 : 0;
        }
        seen += mcnemarExact(worse, better) <= kAlpha ? 1 : 0;
    }
    const double share = static_cast<double>(seen) / kRuns;
    QVERIFY2(share > .77 && share < .84, qPrintable(text(share)));
}

void ClusterStatisticsTest::comparesPercentiles()
{
    RandomDraws draws(41);
    std::vector<Observation> before;
    std::vector<Observation> same;
    std::vector<Observation> slower;
    for (std::size_t index = 0; index < 300; ++index) {
        const double value = 100 * std::exp(.4 * normal(draws));
        before.push_back({index / 3, value});
        same.push_back({index / 3, value + normal(draws)});
        slower.push_back({index / 3, value * 1.5});
    }
    const Estimate equal = percentileDifference(before, same, .95, 1);
    QVERIFY(equal.p > .05);
    QVERIFY(equal.interval.low <= 0 && equal.interval.high >= 0);
    const Estimate worse = percentileDifference(before, slower, .95, 1);
    QVERIFY(worse.p <= .05);
    QVERIFY(worse.interval.low > 0);
    QVERIFY(worse.value > 50);
    QCOMPARE(percentileDifference({}, {}, .5, 1).p, 1.);
}

QTEST_APPLESS_MAIN(ClusterStatisticsTest)
#include "tst_cluster_statistics.moc"
