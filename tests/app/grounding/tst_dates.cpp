#include <QtTest>

#include "app/grounding/dates.h"

using namespace plumbline::grounding;

class TestDates : public QObject {
    Q_OBJECT

private slots:
    void readsEveryNotation_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("year");
        QTest::addColumn<int>("month");
        QTest::addColumn<int>("day");
        QTest::newRow("ISO 8601") << QByteArray("2026-03-31") << 2026 << 3 << 31;
        QTest::newRow("day, month in words, year") << QByteArray("31 March 2026") << 2026 << 3 << 31;
        QTest::newRow("ordinal day") << QByteArray("31st of March 2026") << 2026 << 3 << 31;
        QTest::newRow("month first") << QByteArray("March 31, 2026") << 2026 << 3 << 31;
        QTest::newRow("short month") << QByteArray("31 Mar 2026") << 2026 << 3 << 31;
        QTest::newRow("slashes") << QByteArray("31/03/2026") << 2026 << 3 << 31;
        QTest::newRow("points") << QByteArray("31.03.2026") << 2026 << 3 << 31;
        QTest::newRow("American slashes, told by the day") << QByteArray("03/31/2026") << 2026 << 3 << 31;
        QTest::newRow("no year") << QByteArray("31 March") << 0 << 3 << 31;
        QTest::newRow("month and year") << QByteArray("March 2026") << 2026 << 3 << 0;
    }

    void readsEveryNotation()
    {
        QFETCH(QByteArray, text);
        const auto date = dateAt(text.toStdString(), 0);
        QVERIFY(date);
        QCOMPARE(date->end, static_cast<std::size_t>(text.size()));
        QTEST(date->year, "year");
        QTEST(date->month, "month");
        QTEST(date->day, "day");
    }

    void leavesOtherNumbersAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("the verb may") << QByteArray("may 30 people");
        QTest::newRow("a month alone") << QByteArray("March is cold");
        QTest::newRow("no such month") << QByteArray("2026-13-01");
        QTest::newRow("no such day") << QByteArray("41 March 2026");
        QTest::newRow("a version") << QByteArray("1.2.3");
        QTest::newRow("a fraction") << QByteArray("3/4");
    }

    void leavesOtherNumbersAlone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!dateAt(text.toStdString(), 0));
    }

    void comparesWhatIsSaid()
    {
        const auto iso = *dateAt("2026-03-31", 0);
        QVERIFY(dateAt("31 March 2026", 0)->carriedBy(iso));
        QVERIFY(dateAt("March 2026", 0)->carriedBy(iso));
        QVERIFY(dateAt("31 March", 0)->carriedBy(iso));
        QVERIFY(!dateAt("30 March 2026", 0)->carriedBy(iso));
        QVERIFY(!dateAt("31 March 2025", 0)->carriedBy(iso));
        QVERIFY(dateAt("03/04/2026", 0)->carriedBy(*dateAt("4 March 2026", 0)));
        QVERIFY(dateAt("03/04/2026", 0)->carriedBy(*dateAt("3 April 2026", 0)));
    }
};

QTEST_APPLESS_MAIN(TestDates)
#include "tst_dates.moc"
