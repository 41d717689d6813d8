#include "app/corpus/applicability.h"

#include <sstream>

#include <QtTest/QtTest>

#include "app/base/text.h"

using namespace plumbline;
using namespace plumbline::corpus;

// One version a line: id version state approval effective expires supersedes, '-' for none; ends in the
// expected verdict.
class TestApplicability : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void comparesVersions_data();
    void comparesVersions();
};

namespace {

std::optional<Date> dateOf(const std::string& text)
{
    return text == "-" ? std::nullopt : std::optional<Date>(*parseDate(text));
}

Version versionOf(std::istringstream& line)
{
    std::string state;
    std::string approval;
    std::string effective;
    std::string expires;
    std::string supersedes;
    Version version;
    line >> version.id >> version.version >> state >> approval >> effective >> expires >> supersedes;
    version.quarantined = state == "quarantined";
    version.state = version.quarantined ? State::Approved : *parseState(state);
    version.approval = approval == "record" ? Approval::Recorded : Approval::None;
    version.effective = dateOf(effective);
    version.expires = dateOf(expires);
    if (supersedes != "-") {
        version.supersedes = {supersedes};
    }
    return version;
}

} // namespace

void TestApplicability::judges_data()
{
    QTest::addColumn<QByteArray>("asOf");
    QTest::addColumn<QByteArray>("drawing");
    const auto row = [](const char* name, const char* asOf, const char* drawing) {
        QTest::newRow(name) << QByteArray(asOf) << QByteArray(drawing);
    };
    row("an approved document without dates is usable", "2026-11-24", "A 1 approved record - - - usable");
    row("what nobody approved is not", "2026-11-24",
        "A 1 draft - - - - draft\nB 1 in_review - - - - in_review\nC 1 approved - - - - in_review");
    row("quarantine comes first", "2026-11-24", "A 1 quarantined record - - - quarantined");
    row("in force from its first day", "2026-02-01", "A 1 approved record 2026-02-01 - - usable");
    row("not a day before", "2026-01-31", "A 1 approved record 2026-02-01 - - not_yet_effective");
    row("usable on the day before it expires", "2026-01-31", "A 1 approved record - 2026-02-01 - usable");
    row("no longer on the day", "2026-02-01", "A 1 approved record - 2026-02-01 - expired");
    row("a higher version takes over", "2026-02-01",
        "A 2.9 approved record 2025-01-01 - - superseded\nA 2.10 approved record 2026-02-01 - - usable");
    row("and not before it is in force", "2026-01-31",
        "A 2.9 approved record 2025-01-01 - - usable\nA 2.10 approved record 2026-02-01 - - "
        "not_yet_effective");
    row("a draft takes nothing over", "2026-02-01",
        "A 1 approved record - - - usable\nA 2 draft - - - - draft");
    row("nor does a version in quarantine", "2026-02-01",
        "A 1 approved record - - - usable\nA 2 quarantined record - - - quarantined");
    row("a version marked superseded answers for its time", "2025-06-01",
        "A 1 superseded - 2025-01-01 - - usable\nA 2 approved record 2026-01-01 - A@1 not_yet_effective");
    row("and is over when its successor is in force", "2026-06-01",
        "A 1 superseded - 2025-01-01 - - superseded\nA 2 approved record 2026-01-01 - A@1 usable");
    row("without successor or expiry it is never usable", "2025-06-01",
        "A 1 superseded - 2025-01-01 - - superseded");
    row("with an expiry it was usable until then", "2025-06-01",
        "A 1 superseded - 2025-01-01 2026-01-01 - usable");
    row("another document may name it", "2026-06-01",
        "A 1 approved record - - - superseded\nB 1 approved record 2026-01-01 - A@1 usable");
    row("an id alone names every version of another document", "2026-06-01",
        "A 1 approved record - - - superseded\nA 2 approved record - - - superseded\nB 1 approved record - - "
        "A usable");
    row("an id alone names the lower versions of its own", "2026-06-01",
        "A 1 approved record - - - superseded\nA 2 approved record - - A usable\nA 3 draft - - - - draft");
    row("naming itself does nothing", "2026-06-01", "A 1 approved record - - A@1 usable");
    row("an expired successor does not bring the old text back", "2026-06-01",
        "A 1 approved record - - - superseded\nA 2 approved record 2026-01-01 2026-02-01 - expired");
    row("three in a row: the one of the time", "2025-06-01",
        "A 1 superseded - 2023-01-01 - - superseded\nA 2 superseded - 2025-01-01 - - usable\nA 3 approved "
        "record 2026-01-01 - - not_yet_effective");
}

void TestApplicability::judges()
{
    QFETCH(QByteArray, asOf);
    QFETCH(QByteArray, drawing);
    std::vector<Version> versions;
    std::string expected;
    for (const QByteArray& text : drawing.split('\n')) {
        std::istringstream line(text.toStdString());
        versions.push_back(versionOf(line));
        std::string verdict;
        line >> verdict;
        expected += verdict + ' ';
    }
    std::string actual;
    for (const Verdict verdict : judge(versions, *parseDate(asOf.toStdString()))) {
        actual += std::string(corpus::toString(verdict)) + ' ';
    }
    QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected));
}

void TestApplicability::comparesVersions_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("order");
    QTest::newRow("by numbers, not by characters") << QByteArray("2.10") << QByteArray("2.9") << 1;
    QTest::newRow("the same") << QByteArray("2.1") << QByteArray("2.1") << 0;
    QTest::newRow("leading zeros do not count") << QByteArray("2.01") << QByteArray("2.1") << 0;
    QTest::newRow("longer is later") << QByteArray("2") << QByteArray("2.1") << -1;
    QTest::newRow("letters by code") << QByteArray("1.0-beta") << QByteArray("1.0-rc") << -1;
    QTest::newRow("numbers too large for any integer")
        << QByteArray("99999999999999999999") << QByteArray("100000000000000000000") << -1;
}

void TestApplicability::comparesVersions()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(int, order);
    QCOMPARE(compareVersions(left.toStdString(), right.toStdString()), order);
    QCOMPARE(compareVersions(right.toStdString(), left.toStdString()), -order);
}

QTEST_APPLESS_MAIN(TestApplicability)
#include "tst_applicability.moc"
