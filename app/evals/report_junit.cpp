#include <array>
#include <charconv>
#include <map>

#include "app/base/text.h"
#include "app/evals/failure_text.h"
#include "app/evals/markup_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::evals {

namespace {

struct TestCase {
    std::string name;
    std::string classname;
    double milliseconds = 0;
    std::string element; // "failure", "error", "skipped"; empty = passed
    std::string type;
    std::string message;
    std::string body;
};

std::string attribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + escapedMarkup(foldedWhitespace(value)) + "\"";
}

std::string seconds(double milliseconds)
{
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), milliseconds / 1000,
                                   std::chars_format::fixed, 3);
    return {text.data(), end.ptr};
}

std::string written(const TestCase& test)
{
    std::string out = "    <testcase" + attribute("name", test.name) +
                      attribute("classname", test.classname) + attribute("time", seconds(test.milliseconds));
    if (test.element.empty()) {
        return out + "/>\n";
    }
    out += ">\n      <" + test.element;
    if (test.element == "skipped") {
        out += attribute("message", test.message) + "/>\n";
    } else {
        out += attribute("message", test.message) + attribute("type", test.type) + ">" +
               escapedMarkup(test.body) + "</" + test.element + ">\n";
    }
    return out + "    </testcase>\n";
}

std::string property(const char* name, std::string_view value)
{
    return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

// Required attributes may not be empty, and a name that is nothing tells nobody anything.
std::string orDash(std::string_view text)
{
    return text.empty() ? std::string("-") : std::string(text);
}

std::string suiteText(const Report& report, int id, const std::string& name,
                      const std::vector<TestCase>& tests, const std::string& properties)
{
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    double time = 0;
    std::string body;
    for (const TestCase& test : tests) {
        failures += test.element == "failure" ? 1 : 0;
        errors += test.element == "error" ? 1 : 0;
        skipped += test.element == "skipped" ? 1 : 0;
        time += test.milliseconds;
        body += written(test);
    }
    std::string out =
        "  <testsuite" + attribute("package", orDash(report.suite.name)) +
        attribute("id", std::to_string(id)) + attribute("name", orDash(name)) +
        attribute("timestamp", plumbline::toString(report.run.started).substr(0, 19)) +
        attribute("hostname", "localhost") + attribute("tests", std::to_string(tests.size())) +
        attribute("failures", std::to_string(failures)) + attribute("errors", std::to_string(errors)) +
        attribute("skipped", std::to_string(skipped)) + attribute("time", seconds(time)) + ">\n";
    out += "    <properties>\n" + properties + "    </properties>\n" + body;
    return out + "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
}

TestCase failed(TestCase test, const Failure& failure)
{
    const bool error = failure.state == CaseState::Broken || failure.outcome == Outcome::NotExecutable;
    test.element = !failure.setAsideBy.empty() ? "skipped" : error ? "error" : "failure";
    test.type = failure.check;
    test.message = headline(failure);
    if (!failure.setAsideBy.empty()) {
        test.message = "set aside by " + failure.setAsideBy + "; " + test.message;
    }
    test.body = "\n" + describe(failure);
    return test;
}

std::string variantSuite(const Report& report, int id, int variant,
                         const std::map<std::pair<int, std::string_view>, const Failure*>& failures)
{
    const VariantReport& one = report.variants[static_cast<std::size_t>(variant)];
    std::map<std::string_view, double> milliseconds;
    for (const CaseResult& result : report.results) {
        if (result.variant == variant) {
            milliseconds[result.caseId] += result.latency.total;
        }
    }
    std::vector<TestCase> tests;
    for (const Case& asked : report.suite.cases) {
        const auto time = milliseconds.find(asked.id);
        TestCase test{orDash(asked.id), orDash(report.suite.name + "." + one.name), 0, {}, {}, {}, {}};
        if (time == milliseconds.end()) {
            test.element = "skipped";
            test.message = "not run; the run is " + std::string(toString(report.run.state));
            tests.push_back(std::move(test));
            continue;
        }
        test.milliseconds = time->second;
        const auto place = failures.find({variant, asked.id});
        tests.push_back(place == failures.end() ? test : failed(std::move(test), *place->second));
    }
    std::string properties = property("run", report.run.id) + property("state", toString(report.run.state)) +
                             property("suite", report.suite.path) +
                             property("suite digest", report.suite.digest);
    if (one.comparison) {
        properties += property("baseline", one.comparison->before) +
                      property("verdict", toString(one.comparison->verdict));
        for (const MetricComparison& metric : one.comparison->metrics) {
            if (metric.blocking) {
                properties += property("comparison", sentence(metric));
            }
        }
    }
    return suiteText(report, id, report.suite.name + " / " + one.name, tests, properties);
}

std::string gateSuite(const Report& report, int id, const GateReport& gates)
{
    std::vector<TestCase> tests;
    for (const GateOutcome& outcome : gates.outcomes) {
        const std::string tier = outcome.riskTier.empty() ? "" : " (risk tier " + outcome.riskTier + ")";
        TestCase test{outcome.metric + tier, "gates." + gates.context, 0, {}, {}, {}, {}};
        if (outcome.state == GateState::Failed) {
            test.element = "failure";
            test.type = "gate";
            test.message = outcome.reason;
            test.body = "\ngate     " + outcome.where + "\n";
            for (const std::string& caseId : outcome.cases) {
                test.body += "case     " + caseId + "\n";
            }
        }
        tests.push_back(std::move(test));
    }
    return suiteText(report, id, "gates of " + gates.subject, tests,
                     property("context", gates.context) + property("run", report.run.id));
}

} // namespace

std::string junitReport(const Report& report)
{
    const std::vector<Failure> failures = failuresOf(report);
    std::map<std::pair<int, std::string_view>, const Failure*> byCase;
    for (const Failure& failure : failures) {
        byCase[{failure.variant, failure.caseId}] = &failure;
    }
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    int id = 0;
    for (int variant = 0; variant < static_cast<int>(report.variants.size()); ++variant) {
        const VariantReport& one = report.variants[static_cast<std::size_t>(variant)];
        if (one.baseline) {
            continue;
        }
        out += variantSuite(report, id++, variant, byCase);
        if (one.gates) {
            out += gateSuite(report, id++, *one.gates);
        }
    }
    return out + "</testsuites>\n";
}

} // namespace plumbline::evals
