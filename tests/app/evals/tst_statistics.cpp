// Intervals and tests against reference values. The constants were computed with SciPy 1.17.1 and statsmodels
// 0.15.0: proportion_confint(method="wilson"), mcnemar(exact=True), multipletests(method="holm"), binom,
// norm, t and beta of scipy.stats, numpy.percentile; mid-p as 2 cdf(k) - pmf(k).
#include <cmath>

#include <QtTest>

#include "app/evals/distributions.h"
#include "app/evals/planned_power.h"
#include "app/evals/power.h"
#include "app/evals/random_draws.h"
#include "app/evals/statistics.h"

using namespace plumbline::evals;

namespace {

bool near(double value, double expected, double tolerance = 1e-9)
{
    return std::abs(value - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

} // namespace

#define COMPARE_NEAR(value, expected, tolerance)                                                             \
    QVERIFY2(near(value, expected, tolerance),                                                               \
             qPrintable(QString::number(value, 'g', 16) + QStringLiteral(" is not ") +                       \
                        QString::number(expected, 'g', 16)))

class StatisticsTest : public QObject {
    Q_OBJECT

private slots:
    void knowsTheDistributions();
    void givesWilsonsInterval_data();
    void givesWilsonsInterval();
    void givesMcnemarsTest_data();
    void givesMcnemarsTest();
    void adjustsByHolm_data();
    void adjustsByHolm();
    void readsPercentilesBetweenValues();
    void boundsPercentilesByOrder();
    void coversRates();
    void correctsForTheDetector();
    void isNeverSureOfNothing_data();
    void isNeverSureOfNothing();
    void coversCorrectedRates_data();
    void coversCorrectedRates();
    void saysWhatCanBeSeen_data();
    void saysWhatCanBeSeen();
    void saysWhatMeansCanShow();
    void saysWhatASuiteWillShow();
};

void StatisticsTest::knowsTheDistributions()
{
    COMPARE_NEAR(normalQuantile(1e-10), -6.36134090240406, 1e-9);
    COMPARE_NEAR(normalQuantile(.025), -1.95996398454005, 1e-12);
    COMPARE_NEAR(normalQuantile(.999), 3.09023230616781, 1e-12);
    COMPARE_NEAR(normalCdf(-.524400512708041), .3, 1e-12);
    QVERIFY(std::isinf(normalQuantile(0)) && normalQuantile(0) < 0);
    QVERIFY(std::isinf(normalQuantile(1)) && normalQuantile(1) > 0);
    COMPARE_NEAR(studentQuantile(.975, 1), 12.7062047361747, 1e-9);
    COMPARE_NEAR(studentQuantile(.975, 9), 2.2621571627982, 1e-10);
    COMPARE_NEAR(studentQuantile(.8, 29), .854191985881856, 1e-10);
    COMPARE_NEAR(studentQuantile(.025, 500.5), -1.96471507505723, 1e-9);
    COMPARE_NEAR(incompleteBeta(.5, .5, .3), .369010119565545, 1e-12);
    COMPARE_NEAR(incompleteBeta(2, 5, .1), .114265, 1e-12);
    COMPARE_NEAR(incompleteBeta(400, 300, .6), .937387524601459, 1e-10);
    COMPARE_NEAR(binomialCdf(3, 10, .5), .171875, 1e-12);
    COMPARE_NEAR(binomialCdf(0, 100, .02), .132619555894753, 1e-12);
    COMPARE_NEAR(binomialCdf(900, 2000, .45), .509263118897952, 1e-10);
    COMPARE_NEAR(logGamma(.3), 1.09579799481808, 1e-12);
    COMPARE_NEAR(logGamma(4.5), 2.45373657084244, 1e-12);
    COMPARE_NEAR(logGamma(1000), 5905.22042320918, 1e-12);
}

void StatisticsTest::givesWilsonsInterval_data()
{
    QTest::addColumn<double>("k");
    QTest::addColumn<double>("n");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("none of ten") << 0. << 10. << 0. << .277532799863;
    QTest::newRow("one of ten") << 1. << 10. << .017876213095 << .404150026795;
    QTest::newRow("half of ten") << 5. << 10. << .236593090513 << .763406909487;
    QTest::newRow("all of ten") << 10. << 10. << .722467200137 << 1.;
    QTest::newRow("most of fifty") << 45. << 50. << .786397685625 << .956524235068;
    QTest::newRow("three quarters of a suite") << 263. << 349. << .705772702912 << .795869027603;
    QTest::newRow("one of a thousand") << 1. << 1000. << .000176546371 << .005642558598;
}

void StatisticsTest::givesWilsonsInterval()
{
    QFETCH(double, k);
    QFETCH(double, n);
    QFETCH(double, low);
    QFETCH(double, high);
    const Interval interval = wilson(k / n, n, normalQuantile(.975));
    COMPARE_NEAR(interval.low, low, 1e-10);
    COMPARE_NEAR(interval.high, high, 1e-10);
    const Interval nothing = wilson(0, 0, 1.96);
    QCOMPARE(nothing.low, 0.);
    QCOMPARE(nothing.high, 1.);
}

void StatisticsTest::givesMcnemarsTest_data()
{
    QTest::addColumn<int>("b");
    QTest::addColumn<int>("c");
    QTest::addColumn<double>("exact");
    QTest::addColumn<double>("midP");
    QTest::newRow("no pair differs") << 0 << 0 << 1. << 1.;
    QTest::newRow("five one way are not enough") << 0 << 5 << .0625 << .03125;
    QTest::newRow("six one way are") << 0 << 6 << .03125 << .015625;
    QTest::newRow("three against twelve") << 3 << 12 << .03515625 << .021270751953125;
    QTest::newRow("ten against twenty") << 10 << 20 << .0987371467053891 << .0707555459812284;
    QTest::newRow("fifty against eighty") << 50 << 80 << .0106940551238293 << .00851136981729177;
    QTest::newRow("as many each way") << 7 << 7 << 1. << .79052734375;
    QTest::newRow("hundreds") << 300 << 360 << .0215723482319711 << .0195412662669019;
}

void StatisticsTest::givesMcnemarsTest()
{
    QFETCH(int, b);
    QFETCH(int, c);
    QFETCH(double, exact);
    QFETCH(double, midP);
    COMPARE_NEAR(mcnemarExact(b, c), exact, 1e-10);
    COMPARE_NEAR(mcnemarExact(c, b), exact, 1e-10);
    COMPARE_NEAR(mcnemarMidP(b, c), midP, 1e-10);
    COMPARE_NEAR(mcnemarMidP(c, b), midP, 1e-10);
}

void StatisticsTest::adjustsByHolm_data()
{
    QTest::addColumn<QList<double>>("p");
    QTest::addColumn<QList<double>>("adjusted");
    QTest::newRow("four, in no order")
        << QList<double>{.01, .04, .03, .005} << QList<double>{.03, .06, .06, .02};
    QTest::newRow("ties, and one that tells nothing")
        << QList<double>{.2, .01, .01, .9, .05} << QList<double>{.4, .05, .05, .9, .15};
    QTest::newRow("never over one") << QList<double>{.8, .7} << QList<double>{1, 1};
    QTest::newRow("none") << QList<double>{} << QList<double>{};
}

void StatisticsTest::adjustsByHolm()
{
    QFETCH(QList<double>, p);
    QFETCH(QList<double>, adjusted);
    const auto got = holm({p.begin(), p.end()});
    QCOMPARE(static_cast<int>(got.size()), static_cast<int>(adjusted.size()));
    for (std::size_t index = 0; index < got.size(); ++index) {
        COMPARE_NEAR(got[index], adjusted[static_cast<qsizetype>(index)], 1e-12);
    }
}

void StatisticsTest::readsPercentilesBetweenValues()
{
    const std::vector<double> values{3.1, 1.2, 9.9, 4.4, 5.0, 2.7, 8.8};
    COMPARE_NEAR(percentile(values, 0), 1.2, 1e-12);
    COMPARE_NEAR(percentile(values, .25), 2.9, 1e-12);
    COMPARE_NEAR(percentile(values, .5), 4.4, 1e-12);
    COMPARE_NEAR(percentile(values, .95), 9.57, 1e-12);
    COMPARE_NEAR(percentile(values, 1), 9.9, 1e-12);
    QCOMPARE(percentile({}, .5), 0.);
    QCOMPARE(percentile({7}, .99), 7.);
}

// The ranks are scipy.stats.binom.ppf(.025, n, q) and ppf(.975, n, q) + 1, counted from 1.
void StatisticsTest::boundsPercentilesByOrder()
{
    std::vector<double> hundred;
    for (int rank = 100; rank >= 1; --rank) {
        hundred.push_back(rank);
    }
    const Interval median = percentileInterval(hundred, .5);
    QCOMPARE(median.low, 40.);
    QCOMPARE(median.high, 61.);
    const Interval tail = percentileInterval(hundred, .95);
    QCOMPARE(tail.low, 90.);
    QCOMPARE(tail.high, 100.);
    const Interval few = percentileInterval({3, 1, 2}, .5);
    QCOMPARE(few.low, 1.);
    QCOMPARE(few.high, 3.);
}

// Wilson's interval swings around 95 % with n and p; over the range of rates it keeps to it.
void StatisticsTest::coversRates()
{
    RandomDraws draws(11);
    int covered = 0;
    constexpr int kRuns = 20000;
    for (int run = 0; run < kRuns; ++run) {
        const double rate = .02 + .96 * draws.uniform();
        const int trials = 20 + static_cast<int>(draws.below(380));
        int hits = 0;
        for (int trial = 0; trial < trials; ++trial) {
            hits += draws.uniform() < rate ? 1 : 0;
        }
        const Interval interval = wilson(static_cast<double>(hits) / trials, trials, normalQuantile(.975));
        covered += interval.low <= rate && rate <= interval.high ? 1 : 0;
    }
    const double share = static_cast<double>(covered) / kRuns;
    QVERIFY2(share > .93 && share < .97, qPrintable(QString::number(share)));
}

void StatisticsTest::correctsForTheDetector()
{
    // (reported + specificity - 1) / (sensitivity + specificity - 1)
    const DetectorQuality detector{.9, 1000, .95, 1000};
    const CorrectedRate corrected = roganGladen(.2, 500, detector, normalQuantile(.975));
    COMPARE_NEAR(corrected.rate, .15 / .85, 1e-12);
    QVERIFY(corrected.interval.low < corrected.rate && corrected.rate < corrected.interval.high);
    QCOMPARE(roganGladen(.01, 500, detector, 1.96).rate, 0.);
    // 20 % bad: .2 * .8 + .8 * .1 = .24 are reported
    const DetectorQuality weaker{.8, 1000, .9, 1000};
    COMPARE_NEAR(roganGladen(.24, 500, weaker, 1.96).rate, .2, 1e-12);
    QCOMPARE(roganGladen(.05, 500, weaker, 1.96).rate, 0.);
    QCOMPARE(roganGladen(.95, 500, weaker, 1.96).rate, 1.);
    const DetectorQuality doubtful{.9, 40, .95, 40};
    const CorrectedRate wide = roganGladen(.2, 500, doubtful, normalQuantile(.975));
    QVERIFY(wide.interval.high - wide.interval.low > corrected.interval.high - corrected.interval.low);
    QVERIFY(!(DetectorQuality{}.known()));
    QVERIFY(!(DetectorQuality{.4, 100, .5, 100}.usable()));
}

void StatisticsTest::isNeverSureOfNothing_data()
{
    QTest::addColumn<double>("reported");
    QTest::addColumn<int>("cases");
    QTest::addColumn<bool>("explained");
    QTest::newRow("far fewer than false alarms alone would make") << .02 << 400 << true;
    QTest::newRow("none of many") << .0 << 4000 << true;
    QTest::newRow("none of few") << .0 << 5 << true;
    QTest::newRow("as many as false alarms make") << .2 << 400 << true;
    QTest::newRow("clearly more") << .6 << 400 << false;
    QTest::newRow("more than it could find") << .99 << 4000 << false;
    QTest::newRow("all") << 1. << 4000 << false;
}

void StatisticsTest::isNeverSureOfNothing()
{
    QFETCH(double, reported);
    QFETCH(int, cases);
    QFETCH(bool, explained);
    const DetectorQuality detector{.8, 2000, .8, 2000};
    const double quantile = normalQuantile(.975);
    const CorrectedRate corrected = roganGladen(reported, cases, detector, quantile);
    const Interval raw = wilson(reported, cases, quantile);
    QVERIFY(corrected.interval.low < corrected.interval.high);
    QVERIFY(corrected.interval.low <= corrected.rate && corrected.rate <= corrected.interval.high);
    QVERIFY(corrected.rate > 0 || corrected.interval.high >= raw.high);
    QVERIFY(corrected.rate < 1 || corrected.interval.low <= raw.low);
    QCOMPARE(corrected.falseAlarmsExplain, explained);
}

void StatisticsTest::coversCorrectedRates_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("sensitivity");
    QTest::addColumn<double>("specificity");
    QTest::addColumn<int>("judged");
    QTest::addColumn<int>("cases");
    QTest::newRow("a good detector") << .10 << .92 << .90 << 400 << 300;
    QTest::newRow("a middling detector") << .20 << .75 << .80 << 300 << 500;
    QTest::newRow("a poor detector") << .30 << .65 << .70 << 500 << 700;
    QTest::newRow("few judged answers") << .25 << .85 << .90 << 60 << 300;
    QTest::newRow("half of all") << .50 << .80 << .90 << 200 << 200;
}

void StatisticsTest::coversCorrectedRates()
{
    QFETCH(double, rate);
    QFETCH(double, sensitivity);
    QFETCH(double, specificity);
    QFETCH(int, judged);
    QFETCH(int, cases);
    RandomDraws draws(5);
    const auto share = [&](double chance, int of) {
        int hits = 0;
        for (int trial = 0; trial < of; ++trial) {
            hits += draws.uniform() < chance ? 1 : 0;
        }
        return static_cast<double>(hits) / of;
    };
    int covered = 0;
    constexpr int kRuns = 4000;
    for (int run = 0; run < kRuns; ++run) {
        const DetectorQuality detector{share(sensitivity, judged), judged, share(specificity, judged),
                                       judged};
        const double reported = share(rate * sensitivity + (1 - rate) * (1 - specificity), cases);
        const CorrectedRate corrected = roganGladen(reported, cases, detector, normalQuantile(.975));
        covered += corrected.interval.low <= rate && rate <= corrected.interval.high ? 1 : 0;
    }
    const double coverage = static_cast<double>(covered) / kRuns;
    QVERIFY2(coverage > .93 && coverage < .97, qPrintable(QString::number(coverage)));
}

// By summing the exact power over all numbers of discordant pairs in SciPy, and halving the difference 14
// times.
void StatisticsTest::saysWhatCanBeSeen_data()
{
    QTest::addColumn<double>("discordance");
    QTest::addColumn<double>("pairs");
    QTest::addColumn<double>("difference");
    QTest::newRow("equal pairs show eight broken of a hundred") << 0. << 100. << .077942;
    QTest::newRow("one in five differs") << .2 << 100. << .127747;
    QTest::newRow("a suite of the usual size") << .1 << 349. << .049072;
    QTest::newRow("ten cases show next to nothing") << 0. << 10. << .673218;
    QTest::newRow("five cases show nothing") << 0. << 5. << 1.;
    // Connor: (1.95996 sqrt(.1) + .84162 sqrt(.1 - d^2))^2 / d^2 = 20,000 at d = .006264.
    QTest::newRow("twenty thousand") << .1 << 20000. << .006264;
}

void StatisticsTest::saysWhatCanBeSeen()
{
    QFETCH(double, discordance);
    QFETCH(double, pairs);
    QFETCH(double, difference);
    COMPARE_NEAR(smallestVisibleRate(discordance, pairs), difference, 2e-4);
}

void StatisticsTest::saysWhatMeansCanShow()
{
    // (t.ppf(.975, 29) + t.ppf(.8, 29)) x .02
    COMPARE_NEAR(smallestVisibleMean(.02, 30), (2.04522964213270 + .854191985881856) * .02, 1e-8);
    COMPARE_NEAR(expectedDesignEffect(5, .7), 3.8, 1e-12);
    COMPARE_NEAR(expectedDesignEffect(.5, .7), 1, 1e-12);
}

void StatisticsTest::saysWhatASuiteWillShow()
{
    const auto suiteOf = [](int cases, int perCluster) {
        Suite suite;
        for (int index = 0; index < cases; ++index) {
            Case one;
            one.id = std::to_string(index);
            one.cluster = perCluster > 0 ? "d" + std::to_string(index / perCluster) : std::string();
            suite.cases.push_back(std::move(one));
        }
        return suite;
    };
    const PlannedPower alone = plannedPower(suiteOf(349, 0));
    QCOMPARE(alone.clusters, std::int64_t{349});
    COMPARE_NEAR(alone.smallestVisible, .049072, 2e-4);
    const PlannedPower documents = plannedPower(suiteOf(350, 5));
    QCOMPARE(documents.clusters, std::int64_t{70});
    COMPARE_NEAR(documents.designEffect, 1.8, 1e-12);
    QVERIFY(documents.smallestVisible > 1.2 * alone.smallestVisible);
    QCOMPARE(plannedPower(Suite{}).smallestVisible, 1.);
}

QTEST_APPLESS_MAIN(StatisticsTest)
#include "tst_statistics.moc"
