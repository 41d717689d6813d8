#include "tests/ui/support/fake_evals.h"

namespace plumbline::tests {

using namespace ui::evals;
using plumbline::evals::RunState;

namespace {

MatrixCell cell(int passed, int repeats, float score)
{
    MatrixCell cell;
    cell.passed = static_cast<std::uint8_t>(passed);
    cell.repeats = static_cast<std::uint8_t>(repeats);
    cell.score = score;
    return cell;
}

const char* const kQuestions[] = {
    "How long before it expires is a payment certificate rotated?",
    "SEV1 just paged me, how quickly do I have to acknowledge it?",
    "Who is allowed to downgrade a SEV1 or SEV2 incident?",
    "How many words may a status update have at most?",
    "Which fallback number do we dial when the conference provider is down?",
    "How often are tier A models validated?",
    "Who approves break-glass access and how long may it last?",
};

// Baseline, candidate; the rest passes in both.
std::pair<MatrixCell, MatrixCell> cellsOf(std::size_t index)
{
    MatrixCell bad = cell(0, 3, 0.25F);
    MatrixCell good = cell(3, 3, 1);
    if (index == 0 || index == 6) {
        bad.unsupported = true;
        return {good, bad};
    }
    if (index == 9 || index == 14 || index == 20)
        return {good, bad};
    if (index == 3 || index == 11 || index == 17)
        return {bad, good};
    if (index == 5)
        return {good, cell(2, 3, 0.83F)};
    if (index == 12)
        return {cell(1, 3, 0.5F), cell(1, 3, 0.5F)};
    if (index == 8) {
        MatrixCell broken = cell(1, 3, 0.33F);
        broken.broken = 1;
        return {good, broken};
    }
    if (index == 19) {
        MatrixCell unrun = cell(0, 3, 0.5F);
        unrun.notExecutable = true;
        return {unrun, unrun};
    }
    if (index == 23 || index == 24)
        return {bad, bad};
    return {good, good};
}

plumbline::evals::AssertionResult check(std::string name, bool passed, double score, std::string reason,
                                        std::string where)
{
    plumbline::evals::AssertionResult check;
    check.name = std::move(name);
    check.outcome = passed ? plumbline::evals::Outcome::Passed : plumbline::evals::Outcome::Failed;
    check.score = score;
    check.reason = std::move(reason);
    check.where = std::move(where);
    return check;
}

SentenceView sentence(std::string text, bool supported, double score, std::string_view source,
                      std::string_view nearest)
{
    SentenceView sentence;
    sentence.text = std::move(text);
    sentence.supported = supported;
    sentence.score = score;
    const std::size_t at = source.find(nearest);
    sentence.evidence = {{0, {at, at + nearest.size()}}};
    return sentence;
}

Attempt attemptOf(const std::string& caseId, const MatrixColumn& column, int repeat)
{
    const bool candidate = column.prompt.ends_with("v4");
    const bool wrong = candidate && repeat != 1 && caseId == "A-001";
    SourceView source;
    source.number = 1;
    source.document = "PAY-014";
    source.version = "1.2";
    source.title = "Certificate Rotation for Payment Gateways";
    source.text =
        "Payment gateways use certificates of the bank's own authority.\n\nA certificate is rotated "
        "30 days before it expires, and the payments-gateway service is restarted on one node at a "
        "time. The Duty Manager approves a rotation outside the window.";
    source.start = 120;
    Attempt attempt;
    auto& result = attempt.result;
    result.caseId = caseId;
    result.variant = column.variant;
    result.repeat = repeat;
    result.passed = !wrong;
    result.score = wrong ? 0.25 : 1;
    result.latency.total = candidate ? 14.2 : 12.6;
    result.cost = Money{};
    const std::string days = wrong ? "45 days" : "30 days";
    const std::string second = candidate ? "The Duty Manager must approve a rotation outside the window."
                                         : "The Duty Manager approves a rotation outside the window.";
    result.output = "A certificate is rotated " + days + " before it expires. [1]\n" + second + " [1]";
    attempt.sources = {source};
    attempt.sentences = {sentence("A certificate is rotated " + days + " before it expires.", !wrong,
                                  wrong ? 0.31 : 0.98, source.text,
                                  "A certificate is rotated 30 days before it expires"),
                         sentence(second, true, candidate ? 0.81 : 0.99, source.text,
                                  "The Duty Manager approves a rotation outside the window.")};
    if (wrong)
        attempt.sentences[0].reasons = {
            {"number", {25, 32}, "the answer says 45 days, its source says 30 days"}};
    result.assertions = {
        check("answers-fact", !wrong, wrong ? 0 : 1,
              wrong ? "the answer does not hold \"30 days\"" : "the answer holds \"30 days\"",
              "suites/golden.jsonl:1"),
        check("grounded", !wrong, wrong ? 0.65 : 0.98,
              wrong ? "sentence 1 of 2 is not carried: 45 days, its source says 30 days" : "2 of 2 sentences",
              "suites/golden.jsonl:1"),
        check("cites-approved-only", true, 1, "PAY-014@1.2 is approved", "suites/golden.jsonl:1")};
    return attempt;
}

MetricVerdict metric(std::string label, Verdict verdict, double before, double after, double half,
                     std::int64_t fixed, std::int64_t broken)
{
    MetricVerdict metric;
    metric.name = asciiLower(label);
    metric.label = std::move(label);
    metric.verdict = verdict;
    metric.baseline = before;
    metric.candidate = after;
    metric.difference = after - before;
    metric.interval = Interval{after - before - half, after - before + half};
    metric.smallestVisible = 0.052;
    metric.p = verdict == Verdict::Regressed || verdict == Verdict::Improved ? 0.0031 : 0.41;
    metric.cases = 252;
    metric.clusters = 61;
    metric.fixed = fixed;
    metric.broken = broken;
    return metric;
}

} // namespace

plumbline::evals::Variant bankVariant(const std::string& prompt, const std::string& model)
{
    plumbline::evals::Variant variant;
    variant.prompt = prompt;
    variant.model = model;
    variant.profile = "default";
    variant.generation = 12;
    return variant;
}

RunRow bankRow(std::string id, std::vector<plumbline::evals::Variant> variants, RunState state,
               std::int64_t done, std::int64_t planned, std::chrono::minutes ago)
{
    RunRow row;
    row.run.id = std::move(id);
    row.run.settings.suiteName = "golden";
    row.run.settings.suitePath = "suites/golden.jsonl";
    row.run.settings.variants = std::move(variants);
    row.run.state = state;
    row.run.actor = "Ada Byron <ada@bank.example>";
    row.run.started = fixedNow() - ago;
    row.run.done = done;
    row.run.planned = planned;
    const auto count = static_cast<std::int64_t>(row.run.settings.variants.size());
    for (std::int64_t i = 0; i < count; ++i)
        row.tallies.push_back({done / count * (94 - 7 * i) / 100, done / count});
    row.cost = Money{};
    return row;
}

std::vector<RunRow> bankRuns()
{
    using std::chrono::minutes;
    std::vector<RunRow> rows = {
        bankRow(kBankRun,
                {bankVariant("policy-answer@v3", "embedded"), bankVariant("policy-answer@v4", "embedded")},
                RunState::Finished, 168, 168, minutes(32)),
        bankRow("r-20261123-171500-0b9e", {bankVariant("policy-answer@v4", "simulated-large")},
                RunState::Stopped, 131, 252, minutes(10 * 60)),
        bankRow("r-20261122-093000-41aa", {bankVariant("policy-answer@v2", "gateway")}, RunState::OverBudget,
                88, 252, minutes(42 * 60)),
        bankRow("r-20261119-160000-c3d7", {bankVariant("extractive@1", "embedded")}, RunState::Finished, 252,
                252, minutes(5 * 24 * 60))};
    rows[1].cost = Money{148'423};
    rows[2].cost.reset();
    rows[2].run.error = "the budget per_run_usd of 1.00 is used up";
    rows[3].imported = true;
    rows[3].run.actor = "Grace Hopper <grace@bank.example>";
    return rows;
}

std::shared_ptr<const Matrix> bankMatrix()
{
    auto matrix = std::make_shared<Matrix>();
    matrix->columns = {{kBankRun, 0, "policy-answer@v3", "embedded", "default"},
                       {kBankRun, 1, "policy-answer@v4", "embedded", "default"}};
    for (std::size_t i = 0; i < 28; ++i) {
        const std::string number = std::to_string(i + 1);
        matrix->cases.push_back({"A-" + std::string(3 - number.size(), '0') + number,
                                 kQuestions[i % std::size(kQuestions)], "PAY-014", i % 5 == 0 ? "high" : "",
                                 i % 2 == 0 ? "half:tune" : "half:test"});
        const auto [before, after] = cellsOf(i);
        matrix->cells.push_back(before);
        matrix->cells.push_back(after);
    }
    return matrix;
}

std::shared_ptr<const Matrix> manyCases(std::size_t cases, std::size_t columns)
{
    auto matrix = std::make_shared<Matrix>();
    for (std::size_t column = 0; column < columns; ++column)
        matrix->columns.push_back({kBankRun, static_cast<int>(column),
                                   "policy-answer@v" + std::to_string(column + 1), "embedded", "default"});
    for (std::size_t i = 0; i < cases; ++i) {
        matrix->cases.push_back({"case-" + std::to_string(100'000 + i),
                                 std::string(kQuestions[i % std::size(kQuestions)]) + " Number " +
                                     std::to_string(i) + " of a long suite.",
                                 "DOC-" + std::to_string(i % 400), i % 7 == 0 ? "high" : "low",
                                 i % 2 == 0 ? "half:tune" : "half:test"});
        for (std::size_t column = 0; column < columns; ++column) {
            const bool last = column + 1 == columns;
            const bool failed = (i % 11 == 0 && last) || (i % 13 == 0 && column == 0) || i % 17 == 0;
            MatrixCell one = cell(failed ? 0 : 3, 3, failed ? 0.4F : 1);
            if (i % 29 == 0)
                one = cell(1, 3, 0.6F);
            one.broken = i % 401 == 0 ? 1 : 0;
            matrix->cells.push_back(one);
        }
    }
    return matrix;
}

CaseDetail bankCase(const CaseRef& ref)
{
    CaseDetail detail;
    detail.entry.id = ref.caseId;
    detail.entry.question = kQuestions[0];
    detail.entry.expected.documents = {"PAY-014"};
    detail.entry.expected.version = "1.2";
    detail.entry.expected.start = 184;
    detail.entry.expected.end = 235;
    detail.entry.expected.facts = {"30 days"};
    for (const MatrixColumn& column : ref.columns) {
        std::vector<Attempt> attempts;
        for (int repeat = 0; repeat < 3; ++repeat)
            attempts.push_back(attemptOf(ref.caseId, column, repeat));
        if (ref.caseId == "A-009" && column.prompt.ends_with("v4")) {
            attempts[0] = {};
            attempts[0].result.state = plumbline::evals::CaseState::Broken;
            attempts[0].result.error = "the endpoint answered 503 five times in 12 s: try again later";
        }
        if (ref.caseId == "A-007" && column.prompt.ends_with("v4")) {
            attempts[0] = {};
            attempts[0].result.state = plumbline::evals::CaseState::Refused;
            attempts[0].result.refusalKind = "nothing_close_enough";
        }
        detail.attempts.push_back(std::move(attempts));
    }
    return detail;
}

Comparison bankComparison()
{
    Comparison comparison;
    comparison.verdict = Verdict::Regressed;
    comparison.metrics = {metric("Pass rate", Verdict::Regressed, 0.942, 0.861, 0.046, 3, 12),
                          metric("Grounded", Verdict::Regressed, 0.968, 0.913, 0.031, 2, 14),
                          metric("Citation precision", Verdict::NoEvidence, 0.981, 0.977, 0.012, 0, 0),
                          metric("Refused rightly", Verdict::Underpowered, 0.75, 0.70, 0.19, 1, 2),
                          metric("Hit at 5", Verdict::Improved, 0.903, 0.952, 0.029, 14, 2),
                          metric("Time, 95th percentile", Verdict::NoEvidence, 14.2, 14.9, 1.6, 0, 0)};
    for (std::size_t i : {0U, 1U})
        comparison.metrics[i].blocking = true;
    comparison.metrics[1].note = "The detector's own precision is .91 and its recall .87 on judged answers; "
                                 "the rates are as measured.";
    comparison.metrics[3].smallestVisible = 0.31;
    comparison.metrics[3].cases = 20;
    comparison.metrics[5].unit = Unit::Milliseconds;
    comparison.metrics[5].higherIsBetter = false;
    comparison.metrics[5].smallestVisible = 2.4;
    comparison.gates = {
        {"Pass rate",
         GateState::Failed,
         "8.1 points worse than the baseline (3.5 to 12.7), at most 2 points are put up with; "
         "252 cases",
         "gates.yaml:6",
         {"A-001", "A-007", "A-010", "A-015", "A-021"}},
        {"Grounded, high risk", GateState::Warned, "41 cases, 50 are asked for", "gates.yaml:12", {}},
        {"Policy: no personal data",
         GateState::Passed,
         "100 % of 252 cases, at least 100 %",
         "gates.yaml:18",
         {}}};
    comparison.notes = {"1 flaky case in the baseline, 2 in the candidate: A-006, A-013.",
                        "People looked at 37 results and agreed with the machine on 34 of them."};
    return comparison;
}

} // namespace plumbline::tests
