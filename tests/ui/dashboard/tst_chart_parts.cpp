#include <QTimeZone>
#include <QtTest>

#include "ui/dashboard/chart_spec.h"
#include "ui/dashboard/time_range.h"
#include "ui/dashboard/variant_style.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui::dashboard;
using namespace plumbline::ui;

namespace {

qint64 at(const char* text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch();
}

QString texts(const std::vector<Tick>& ticks)
{
    QStringList all;
    for (const Tick& tick : ticks)
        all << tick.text;
    return all.join(u'|');
}

} // namespace

class TestChartParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Zurich"); }

    void anAxisEndsAtARoundFigure_data()
    {
        QTest::addColumn<int>("unit");
        QTest::addColumn<double>("greatest");
        QTest::addColumn<double>("top");
        QTest::addColumn<double>("step");
        const auto percent = static_cast<int>(Unit::Percent);
        const auto dollars = static_cast<int>(Unit::Dollars);
        const auto ms = static_cast<int>(Unit::Milliseconds);
        QTest::newRow("a share near all ends at 100") << percent << 96.0 << 100.0 << 20.0;
        QTest::newRow("an interval over 100 ends at 100") << percent << 100.4 << 100.0 << 20.0;
        QTest::newRow("a small share is not squeezed") << percent << 11.9 << 12.5 << 2.5;
        QTest::newRow("nothing at all still has an axis") << percent << 0.0 << 10.0 << 2.0;
        QTest::newRow("milliseconds") << ms << 812.0 << 1000.0 << 200.0;
        QTest::newRow("parts of a cent") << dollars << 0.00193 << 0.002 << 0.0005;
    }
    void anAxisEndsAtARoundFigure()
    {
        QFETCH(int, unit);
        QFETCH(double, greatest);
        QFETCH(double, top);
        QFETCH(double, step);
        const Scale scale = scaleFor(static_cast<Unit>(unit), greatest);
        QVERIFY2(std::abs(scale.top - top) < 1e-9, qPrintable(QString::number(scale.top)));
        QVERIFY2(std::abs(scale.step - step) < 1e-9, qPrintable(QString::number(scale.step)));
    }

    void ticksHaveThePlacesThatTheyNeed()
    {
        QCOMPARE(tickText(Unit::Percent, 2.5, 2.5), QStringLiteral("2.5"));
        QCOMPARE(tickText(Unit::Percent, 20, 20), QStringLiteral("20"));
        QCOMPARE(tickText(Unit::Dollars, 0.0015, 0.0005), QStringLiteral("$0.0015"));
        QCOMPARE(tickText(Unit::Milliseconds, 1200, 200), QStringLiteral("1,200"));
    }

    void figuresCarryTheirUnit()
    {
        QCOMPARE(figureWithUnit(Unit::Percent, 83.96), QStringLiteral("84.0\u00a0%"));
        QCOMPARE(figureWithUnit(Unit::Milliseconds, 1204.4), QStringLiteral("1,204\u00a0ms"));
        QCOMPARE(figureWithUnit(Unit::Dollars, 0.00184), QStringLiteral("$0.001840"));
        QCOMPARE(intervalText(Unit::Percent, 80.72, 90.7), QStringLiteral("80.7 – 90.7"));
    }

    void ticksStandAtRoundMomentsOfTheLocalZone_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        QTest::addColumn<int>("most");
        QTest::addColumn<QString>("ticks");
        QTest::newRow("minutes") << at("2026-11-26T03:12:40Z") << at("2026-11-26T03:31:00Z") << 5
                                 << "04:15|04:20|04:25|04:30";
        QTest::newRow("hours over midnight")
            << at("2026-11-25T20:10:00Z") << at("2026-11-26T02:10:00Z") << 4 << "22:00|26 Nov|02:00";
        QTest::newRow("days") << at("2026-11-12T13:00:00Z") << at("2026-11-15T13:00:00Z") << 5
                              << "13 Nov|14 Nov|15 Nov";
        QTest::newRow("the day the clocks go back has one tick")
            << at("2026-10-24T10:00:00Z") << at("2026-10-26T10:00:00Z") << 4 << "25 Oct|26 Oct";
    }
    void ticksStandAtRoundMomentsOfTheLocalZone()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        QFETCH(int, most);
        QFETCH(QString, ticks);
        QCOMPARE(texts(ticksOf({from, to}, most)), ticks);
    }

    void aRangeOfManyYearsHasFewTicks()
    {
        const auto ticks = ticksOf({at("2001-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")}, 6);
        QVERIFY(!ticks.empty() && ticks.size() <= 8);
    }

    void aSingleRunHasAnHourAroundIt()
    {
        const TimeRange range = around(at("2026-11-26T03:12:40Z"), at("2026-11-26T03:12:40Z"));
        QCOMPARE(range.length(), qint64(60 * 60 * 1000));
        QVERIFY(range.holds(at("2026-11-26T03:12:40Z")));
    }

    void neighboursDifferInColourAndShape()
    {
        for (const bool dark : {false, true}) {
            widgets::applyTheme(*qApp, dark ? widgets::ThemeChoice::Dark : widgets::ThemeChoice::Light, 1);
            QSet<QString> looks;
            for (std::size_t i = 0; i < 42; ++i)
                looks << variantColor(i).name() + QString::number(i % 6);
            QCOMPARE(looks.size(), 42);
            for (std::size_t i = 0; i < 7; ++i) {
                QVERIFY(variantColor(i) != variantColor(i + 1));
                QVERIFY(widgets::contrast(variantColor(i), widgets::currentTokens().surface) > 2);
            }
            for (std::size_t i = 0; i < 3; ++i) // those that most charts have
                QVERIFY(widgets::contrast(variantColor(i), widgets::currentTokens().surface) >= 3);
        }
    }
};

QTEST_MAIN(TestChartParts)
#include "tst_chart_parts.moc"
