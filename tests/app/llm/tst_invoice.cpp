// Reading a vendor's bill, and what stays unexplained of it.
#include <QtTest>

#include "app/base/csv.h"
#include "app/llm/invoice.h"

using namespace plumbline;
using namespace plumbline::llm;

namespace {

CallTotal recorded(const char* day, const char* model, std::int64_t micro, std::int64_t unknown = 0)
{
    CallTotal total;
    total.day = day;
    total.key = model;
    total.calls = 1;
    total.cost = Money{micro};
    total.unknown = unknown;
    return total;
}

} // namespace

class InvoiceTest : public QObject {
    Q_OBJECT

private slots:
    void readsCsv();
    void refusesBrokenCsv();
    void guessesColumns_data();
    void guessesColumns();
    void takesNamedColumns();
    void saysWhichRowIsBad();
    void saysWhichColumnIsMissing();
    void findsPlantedDifferences();
};

void InvoiceTest::readsCsv()
{
    const auto records = parseCsv("\xEF\xBB\xBF"
                                  "a,\"b,\"\"1\"\"\nx\",c\r\n\r\n,,\nlast",
                                  "f.csv");
    QVERIFY(records.has_value());
    QCOMPARE(records->size(), std::size_t{3});
    QVERIFY(((*records)[0].fields == std::vector<std::string>{"a", "b,\"1\"\nx", "c"}));
    QVERIFY(((*records)[1].fields == std::vector<std::string>{"", "", ""}));
    QCOMPARE((*records)[1].line, std::size_t{4});
    QCOMPARE((*records)[2].line, std::size_t{5});
    QVERIFY(parseCsv("", "f.csv")->empty());
}

void InvoiceTest::refusesBrokenCsv()
{
    QCOMPARE(parseCsv("a\n\"b", "f.csv").error().where, std::string("f.csv:2"));
    QCOMPARE(parseCsv("a\nb\n\"c\"d", "f.csv").error().where, std::string("f.csv:3"));
}

void InvoiceTest::guessesColumns_data()
{
    QTest::addColumn<QString>("csv");
    QTest::newRow("plain") << "date,model,cost\n2026-05-04,gpt-4o,$1234.50";
    QTest::newRow("an export with line items")
        << "start_time,start_time_iso,amount_value,amount_currency,line_item\n"
           "1777852800,2026-05-04T00:00:00+00:00,1234.5,usd,\"gpt-4o, input\"";
    QTest::newRow("seconds since 1970") << "Start_Time,Amount,Model\n1777852800,\"1,234.50\",gpt-4o";
    QTest::newRow("an exponent") << "day,model,total\n2026-05-04 00:00:00,gpt-4o,1.2345e+03";
}

void InvoiceTest::guessesColumns()
{
    QFETCH(QString, csv);
    const auto invoice = parseInvoice(csv.toStdString(), "i.csv");
    QVERIFY2(invoice.has_value(), invoice ? "" : invoice.error().describe().c_str());
    QVERIFY2(invoice->bad.empty(), invoice->bad.empty() ? "" : invoice->bad.front().describe().c_str());
    QCOMPARE(invoice->rows.size(), std::size_t{1});
    QCOMPARE(toString(invoice->rows.front().day), std::string("2026-05-04"));
    QCOMPARE(invoice->rows.front().model, std::string("gpt-4o"));
    QCOMPARE(invoice->rows.front().amount.microUsd, 1'234'500'000);
}

void InvoiceTest::takesNamedColumns()
{
    const auto columns = parseInvoiceColumns("date=Tag, model=Modell,amount=Betrag");
    QVERIFY(columns.has_value());
    const auto invoice = parseInvoice("Tag,Modell,Betrag,cost\n2026-05-04,m,1.25e-05,9", "i.csv", *columns);
    QCOMPARE(invoice->rows.front().amount.microUsd, 13); // 12.5, half away from zero
    QVERIFY(!parseInvoiceColumns("day=Tag").has_value());
    QVERIFY(!parseInvoiceColumns("date=").has_value());
}

void InvoiceTest::saysWhichRowIsBad()
{
    const auto invoice =
        parseInvoice("date,model,cost,currency\n04/05/2026,m,1,usd\n2026-05-04,m,much,usd\n"
                     "2026-05-04,,1,usd\n2026-05-04,m,1,eur\n2026-05-04,m\n2026-05-04,m,2,USD\n",
                     "i.csv");
    QVERIFY(invoice.has_value());
    QCOMPARE(invoice->rows.size(), std::size_t{1});
    QCOMPARE(invoice->bad.size(), std::size_t{5});
    const char* expected[] = {"i.csv:2: '04/05/2026' is no date", "i.csv:3: 'much' is no amount",
                              "i.csv:4: names no model", "i.csv:5: is in 'eur'", "i.csv:6: has 2 fields"};
    for (std::size_t i = 0; i < 5; ++i) {
        QVERIFY2(invoice->bad[i].describe().starts_with(expected[i]), invoice->bad[i].describe().c_str());
    }
}

void InvoiceTest::saysWhichColumnIsMissing()
{
    const auto none = parseInvoice("date,model,price\n", "i.csv");
    QVERIFY(!none.has_value());
    QVERIFY2(
        none.error().describe().starts_with("i.csv:1: which column is the amount? say --columns amount=NAME; "
                                            "the header has: date, model, price"),
        none.error().describe().c_str());
    QVERIFY(!parseInvoice("date,model,cost\n", "i.csv", {"Day", "", ""}).has_value());
    QVERIFY(!parseInvoice("", "i.csv").has_value());
}

void InvoiceTest::findsPlantedDifferences()
{
    const auto invoice = parseInvoice("date,model,cost\n2026-05-04,GPT-4o,1.00\n2026-05-04,gpt-4o,0.50\n"
                                      "2026-05-05,gpt-4o,2.00\n2026-05-05,o3,0.75\n2026-05-06,gpt-4o,-0.25\n",
                                      "i.csv");
    const auto all =
        reconcile(*invoice, {recorded("2026-05-03", "gpt-4o", 99), // before the invoice begins
                             recorded("2026-05-04", "gpt-4o", 1'500'000),
                             recorded("2026-05-05", "gpt-4o", 1'900'000, 2),
                             recorded("2026-05-05", "local", 0), recorded("2026-05-06", "mini", 30'000)});
    std::string text;
    for (const ReconciledLine& line : all.lines) {
        text += line.day + " " + line.model + " " + toString(line.difference) + " " +
                std::to_string(line.unknown) + "\n";
    }
    QCOMPARE(QString::fromStdString(text), QStringLiteral("2026-05-04 GPT-4o $0.000000 0\n"
                                                          "2026-05-05 gpt-4o $0.100000 2\n"
                                                          "2026-05-05 o3 $0.750000 0\n"
                                                          "2026-05-06 gpt-4o -$0.250000 0\n"
                                                          "2026-05-06 mini -$0.030000 0\n"));
    QCOMPARE(all.billed.microUsd, 4'000'000);
    QCOMPARE(all.recorded.microUsd, 3'430'000);
    QCOMPARE(all.unexplained.microUsd, 570'000);
    QCOMPARE(all.unknown, 2);
    QVERIFY(reconcile({}, {recorded("2026-05-04", "m", 1)}).lines.empty());
}

QTEST_APPLESS_MAIN(InvoiceTest)
#include "tst_invoice.moc"
