// Money in and out of text.
#include <QtTest>

#include "app/base/units.h"

using namespace plumbline;

class UnitsTest : public QObject {
    Q_OBJECT

private slots:
    void readsDollars_data();
    void readsDollars();
    void refusesWhatIsNoAmount_data();
    void refusesWhatIsNoAmount();
    void roundsHalfAwayFromZero();
    void writesWhatItReads();
    void writesShort();
};

void UnitsTest::readsDollars_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("micro");
    QTest::newRow("whole dollars") << "3" << qint64{3'000'000};
    QTest::newRow("cents") << "2.50" << qint64{2'500'000};
    QTest::newRow("the smallest step") << "0.000001" << qint64{1};
    QTest::newRow("zeros behind the sixth place") << "0.0750000000" << qint64{75'000};
    QTest::newRow("a credit") << "-0.075" << qint64{-75'000};
    QTest::newRow("leading zeros") << "000000000000000000002.5" << qint64{2'500'000};
    QTest::newRow("nothing") << "0" << qint64{0};
    QTest::newRow("the most") << "999999999999.999999" << qint64{999'999'999'999'999'999};
}

void UnitsTest::readsDollars()
{
    QFETCH(QString, text);
    QFETCH(qint64, micro);
    const auto money = parseUsd(text.toStdString());
    QVERIFY2(money.has_value(), money ? "" : money.error().message.c_str());
    QCOMPARE(money->microUsd, micro);
}

void UnitsTest::refusesWhatIsNoAmount_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "-", ".", ".5", "5.", "1e-6", "$2", "1,000", "+1", " 1", "1 ", "--1", "0x10",
                             "nan", "1.2.3", "0.0000001", "1000000000000"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void UnitsTest::refusesWhatIsNoAmount()
{
    QFETCH(QString, text);
    const auto money = parseUsd(text.toStdString());
    QVERIFY(!money.has_value());
    QVERIFY(money.error().code == ErrorCode::BadInput);
}

void UnitsTest::roundsHalfAwayFromZero()
{
    QCOMPARE(parseUsdRounded("0.0000005")->microUsd, 1);
    QCOMPARE(parseUsdRounded("0.00000049999")->microUsd, 0);
    QCOMPARE(parseUsdRounded("-0.0000005")->microUsd, -1);
    QCOMPARE(parseUsdRounded("1.9999995")->microUsd, 2'000'000);
    QVERIFY(!parseUsdRounded("1e3").has_value());
}

void UnitsTest::writesWhatItReads()
{
    for (const std::int64_t micro :
         {0LL, 1LL, -1LL, 999'999LL, 1'000'000LL, -12'345'678LL, 123'456'789'012LL}) {
        std::string text = toString(Money{micro});
        text.erase(text.find('$'), 1);
        QCOMPARE(parseUsd(text)->microUsd, micro);
    }
}

void UnitsTest::writesShort()
{
    QCOMPARE(toShortString(Money{5'000'000}), std::string("$5.00"));
    QCOMPARE(toShortString(Money{13'400}), std::string("$0.0134"));
    QCOMPARE(toShortString(Money{-1}), std::string("-$0.000001"));
    QCOMPARE(toShortString(Money{4'980'000}), std::string("$4.98"));
}

QTEST_APPLESS_MAIN(UnitsTest)
#include "tst_units.moc"
