// The Evaluations page's services with the real engine behind them: a small suite is run, read, judged and
// compared.
#include <QtTest>

#include "app/base/file.h"
#include "app/workspace/workspace.h"
#include "tests/flows/support/small_workspace.h"
#include "ui/shell/evals_services.h"

using namespace plumbline;
using namespace plumbline::ui::evals;

namespace {

constexpr const char* kSuite =
    R"({"id": "F-1", "kind": "answerable", "question": "Within how many minutes is a falcon alarm acknowledged?", "document": "FAL-001", "version": "1.0", "facts": ["12 minutes"]}
{"id": "F-2", "kind": "answerable", "question": "When are the mews cleaned?", "document": "FAL-001", "version": "1.0", "facts": ["Tuesdays"]}
{"id": "F-3", "kind": "off_topic", "question": "What does the moon cost in dollars?"}
)";

struct Desk {
    tests::TemporaryFolder folder;
    std::shared_ptr<workspace::Workspace> workspace;
    Services services;

    Desk()
    {
        folder.write("workspace.yaml",
                     "name: small\ndocuments: {include: [documents]}\n"
                     "approval: {default: draft}\nactor: A Tester\n"
                     "models:\n  rehearsal:\n    kind: simulated\n    model: rehearsal-1\n");
        folder.write("documents/falcon.md",
                     tests::policy({.id = "FAL-001",
                                    .body = "# Falcon alarms\n\n## Who answers\n\nA falcon alarm is "
                                            "acknowledged within 12 minutes by the Duty Lead. The mews are "
                                            "cleaned on Mondays.\n"}));
        for (const char* other : {"harbour", "orchard", "quarry", "foundry", "granary", "brewery"}) {
            const std::string name = other;
            folder.write("documents/" + name + ".md",
                         tests::policy({.id = name,
                                        .body = "# The " + name + "\n\nThe " + name +
                                                " opens at eight and closes at six.\n"}));
        }
        folder.write("suites/birds.jsonl", kSuite);
        auto opened = workspace::Workspace::open(folder.path());
        if (!opened)
            qFatal("%s", opened.error().describe().c_str());
        workspace = std::move(*opened);
        if (const auto report = workspace->indexer().run(workspace->indexOptions(), {}, {}); !report)
            qFatal("%s", report.error().describe().c_str());
        services = ui::shell::evalsServices(workspace, workspace->actor());
    }

    std::string run(const RunOrder& order)
    {
        const auto run = services.run(order, {}, [this](const Live& live) { last = live; });
        if (!run)
            qFatal("%s", run.error().describe().c_str());
        return run->id;
    }

    Live last;
};

RunOrder order(int repeats = 1)
{
    return {"suites/birds.jsonl", {"extractive@1"}, {"embedded"}, repeats, 2};
}

// One letter a case: p passed, f failed, e error.
QString drawn(const Matrix& matrix, std::size_t column)
{
    QString text;
    for (std::size_t row = 0; row < matrix.cases.size(); ++row) {
        const MatrixCell& cell = matrix.at(row, column);
        text += cell.broken > 0 ? u'e' : cell.repeats > 0 && cell.passed == cell.repeats ? u'p' : u'f';
    }
    return text;
}

} // namespace

class TestEvalsServices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void suitesPromptsAndModelsCanBeChosen()
    {
        Desk desk;
        desk.folder.write("suites/broken.yaml", "cases: [");
        desk.folder.write("suites/quarantine.yaml", "quarantine: []\n");
        const auto choices = desk.services.choices({});
        QVERIFY(choices.has_value());
        QCOMPARE(choices->suites.size(), std::size_t{2});
        QCOMPARE(choices->suites[0].name, std::string("birds"));
        QCOMPARE(choices->suites[0].cases, std::size_t{3});
        QVERIFY2(choices->suites[1].problem.find("suites/broken.yaml:1") != std::string::npos,
                 choices->suites[1].problem.c_str());
        QCOMPARE(choices->models, (std::vector<std::string>{"embedded", "rehearsal"}));
        QCOMPARE(choices->prompts.front(), std::string("extractive@1"));
    }

    void aDryRunSaysWhatTheRunTakesAndCanShow()
    {
        Desk desk;
        const auto plan = desk.services.plan(order(2), {}, {});
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().describe().c_str());
        QCOMPARE(plan->answers, std::int64_t{6});
        QVERIFY(plan->cost && plan->cost->microUsd == 0);
        QVERIFY(plan->smallestVisible && *plan->smallestVisible > 0.5); // three cases can show little
        RunOrder twice = order(2);
        twice.prompts.emplace_back("extractive@1");
        QCOMPARE(desk.services.plan(twice, {}, {})->answers,
                 std::int64_t{6}); // the same version, named twice
        QVERIFY(!desk.services.plan({"suites/none.yaml", {}, {"embedded"}, 1, 1}, {}, {}).has_value());
    }

    void aRunIsToldListedAndReadAsAMatrix()
    {
        Desk desk;
        const std::string id = desk.run(order(2));
        QCOMPARE(desk.last.run.done, std::int64_t{6});
        QCOMPARE(desk.last.run.planned, std::int64_t{6});
        std::string failures;
        for (const LiveFailure& failure : desk.last.failures)
            failures += failure.caseId + ": " + failure.reason + "\n";
        QVERIFY2(desk.last.failed == 2, failures.c_str()); // F-2, twice
        QVERIFY(failures.find("F-2: answers-fact: the answer lacks") != std::string::npos);
        const auto rows = desk.services.runs({});
        QVERIFY(rows && rows->size() == 1);
        QCOMPARE(rows->front().run.id, id);
        QCOMPARE(rows->front().tallies[0].passed, std::int64_t{6} - desk.last.failed);
        QCOMPARE(rows->front().tallies[0].results, std::int64_t{6});
        QVERIFY(rows->front().cost && rows->front().cost->microUsd == 0);
        const auto matrix = desk.services.matrix(id, {}, {}, {});
        QVERIFY(matrix.has_value());
        QCOMPARE(drawn(**matrix, 0), QStringLiteral("pfp"));
        QCOMPARE((*matrix)->at(2, 0).refused, std::uint8_t{2});
        QCOMPARE((*matrix)->columns[0].title(), std::string("extractive@1 / embedded"));
        QVERIFY(!desk.services.matrix("r-none", {}, {}, {}).has_value());
    }

    void aCaseHasItsSentencesOnTheirSources()
    {
        Desk desk;
        const std::string id = desk.run(order());
        const auto matrix = desk.services.matrix(id, {}, {}, {});
        const auto detail = desk.services.showCase({"F-1", (*matrix)->columns}, {});
        QVERIFY2(detail.has_value(), detail ? "" : detail.error().describe().c_str());
        QCOMPARE(detail->entry.expected.facts, std::vector<std::string>{"12 minutes"});
        const Attempt& attempt = detail->attempts[0][0];
        QVERIFY(!attempt.sentences.empty());
        const SentenceView& sentence = attempt.sentences.front();
        QVERIFY(sentence.supported);
        QVERIFY(!sentence.evidence.empty());
        const SourceView& source = attempt.sources[static_cast<std::size_t>(sentence.evidence[0].source)];
        QCOMPARE(std::string(CodePoints(source.text).slice(sentence.evidence[0].span)), sentence.text);
        QVERIFY(!desk.services.showCase({"F-9", (*matrix)->columns}, {}).has_value());
    }

    void aPersonsWordIsKeptWithTheCase()
    {
        Desk desk;
        const std::string id = desk.run(order());
        const auto columns = (*desk.services.matrix(id, {}, {}, {}))->columns;
        QVERIFY(desk.services.judge(columns[0], "F-2", 0, Opinion::Disagree, "Mondays is right").has_value());
        const auto detail = desk.services.showCase({"F-2", columns}, {});
        QVERIFY(detail && detail->attempts[0][0].human);
        QVERIFY(detail->attempts[0][0].human->opinion == Opinion::Disagree);
        QCOMPARE(detail->attempts[0][0].human->note, std::string("Mondays is right"));
        QCOMPARE(detail->attempts[0][0].human->who, std::string("A Tester"));
        QVERIFY(!desk.services.judge(columns[0], "F-2", 7, Opinion::Agree, {}).has_value());
    }

    void twoRunsAreComparedAndHeldToTheGates()
    {
        Desk desk;
        desk.folder.write("gates.yaml",
                          "contexts:\n  ci:\n    gates:\n      - {metric: pass_rate, direction: "
                          "higher, limit: 0.9}\n");
        const std::string first = desk.run(order());
        const std::string second = desk.run(order());
        const auto matrix = desk.services.matrix(second, first, {}, {});
        QVERIFY(matrix && (*matrix)->columns.size() == 2);
        QCOMPARE(drawn(**matrix, 0), drawn(**matrix, 1));
        const auto compared = desk.services.compare((*matrix)->columns[1], (*matrix)->columns[0], {}, {});
        QVERIFY2(compared.has_value(), compared ? "" : compared.error().describe().c_str());
        QVERIFY(!compared->metrics.empty());
        QCOMPARE(compared->metrics[0].label, std::string("Pass rate"));
        QVERIFY(compared->metrics[0].verdict == Verdict::Underpowered);
        QCOMPARE(compared->metrics[0].cases, std::int64_t{3});
        const bool held = std::any_of(compared->gates.begin(), compared->gates.end(), [](const auto& gate) {
            return gate.where.starts_with("gates.yaml") && gate.state == GateState::Failed;
        });
        QVERIFY(held);
        desk.folder.write("gates.yaml", "contexts: [");
        const auto broken = desk.services.compare((*matrix)->columns[1], (*matrix)->columns[0], {}, {});
        QVERIFY(!broken.has_value() && broken.error().describe().find("gates.yaml") != std::string::npos);
    }

    void whyACaseChangedIsAskedAgain()
    {
        Desk desk;
        const std::string first = desk.run(order());
        std::string suite = kSuite;
        suite.replace(suite.find("Tuesdays"), 8, "Mondays");
        desk.folder.write("suites/birds.jsonl", suite);
        const std::string second = desk.run(order());
        const auto columns = (*desk.services.matrix(second, first, {}, {}))->columns;
        const auto why = desk.services.why("F-2", columns[1], columns[0], {});
        QVERIFY2(why.has_value(), why ? "" : why.error().describe().c_str());
        QCOMPARE(why->size(), std::size_t{3});
        QCOMPARE(why->at(0), std::string("It is the assertion."));
        QVERIFY2(why->at(1).starts_with("As the baseline: failed (answers-fact: "), why->at(1).c_str());
        QCOMPARE(why->at(2), std::string("With the candidate's assertion: passed"));
        const auto alike = desk.services.why("F-1", columns[1], columns[0], {});
        QVERIFY(alike.has_value());
        QCOMPARE(alike->at(0), std::string("Nothing differs between the two."));
        QVERIFY(desk.services.why("F-9", columns[1], columns[0], {}).error().code == ErrorCode::NotFound);
        MatrixColumn none = columns[0];
        none.variant = 7;
        QVERIFY(desk.services.why("F-1", columns[1], none, {}).error().code == ErrorCode::BadInput);
    }

    void aRunIsWrittenAsOnePage()
    {
        Desk desk;
        desk.folder.write("gates.yaml",
                          "contexts:\n  ci:\n    gates:\n      - {metric: pass_rate, direction: higher, "
                          "limit: 0.1}\n  release:\n    gates:\n      - {metric: pass_rate, direction: "
                          "higher, limit: 0.95}\n");
        RunOrder two = order();
        two.models = {"embedded", "rehearsal"};
        const std::string id = desk.run(two);
        const auto columns = (*desk.services.matrix(id, {}, {}, {}))->columns;
        QCOMPARE(columns.size(), std::size_t{2});
        const std::string path = (desk.folder.path() / "report.html").string();
        const auto page = [&](const std::string& run, const std::optional<MatrixColumn>& baseline) {
            const auto done = desk.services.writeHtml(run, baseline, path);
            if (!done)
                qFatal("%s", done.error().describe().c_str());
            return readFile(path, 8U << 20U).value_or(std::string());
        };
        const std::string alone = page(id, std::nullopt);
        QVERIFY(alone.find(id) != std::string::npos);
        QVERIFY(alone.find(", the baseline") == std::string::npos);
        QVERIFY(alone.find("Gates for release: failed") !=
                std::string::npos); // the strictest, as on the page
        QVERIFY(page(id, columns[0]).find("extractive@1 / embedded, the baseline") != std::string::npos);
        const std::string later = desk.run(order());
        QVERIFY(page(later, columns[1]).find("extractive@1 / rehearsal") != std::string::npos);
        QVERIFY(!desk.services.writeHtml("r-none", std::nullopt, path).has_value());
        QVERIFY(!desk.services.writeHtml(id, std::nullopt, path + "/below").has_value());
    }

    void aStoppedRunIsResumed()
    {
        Desk desk;
        std::stop_source stop;
        const auto run =
            desk.services.run(order(), stop.get_token(), [&](const Live&) { stop.request_stop(); });
        QVERIFY(run.has_value());
        QVERIFY(run->state == plumbline::evals::RunState::Stopped);
        const auto whole = desk.services.resume(run->id, {}, [](const Live&) {});
        QVERIFY2(whole.has_value(), whole ? "" : whole.error().describe().c_str());
        QVERIFY(whole->state == plumbline::evals::RunState::Finished);
        QCOMPARE(whole->done, std::int64_t{3});
    }
};

QTEST_GUILESS_MAIN(TestEvalsServices)
#include "tst_evals_services.moc"
