// Which price holds for which model on which day, and what a call costs at it.
#include <QtTest>

#include <random>

#include <nlohmann/json.hpp>

#include "app/llm/price_table.h"

using namespace plumbline;
using namespace plumbline::llm;

namespace {

Date day(const char* text)
{
    return *parseDate(text);
}

constexpr const char* kPrices = R"({"prices": [
  {"model": "m-*", "input": "1.00", "output": "2.00"},
  {"model": "m-large*", "input": "3.00", "output": "4.00"},
  {"model": "m-large", "input": "10", "cached_input": "2.5", "output": "40", "until": "2025-06-09"},
  {"model": "m-large", "input": "2", "cached_input": "0.5", "output": "8", "from": "2025-06-10"},
  {"model": "e-*-v1", "input": "0.02"},
  {"model": "own", "free": true}
]})";

const PriceTable& table()
{
    static const PriceTable kTable = *PriceTable::parse(kPrices, "prices.json");
    return kTable;
}

Usage usage(std::int64_t input, std::int64_t cached, std::int64_t output, std::int64_t reasoning = 0)
{
    return {{input}, {cached}, {output}, {reasoning}, false};
}

} // namespace

class PriceTableTest : public QObject {
    Q_OBJECT

private slots:
    void findsThePrice_data();
    void findsThePrice();
    void doesNotKnowAllModels();
    void letsTheWorkspaceWin();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void knowsWhatItCameWith();
    void costs_data();
    void costs();
    void countsCachedTokensOnce();
    void roundsOnceForACall();
    void survivesAbsurdCounts();
};

void PriceTableTest::findsThePrice_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("on");
    QTest::addColumn<qint64>("input");
    QTest::addColumn<qint64>("output");
    QTest::newRow("by a pattern") << "m-small"
                                  << "2025-01-01" << qint64{1'000'000} << qint64{2'000'000};
    QTest::newRow("by the longer pattern") << "m-large-2"
                                           << "2025-01-01" << qint64{3'000'000} << qint64{4'000'000};
    QTest::newRow("on the last day of the old price")
        << "m-large"
        << "2025-06-09" << qint64{10'000'000} << qint64{40'000'000};
    QTest::newRow("on the first day of the new price")
        << "m-large"
        << "2025-06-10" << qint64{2'000'000} << qint64{8'000'000};
    QTest::newRow("a model of vectors") << "e-big-v1"
                                        << "2025-01-01" << qint64{20'000} << qint64{0};
    QTest::newRow("free") << "own"
                          << "2025-01-01" << qint64{0} << qint64{0};
}

void PriceTableTest::findsThePrice()
{
    QFETCH(QString, model);
    QFETCH(QString, on);
    const auto price = table().priceOf(model.toStdString(), day(on.toLatin1().constData()));
    QVERIFY(price.has_value());
    QTEST(qint64{price->input.microUsd}, "input");
    QTEST(qint64{price->output.microUsd}, "output");
}

void PriceTableTest::doesNotKnowAllModels()
{
    QVERIFY(!table().priceOf("another", day("2025-01-01")).has_value());
    QVERIFY(!table().priceOf("e-big-v2", day("2025-01-01")).has_value());
    QVERIFY(!table().priceOf("", day("2025-01-01")).has_value());
    QVERIFY(!PriceTable().priceOf("m-large", day("2025-01-01")).has_value());
}

void PriceTableTest::letsTheWorkspaceWin()
{
    PriceEntry mine;
    mine.model = "m-*";
    mine.price = {Money{1}, Money{1}, Money{1}, Money{1}};
    const PriceTable both = table().withOverrides({mine});
    QCOMPARE(both.priceOf("m-large", day("2025-07-01"))->input.microUsd, 1);
    QCOMPARE(both.priceOf("own", day("2025-07-01"))->input.microUsd, 0);
}

void PriceTableTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no list") << "{}"
                             << "p.json:1:1: expected an object with a list 'prices'";
    QTest::newRow("no model") << "{\"prices\":\n [{\"input\": \"1\", \"output\": \"1\"}]}"
                              << "p.json:2:3: model must name";
    QTest::newRow("no amount") << "{\"prices\":\n [{\"model\": \"a\"}]}"
                               << "p.json:2:3: lacks 'input'";
    QTest::newRow("below nothing") << "{\"prices\": [{\"model\": \"a\",\n\"input\": \"-1\"}]}"
                                   << "p.json:2:1: input must be USD per million tokens, 0 or more";
    QTest::newRow("too fine") << "{\"prices\": [{\"model\": \"a\",\n\"input\": \"0.0000001\"}]}"
                              << "p.json:2:1: input must be";
    QTest::newRow("no such day")
        << "{\"prices\": [{\"model\": \"a\", \"input\": 1,\n\"from\": \"2025-02-30\"}]}"
        << "p.json:2:1: from: ";
    QTest::newRow("over before it begins") << "{\"prices\": [{\"model\": \"a\", \"input\": 1, \"from\": "
                                              "\"2025-02-02\",\n\"until\": \"2025-02-01\"}]}"
                                           << "p.json:2:1: until must not be before from";
}

void PriceTableTest::saysWhatIsWrong()
{
    QFETCH(QString, json);
    QFETCH(QString, expected);
    const auto parsed = PriceTable::parse(json.toStdString(), "p.json");
    QVERIFY(!parsed.has_value());
    QVERIFY(parsed.error().code == ErrorCode::BadInput);
    const QString said = QString::fromStdString(parsed.error().describe());
    QVERIFY2(said.startsWith(expected), qPrintable(said));
}

void PriceTableTest::knowsWhatItCameWith()
{
    const auto builtIn = PriceTable::builtIn();
    QVERIFY2(builtIn.has_value(), builtIn ? "" : builtIn.error().describe().c_str());
    QVERIFY(builtIn->published().size() >= 12);
    for (const PriceEntry& entry : builtIn->published()) {
        QVERIFY2(!entry.source.empty() && entry.from.has_value(), entry.model.c_str());
        QVERIFY2(entry.price.cachedInput <= entry.price.input, entry.model.c_str());
    }
    QCOMPARE(builtIn->priceOf("gpt-4o-mini", day("2025-11-01"))->input.microUsd, 150'000);
    QCOMPARE(builtIn->priceOf("gpt-4o-mini-2024-07-18", day("2025-11-01"))->output.microUsd, 600'000);
    QCOMPARE(builtIn->priceOf("o3", day("2025-06-09"))->input.microUsd, 10'000'000);
    QCOMPARE(builtIn->priceOf("o3", day("2025-06-10"))->input.microUsd, 2'000'000);
    QVERIFY(!builtIn->priceOf("llama-3.1-8b-instruct", day("2025-11-01")).has_value());
}

void PriceTableTest::costs_data()
{
    QTest::addColumn<qint64>("input");
    QTest::addColumn<qint64>("cached");
    QTest::addColumn<qint64>("output");
    QTest::addColumn<qint64>("reasoning");
    QTest::addColumn<qint64>("micro");
    // at 2.00, cached 0.50, output 8.00, reasoning 10.00
    const auto row = [](const char* name, qint64 in, qint64 cached, qint64 out, qint64 reasoning,
                        qint64 micro) { QTest::newRow(name) << in << cached << out << reasoning << micro; };
    row("nothing costs nothing", 0, 0, 0, 0, 0);
    row("input alone", 1'000, 0, 0, 0, 2'000);
    row("half of it cached", 1'000, 500, 0, 0, 1'250);
    row("all of it cached", 1'000, 1'000, 0, 0, 500);
    row("more cached than there was counts as all", 1'000, 2'800, 0, 0, 500);
    row("output alone", 0, 0, 1'000, 0, 8'000);
    row("some of it reasoning", 0, 0, 1'000, 400, 8'800);
    row("more reasoning than output counts as all", 0, 0, 10, 400, 100);
    row("counts below nothing are nothing", -5, -5, -5, -5, 0);
}

void PriceTableTest::costs()
{
    QFETCH(qint64, input);
    QFETCH(qint64, cached);
    QFETCH(qint64, output);
    QFETCH(qint64, reasoning);
    const Price price{Money{2'000'000}, Money{500'000}, Money{8'000'000}, Money{10'000'000}};
    QTEST(qint64{cost(usage(input, cached, output, reasoning), price).microUsd}, "micro");
}

// Over many random calls: a token moved from the fresh to the cached ones saves exactly the difference of the
// two prices, and never adds anything.
void PriceTableTest::countsCachedTokensOnce()
{
    std::mt19937_64 random(7);
    const auto upTo = [&](std::int64_t most) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
    };
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t fresh = upTo(50) * 1'000'000;
        const std::int64_t cheap = upTo(fresh);
        const Price price{Money{fresh}, Money{cheap}, Money{upTo(90'000'000)}, Money{upTo(90'000'000)}};
        const std::int64_t input = upTo(2'000'000);
        const std::int64_t cached = upTo(input);
        const std::int64_t output = upTo(20'000);
        const auto all = cost(usage(input, cached, output), price).microUsd;
        const auto plain = cost(usage(input, 0, output), price).microUsd;
        QVERIFY(all <= plain && all >= 0);
        // Both are within half a micro-dollar of the exact sum, so the saving is within one.
        const auto saved = static_cast<long double>(cached) * static_cast<long double>(fresh - cheap) / 1e6L;
        QVERIFY(std::abs(static_cast<long double>(plain - all) - saved) <= 1.0L);
    }
}

void PriceTableTest::roundsOnceForACall()
{
    // 0.3 + 0.3 of a micro-dollar are 0.6, and that is 1; rounded part by part it would be 0.
    const Price price{Money{300'000}, Money{300'000}, Money{300'000}, Money{300'000}};
    QCOMPARE(cost(usage(1, 0, 1), price).microUsd, 1);
    QCOMPARE(cost(usage(1, 0, 0), price).microUsd, 0);
    const Price half{Money{500'000}, Money{}, Money{}, Money{}};
    QCOMPARE(cost(usage(1, 0, 0), half).microUsd, 1);
}

void PriceTableTest::survivesAbsurdCounts()
{
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const Price price{Money{most}, Money{most}, Money{most}, Money{most}};
    QCOMPARE(cost(usage(most, 0, 0), price).microUsd, most);
}

QTEST_APPLESS_MAIN(PriceTableTest)
#include "tst_price_table.moc"
