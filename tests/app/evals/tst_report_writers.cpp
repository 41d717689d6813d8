// The files that are made of a report: well-formed, valid, complete, and safe to open whatever a model said.
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <QtTest>

#include "app/evals/markup_text.h"
#include "app/evals/report_writers.h"
#include "tests/app/evals/made_report.h"

using namespace plumbline;
using namespace plumbline::evals;
using nlohmann::ordered_json;

namespace {

QString heardErrors;

void hearError(void*, const xmlError* error)
{
    heardErrors += QString::fromUtf8(error->message);
}

// Empty when `xml` is valid.
QString brokenRule(const std::string& xml)
{
    heardErrors.clear();
    xmlSetStructuredErrorFunc(nullptr, reinterpret_cast<xmlStructuredErrorFunc>(hearError));
    const QByteArray rules = qgetenv("PLUMBLINE_SOURCE_DIR") + "/tests/app/evals/junit_rules.xsd";
    xmlSchemaParserCtxt* parser = xmlSchemaNewParserCtxt(rules.constData());
    xmlSchema* schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema == nullptr) {
        return QStringLiteral("no rules: ") + heardErrors;
    }
    xmlDoc* document =
        xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "junit.xml", nullptr, XML_PARSE_NONET);
    if (document == nullptr) {
        xmlSchemaFree(schema);
        return QStringLiteral("not well-formed: ") + heardErrors;
    }
    xmlSchemaValidCtxt* context = xmlSchemaNewValidCtxt(schema);
    const int failed = xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(document);
    xmlSchemaFree(schema);
    return failed == 0 ? QString() : QStringLiteral("invalid: ") + heardErrors;
}

QString text(const std::string& bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace

class ReportWritersTest : public QObject {
    Q_OBJECT

private slots:
    void writesValidJunit();
    void showsACandidateThatIsItsOwnBaseline();
    void givesAStoppedRunNoVerdict();
    void skipsWhatIsSetAsideWithoutABaseline();
    void catchesBadJunit();
    void namesAllPlacesInJunit();
    void writesSarifOfTheRightShape();
    void pointsSarifAtThePrompt();
    void writesOnePageWithoutScripts();
    void showsEqualPairsInHtml();
    void summarisesForAPullRequest();
    void showsNoPersonalData_data();
    void showsNoPersonalData();
    void writesJsonForPrograms();
    void escapes_data();
    void escapes();
};

void ReportWritersTest::writesValidJunit()
{
    const Report report = makeReport(madeRequest());
    QCOMPARE(brokenRule(junitReport(report)), QString());
    ReportRequest empty = madeRequest();
    empty.results.clear();
    empty.suite.cases.clear();
    empty.suite.name.clear();
    QCOMPARE(brokenRule(junitReport(makeReport(empty))), QString());
}

void ReportWritersTest::showsACandidateThatIsItsOwnBaseline()
{
    ReportRequest request = madeRequest();
    request.run.settings.variants = {request.run.settings.variants[0]};
    request.results.clear();
    for (int index = 0; index < 40; ++index) {
        CaseResult broken = resultOf(index, false, 0);
        broken.state = CaseState::Broken;
        request.results.push_back(broken);
    }
    request.gates->gates[0].limit = .9;
    const Report report = makeReport(request);
    const std::string xml = junitReport(report);
    QCOMPARE(brokenRule(xml), QString());
    QVERIFY(text(xml).contains(QStringLiteral("name=\"made / policy-answer@v3 / embedded\"")));
    QVERIFY(text(xml).contains(QStringLiteral("tests=\"40\" failures=\"0\"")));
    QVERIFY(text(xml).contains(QStringLiteral("type=\"gate\"")));
    const QString summary = text(markdownReport(report));
    QVERIFY(summary.startsWith(QStringLiteral("## Evaluation of made: gates failed\n")));
    QVERIFY(summary.contains(QStringLiteral("### `policy-answer@v3 / embedded`")));
}

void ReportWritersTest::givesAStoppedRunNoVerdict()
{
    ReportRequest request = madeRequest();
    request.run.state = RunState::Stopped;
    request.run.done = 70;
    request.run.planned = 80;
    request.results.resize(70); // the candidate was asked 30 of 40
    const Report report = makeReport(request);
    QVERIFY(!report.passed());
    QVERIFY(!report.variants[1].comparison && !report.variants[1].gates);
    const std::string xml = junitReport(report);
    QCOMPARE(brokenRule(xml), QString());
    QVERIFY(text(xml).contains(QStringLiteral("<property name=\"state\" value=\"stopped\"/>")));
    QCOMPARE(text(xml).count(QStringLiteral("<skipped message=\"not run; the run is stopped\"/>")), 10);
    QVERIFY(!text(xml).contains(QStringLiteral("verdict")));
    const QString summary = text(markdownReport(report));
    QVERIFY(summary.startsWith(
        QStringLiteral("## Evaluation of made: no verdict, the run is stopped\n\n70 of 80")));
    QVERIFY(!summary.contains(QStringLiteral("Against")));
    QVERIFY(text(htmlReport(report)).contains(QStringLiteral("no verdict, the run is stopped")));
    const ordered_json json = jsonReport(report);
    QCOMPARE(json["state"].get<std::string>(), std::string("stopped"));
    QCOMPARE(json["passed"].get<bool>(), false);
}

void ReportWritersTest::skipsWhatIsSetAsideWithoutABaseline()
{
    ReportRequest request = madeRequest();
    request.baselineVariants.clear();
    const QString xml = text(junitReport(makeReport(request)));
    QCOMPARE(xml.count(QStringLiteral("<skipped message=\"set aside by Prompt team;")), 1);
    request.day = *parseDate("2027-01-01"); // its time is over
    QVERIFY(!text(junitReport(makeReport(request))).contains(QStringLiteral("<skipped")));
}

void ReportWritersTest::catchesBadJunit()
{
    std::string xml = junitReport(makeReport(madeRequest()));
    const std::string wanted = " hostname=\"localhost\"";
    std::string without = xml;
    without.erase(without.find(wanted), wanted.size());
    QVERIFY(brokenRule(without).startsWith(QStringLiteral("invalid")));
    xml.insert(xml.find("<testcase"), "<stray/>");
    QVERIFY(brokenRule(xml).startsWith(QStringLiteral("invalid")));
    QVERIFY(brokenRule("<testsuites>").startsWith(QStringLiteral("not well-formed")));
}

void ReportWritersTest::namesAllPlacesInJunit()
{
    const QString xml = text(junitReport(makeReport(madeRequest())));
    QVERIFY(xml.contains(QStringLiteral("name=\"made / policy-answer@v4 / embedded\"")));
    QVERIFY(!xml.contains(QStringLiteral("name=\"made / policy-answer@v3 / embedded\""))); // the baseline
    QVERIFY(xml.contains(QStringLiteral("tests=\"40\" failures=\"10\" errors=\"2\" skipped=\"1\"")));
    QVERIFY(xml.contains(
        QStringLiteral("<failure message=\"grounded: its sources say 5 minutes\" type=\"grounded\">")));
    QVERIFY(xml.contains(QStringLiteral("sentence &quot;Acknowledge within 50 minutes.&quot;")));
    QVERIFY(xml.contains(QStringLiteral("source   IR-001@3.1:1982-2065: &quot;must acknowledge")));
    QVERIFY(xml.contains(QStringLiteral("prompt   prompts/policy-answer/v4.md:3: answer:")));
    QVERIFY(xml.contains(QStringLiteral("<error message=\"broken: the server closed the connection\"")));
    QVERIFY(xml.contains(QStringLiteral("<skipped message=\"set aside by Prompt team;")));
    QVERIFY(xml.contains(QStringLiteral("name=\"gates of policy-answer@v4 / embedded\"")));
    QVERIFY(xml.contains(QStringLiteral("type=\"gate\"")));
    QVERIFY(!xml.contains(QStringLiteral("<script>")));
}

void ReportWritersTest::writesSarifOfTheRightShape()
{
    const ordered_json log = ordered_json::parse(sarifReport(makeReport(madeRequest())));
    QCOMPARE(log["version"].get<std::string>(), std::string("2.1.0"));
    QCOMPARE(log["runs"].size(), std::size_t{1});
    const ordered_json& run = log["runs"][0];
    QCOMPARE(run["tool"]["driver"]["name"].get<std::string>(), std::string("plumbline"));
    QCOMPARE(run["tool"]["driver"]["version"].get<std::string>(), std::string("0.1.0"));
    QCOMPARE(run["columnKind"].get<std::string>(), std::string("unicodeCodePoints"));
    std::set<std::string> rules;
    for (const ordered_json& rule : run["tool"]["driver"]["rules"]) {
        QVERIFY(rules.insert(rule["id"].get<std::string>()).second);
    }
    QCOMPARE(run["results"].size(), std::size_t{15}); // 13 cases, the gate and what was not executed
    const std::set<std::string> levels{"none", "note", "warning", "error"};
    for (const ordered_json& result : run["results"]) {
        QVERIFY(rules.contains(result["ruleId"].get<std::string>()));
        QVERIFY(levels.contains(result["level"].get<std::string>()));
        QVERIFY(!result["message"]["text"].get<std::string>().empty());
        QVERIFY(result["locations"][0]["physicalLocation"]["region"]["startLine"].get<int>() >= 1);
        const auto uri =
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].get<std::string>();
        QVERIFY(!uri.empty() && uri.front() != '/' && uri.find(':') == std::string::npos);
    }
}

void ReportWritersTest::pointsSarifAtThePrompt()
{
    const ordered_json log = ordered_json::parse(sarifReport(makeReport(madeRequest())));
    const auto& results = log["runs"][0]["results"];
    const auto place = std::ranges::find_if(
        results, [](const ordered_json& result) { return result["ruleId"] == "assertion/grounded"; });
    QVERIFY(place != results.end());
    const ordered_json& location = (*place)["locations"][0]["physicalLocation"];
    QCOMPARE(location["artifactLocation"]["uri"].get<std::string>(),
             std::string("prompts/policy-answer/v4.md"));
    QCOMPARE(location["region"]["startLine"].get<int>(), 3);
    QCOMPARE((*place)["level"].get<std::string>(), std::string("error"));
    QCOMPARE((*place)["relatedLocations"][1]["logicalLocations"][0]["fullyQualifiedName"].get<std::string>(),
             std::string("IR-001@3.1:1982-2065"));
    QCOMPARE((*place)["properties"]["sentence"]["text"].get<std::string>(),
             std::string("Acknowledge within 50 minutes."));
    QCOMPARE((*place)["partialFingerprints"].size(), std::size_t{1});
}

void ReportWritersTest::writesOnePageWithoutScripts()
{
    const QString page = text(htmlReport(makeReport(madeRequest())));
    QVERIFY(page.startsWith(QStringLiteral("<!DOCTYPE html>")));
    QVERIFY(!page.contains(QStringLiteral("<script")));
    QVERIFY(!page.contains(QStringLiteral("src=")));
    QVERIFY(!page.contains(QStringLiteral("href=")));
    QVERIFY(!page.contains(QStringLiteral("url(")));
    QVERIFY(page.contains(QStringLiteral("prefers-color-scheme: dark")));
    QVERIFY(page.contains(QStringLiteral("&lt;script&gt;alert(1)&lt;/script&gt;")));
    QVERIFY(page.contains(QStringLiteral("<mark>Acknowledge within 50 minutes.</mark>")));
    QVERIFY(page.contains(QStringLiteral("IR-001@3.1:1982-2065")));
    QVERIFY(page.contains(QStringLiteral("prompts/policy-answer/v4.md:3, differs from the baseline")));
    QVERIFY(page.contains(QStringLiteral("gates failed")));
    QVERIFY(page.contains(QStringLiteral("Not executed")));
    QCOMPARE(page.count(QStringLiteral("<details")), 13);
}

void ReportWritersTest::showsEqualPairsInHtml()
{
    ReportRequest request = madeRequest();
    request.results.clear();
    request.suite = suiteOf(400);
    request.quarantine.clear();
    for (int index = 0; index < 400; ++index) {
        request.results.push_back(resultOf(index, true, 0));
        request.results.push_back(resultOf(index, true, 1));
    }
    const Report report = makeReport(request);
    QVERIFY(report.passed());
    const QString page = text(htmlReport(report));
    QVERIFY(page.contains(QStringLiteral("gates passed")));
    QVERIFY(page.contains(QStringLiteral("no evidence")));
    QVERIFY(page.contains(QStringLiteral("2.0 points"))); // the smallest visible difference
    QVERIFY(text(markdownReport(report)).contains(QStringLiteral("No case failed.")));
}

void ReportWritersTest::summarisesForAPullRequest()
{
    const QString summary = text(markdownReport(makeReport(madeRequest())));
    QVERIFY(summary.startsWith(QStringLiteral("## Evaluation of made: gates failed\n")));
    QVERIFY(summary.contains(QStringLiteral("| `pass_rate` | **failed** |")));
    QVERIFY(summary.contains(QStringLiteral("**regressed**")));
    QVERIFY(summary.contains(QStringLiteral("broken: `c0`, `c1`")));
    QVERIFY(summary.contains(QStringLiteral("  - prompt: `prompts/policy-answer/v4.md:3`")));
    QVERIFY(summary.contains(QStringLiteral("- and 2 more")));
    QVERIFY(!summary.contains(QStringLiteral("<script")));
    QVERIFY(!summary.contains(QStringLiteral("@team")));
    for (const QString& line : summary.split(QLatin1Char('\n'))) {
        QVERIFY2(!line.startsWith(QStringLiteral("# ")),
                 qPrintable(line)); // no heading of the model's making
    }
}

void ReportWritersTest::showsNoPersonalData_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a card number") << QStringLiteral("4111 1111 1111 1111");
    QTest::newRow("an IBAN") << QStringLiteral("DE89 3704 0044 0532 0130 00");
    QTest::newRow("an e-mail address") << QStringLiteral("jane.roe@bank.example");
}

void ReportWritersTest::showsNoPersonalData()
{
    QFETCH(QString, text);
    const std::string secret = text.toStdString();
    const auto length = secret.size();
    ReportRequest request = madeRequest();
    request.suite.cases[0].question = "Whose is " + secret + "?";
    CaseResult& found = request.results[40]; // the place that the assertion names, without its text
    found.output = "Grüße: " + secret + ".";
    found.assertions[0].name = "no-personal-data";
    found.assertions[0].places = {{{}, {}, 7, 7 + length, {}}, {"IR-001", "3.1", 0, 90, "it is " + secret}};
    found.assertions[0].reason = "the output says " + secret;
    CaseResult& half = request.results[45]; // a place that holds a part of it
    half.output = "It is " + secret + ".";
    half.assertions[0].places = {{{}, {}, 0, 16, half.output.substr(0, 16)}};
    CaseResult& cutOff = request.results[46]; // the sentence and the source are cut within it
    cutOff.output = std::string(390, 'x') + " " + secret;
    cutOff.assertions[0].places.clear();
    cutOff.answerJson = R"({"sources":[{"n":1,"document":"A","version":"1","start":0,"end":9,"passage":")" +
                        cutOff.output + R"("}]})";
    CaseResult& unchecked = request.results[43];
    unchecked.assertions[0].reason = "cannot read " + secret;
    const Report report = makeReport(request);
    const std::string start = secret.substr(0, 8);
    for (const std::string& file :
         {junitReport(report), sarifReport(report), htmlReport(report), markdownReport(report),
          jsonReport(report).dump(-1, ' ', false, ordered_json::error_handler_t::replace)}) {
        QVERIFY2(file.find(start) == std::string::npos, file.c_str());
        QVERIFY(file.find("█") != std::string::npos);
    }
    const Failure failure = failuresOf(report).front();
    QCOMPARE(failure.sentence.start, std::size_t{7});
    QCOMPARE(codePointCount(failure.sentence.text), length);
    QVERIFY(failure.output.starts_with("Grüße: █") && failure.output.ends_with("█."));
}

void ReportWritersTest::writesJsonForPrograms()
{
    const ordered_json json = jsonReport(makeReport(madeRequest()));
    QCOMPARE(json["passed"].get<bool>(), false);
    QCOMPARE(json["variants"][1]["comparison"]["verdict"].get<std::string>(), std::string("regressed"));
    QCOMPARE(json["variants"][1]["gates"]["outcomes"][0]["state"].get<std::string>(), std::string("failed"));
    QCOMPARE(json["variants"][1]["comparison"]["broken"][0]["case"].get<std::string>(), std::string("c0"));
    QVERIFY(json["variants"][1]["comparison"]["metrics"][0]["smallest_visible"].get<double>() > 0);
    QCOMPARE(json["failures"][0]["prompt"]["line"].get<int>(), 3);
    QCOMPARE(json["failures"][0]["source"]["document"].get<std::string>(), std::string("IR-001"));
    QCOMPARE(json["not_executed"].size(), std::size_t{1});
    QVERIFY(json["variants"][0]["comparison"].is_null());
}

void ReportWritersTest::escapes_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("markup");
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("code");
    QTest::newRow("markup") << QByteArray("<b a=\"1\">&'")
                            << QStringLiteral("&lt;b a=&quot;1&quot;&gt;&amp;&#39;")
                            << QStringLiteral("&lt;b a=\"1\"&gt;&amp;'") << QStringLiteral("`<b a=\"1\">&'`");
    QTest::newRow("a table's cell") << QByteArray("a|b") << QStringLiteral("a|b") << QStringLiteral("a\\|b")
                                    << QStringLiteral("`a\\|b`");
    QTest::newRow("code in code") << QByteArray("a`b") << QStringLiteral("a`b") << QStringLiteral("a\\`b")
                                  << QStringLiteral("`a'b`");
    QTest::newRow("a mention and a link")
        << QByteArray("@x http://y") << QStringLiteral("@x http://y")
        << QStringLiteral("@&#8288;x http&#58;//y") << QStringLiteral("`@x http://y`");
    QTest::newRow("what XML cannot hold")
        << QByteArray("a\x01\x7f\xff\xef\xbf\xbe") << QStringLiteral("a\uFFFD\uFFFD\uFFFD\uFFFD")
        << QStringLiteral("a \uFFFD\uFFFE") << QStringLiteral("`a \uFFFD\uFFFE`");
    QTest::newRow("lines") << QByteArray("a\n# b\r\n") << QStringLiteral("a\n# b&#13;\n")
                           << QStringLiteral("a &#35; b") << QStringLiteral("`a # b`");
    QTest::newRow("nothing") << QByteArray() << QString() << QString() << QStringLiteral("` `");
}

void ReportWritersTest::escapes()
{
    QFETCH(QByteArray, given);
    QFETCH(QString, markup);
    QFETCH(QString, markdown);
    QFETCH(QString, code);
    const std::string bytes = given.toStdString();
    QCOMPARE(text(escapedMarkup(bytes)), markup);
    QCOMPARE(text(escapedMarkdown(bytes)), markdown);
    QCOMPARE(text(markdownCode(bytes)), code);
}

QTEST_APPLESS_MAIN(ReportWritersTest)
#include "tst_report_writers.moc"
