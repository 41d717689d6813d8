#include <QtTest>

#include "app/grounding/measures.h"

using namespace plumbline::grounding;

namespace {

Agreement compared(const QByteArray& claim, const QByteArray& source, double tolerance = 0)
{
    const auto one = measureAt(claim.toStdString(), 0);
    const auto other = measureAt(source.toStdString(), 0);
    return one && other ? compare(*one, *other, tolerance) : Agreement::OtherNumber;
}

} // namespace

class TestMeasures : public QObject {
    Q_OBJECT

private slots:
    void knowsTheSameAmount_data()
    {
        QTest::addColumn<QByteArray>("claim");
        QTest::addColumn<QByteArray>("source");
        QTest::newRow("magnitude in words and in digits")
            << QByteArray("$1.2 billion") << QByteArray("1,200 million dollars");
        QTest::newRow("magnitude as a letter") << QByteArray("£100k") << QByteArray("£100,000");
        QTest::newRow("a day is 24 hours") << QByteArray("one day") << QByteArray("24 hours");
        QTest::newRow("two weeks are 14 days") << QByteArray("two weeks") << QByteArray("14 days");
        QTest::newRow("a year is 12 months") << QByteArray("1 year") << QByteArray("12 months");
        QTest::newRow("milliseconds") << QByteArray("0.6 seconds") << QByteArray("600 milliseconds");
        QTest::newRow("per cent in words") << QByteArray("5 per cent") << QByteArray("5 %");
        QTest::newRow("number in words") << QByteArray("twenty-four messages") << QByteArray("24 messages");
        QTest::newRow("working and business days")
            << QByteArray("3 working days") << QByteArray("three business days");
        QTest::newRow("clock") << QByteArray("2 pm") << QByteArray("14:00");
        QTest::newRow("ordinal") << QByteArray("third quarter") << QByteArray("Q3");
        QTest::newRow("hyphen") << QByteArray("30-minute window") << QByteArray("30 min");
    }

    void knowsTheSameAmount()
    {
        QFETCH(QByteArray, claim);
        QFETCH(QByteArray, source);
        QCOMPARE(compared(claim, source), Agreement::Same);
        QCOMPARE(compared(source, claim), Agreement::Same);
    }

    void tellsUnitsFromNumbers()
    {
        QCOMPARE(compared("24 days", "24 hours"), Agreement::OtherUnit);
        QCOMPARE(compared("£500", "500 euro"), Agreement::OtherUnit);
        QCOMPARE(compared("5 basis points", "5 %"), Agreement::OtherUnit);
        QCOMPARE(compared("3 days", "3 business days"), Agreement::OtherUnit);
        QCOMPARE(compared("25 hours", "24 hours"), Agreement::OtherNumber);
        QCOMPARE(compared("4 grants", "4 hours"), Agreement::OtherNumber);
        QCOMPARE(compared("second", "2 hours"), Agreement::OtherNumber);
    }

    void allowsRoundingWhenTold()
    {
        QCOMPARE(compared("70 minutes", "71 minutes"), Agreement::OtherNumber);
        QCOMPARE(compared("70 minutes", "71 minutes", 0.05), Agreement::Same);
    }

    void readsNoIdentifiers()
    {
        QVERIFY(!measureAt("3DS checks", 0));
        QVERIFY(!measureAt("10.4.1", 0));
    }
};

QTEST_APPLESS_MAIN(TestMeasures)
#include "tst_measures.moc"
