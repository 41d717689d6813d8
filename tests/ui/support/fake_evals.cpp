#include "tests/ui/support/fake_evals.h"

#include <algorithm>
#include <thread>

namespace plumbline::tests {

using namespace ui::evals;
using plumbline::evals::RunState;

namespace {

// What the services share: runs that were added, and what people said.
struct Board {
    std::mutex mutex;
    std::vector<RunRow> rows = bankRuns();
    std::map<std::string, HumanVerdict> verdicts; // "case variant repeat"
};

Error diskError()
{
    return {ErrorCode::Io, "reading the database failed: input/output error; check the disk and try again",
            ".plumbline/plumbline.db"};
}

// True when it was stopped.
bool waited(const Script& script, const std::stop_token& stop)
{
    while (script.hang && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return stop.stop_requested();
}

Live liveOf(const RunOrder& order, std::int64_t done)
{
    Live live;
    live.run = bankRow("r-20261124-031200-f00d", {}, RunState::Running, done, 0, std::chrono::minutes(0)).run;
    for (const std::string& model : order.models) {
        for (const std::string& prompt : order.prompts)
            live.run.settings.variants.push_back(bankVariant(prompt, model));
    }
    live.run.settings.repeats = order.repeats;
    live.run.settings.concurrency = order.concurrency;
    live.run.planned = 252 * order.repeats * static_cast<std::int64_t>(live.run.settings.variants.size());
    live.perSecond = 41.7;
    live.timeLeft = std::chrono::milliseconds((live.run.planned - done) * 24);
    live.cost = Money{done * 1'133};
    live.failed = done / 19;
    live.broken = done > 150 ? 1 : 0;
    if (done > 150)
        live.failures = {{"A-044", 0, true, "the endpoint answered 503 five times in 12 s: try again later"},
                         {"A-017", 0, false, "answers-fact: the answer does not hold \"5 minutes\""},
                         {"A-001", 0, false,
                          "grounded: sentence 1 of 2 is not carried: 45 days, its source says 30 days"}};
    return live;
}

Result<Run> runOrder(const std::shared_ptr<Script>& script, Board& board, const RunOrder& order,
                     const std::stop_token& stop, const LiveFn& onLive)
{
    Live live = liveOf(order, 0);
    if (order.models.empty() || order.models.front() == "broken")
        return failure(ErrorCode::Denied, "the budget per_run_usd of 1.00 is below the estimate of 3.12",
                       "workspace.yaml:48");
    const std::int64_t planned = live.run.planned;
    onLive(live);
    for (std::int64_t done = 0; done < planned * 2 / 5; done += planned / 25 + 1) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        live = liveOf(order, done);
        onLive(live);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(110));
    live = liveOf(order, planned * 2 / 5);
    onLive(live);
    const bool stopped = waited(*script, stop);
    Run run = liveOf(order, stopped ? live.run.done : planned).run;
    run.state = stopped ? RunState::Stopped : RunState::Finished;
    RunRow kept =
        bankRow(run.id, run.settings.variants, run.state, run.done, run.planned, std::chrono::minutes(0));
    const std::scoped_lock lock(board.mutex);
    std::erase_if(board.rows, [&](const RunRow& one) { return one.run.id == run.id; });
    board.rows.insert(board.rows.begin(), kept);
    return run;
}

void addRuns(Services& services, const std::shared_ptr<Script>& script, const std::shared_ptr<Board>& board)
{
    services.runs = [script, board](std::stop_token stop) -> Result<std::vector<RunRow>> {
        if (!script->fail && waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        if (script->fail)
            return tl::unexpected(diskError());
        if (script->nothingIndexed)
            return std::vector<RunRow>();
        const std::scoped_lock lock(board->mutex);
        return board->rows;
    };
    services.choices = [script](std::stop_token) -> Result<Choices> {
        if (script->fail)
            return tl::unexpected(diskError());
        Choices choices;
        choices.suites = {
            {"golden", "suites/golden.jsonl", 252, "Questions of the staff, one source each", false, {}, {}},
            {"promptfoo-import", "suites/imported.yaml", 40, "Imported from promptfoo", true, {"echo"}, {}},
            {"payments",
             "suites/payments.yaml",
             0,
             {},
             false,
             {},
             "suites/payments.yaml:14:5: unknown assertion \"containz\""}};
        choices.prompts = {"extractive@1", "policy-answer@v4 · candidate", "policy-answer@v3 · production"};
        choices.models = {"embedded", "simulated-large", "broken"};
        if (script->nothingIndexed)
            choices.suites.clear();
        return choices;
    };
    services.plan = [](const RunOrder& order, std::stop_token, const ProgressFn&) -> Result<Plan> {
        if (order.suite == "suites/payments.yaml")
            return failure(ErrorCode::BadInput, "unknown assertion \"containz\"",
                           "suites/payments.yaml:14:5");
        Plan plan;
        plan.answers =
            252 * order.repeats *
            static_cast<std::int64_t>(std::max<std::size_t>(order.prompts.size(), 1) * order.models.size());
        plan.cached = plan.answers / 2;
        plan.cost = Money{plan.answers * 620};
        plan.time = std::chrono::milliseconds(plan.answers * 24);
        plan.smallestVisible = 0.062;
        return plan;
    };
    services.run = [script, board](const RunOrder& order, std::stop_token stop, const LiveFn& onLive) {
        {
            const std::scoped_lock lock(script->mutex);
            std::string words = order.suite;
            for (const std::string& name : order.prompts)
                words += ' ' + name;
            for (const std::string& name : order.models)
                words += ' ' + name;
            script->evalRuns.push_back(words + " x" + std::to_string(order.repeats));
        }
        return runOrder(script, *board, order, stop, onLive);
    };
    services.resume = [script, board](const std::string& id, std::stop_token stop, const LiveFn& onLive) {
        {
            const std::scoped_lock lock(script->mutex);
            script->evalRuns.push_back("resume " + id);
        }
        return runOrder(script, *board, {"suites/golden.jsonl", {"policy-answer@v4"}, {"embedded"}, 1, 4},
                        stop, onLive);
    };
}

void addReads(Services& services, const std::shared_ptr<Script>& script, const std::shared_ptr<Board>& board,
              const std::shared_ptr<const Matrix>& matrix)
{
    services.matrix = [script, matrix](const std::string& run, const std::string& other, std::stop_token stop,
                                       const ProgressFn&) -> Result<std::shared_ptr<const Matrix>> {
        if (script->failCases)
            return tl::unexpected(diskError());
        if (waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        if (matrix)
            return matrix;
        Matrix whole = *bankMatrix();
        for (MatrixColumn& column : whole.columns)
            column.run = run;
        if (other.empty())
            return std::make_shared<const Matrix>(std::move(whole));
        MatrixColumn lent = whole.columns.front();
        lent.run = other;
        whole.columns.push_back(lent);
        std::vector<MatrixCell> cells;
        for (std::size_t i = 0; i < whole.cases.size(); ++i) {
            cells.insert(cells.end(), {whole.cells[2 * i], whole.cells[2 * i + 1], whole.cells[2 * i]});
        }
        whole.cells = std::move(cells);
        return std::make_shared<const Matrix>(std::move(whole));
    };
    services.showCase = [script, board](const CaseRef& ref, std::stop_token) -> Result<CaseDetail> {
        if (script->failCases)
            return tl::unexpected(diskError());
        CaseDetail detail = bankCase(ref);
        const std::scoped_lock lock(board->mutex);
        for (auto& attempts : detail.attempts) {
            for (Attempt& attempt : attempts) {
                const auto place =
                    board->verdicts.find(ref.caseId + ' ' + std::to_string(attempt.result.variant) + ' ' +
                                         std::to_string(attempt.result.repeat));
                if (place != board->verdicts.end())
                    attempt.human = place->second;
            }
        }
        return detail;
    };
    services.compare = [script](const MatrixColumn&, const MatrixColumn&, std::stop_token stop,
                                const ProgressFn&) -> Result<Comparison> {
        if (script->failCases)
            return tl::unexpected(diskError());
        if (waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        return bankComparison();
    };
    services.why = [](const std::string&, const MatrixColumn&, const MatrixColumn&,
                      std::stop_token) -> Result<std::vector<std::string>> {
        return std::vector<std::string>{
            "With the prompt of the baseline and all else as it is now, the case passes: it is the prompt."};
    };
    services.judge = [script, board](const MatrixColumn& column, const std::string& caseId, int repeat,
                                     Opinion opinion, const std::string& note) -> Result<void> {
        if (script->fail)
            return tl::unexpected(diskError());
        const std::scoped_lock lock(board->mutex);
        board->verdicts[caseId + ' ' + std::to_string(column.variant) + ' ' + std::to_string(repeat)] = {
            opinion, note, "Ada Byron <ada@bank.example>", fixedNow()};
        const std::scoped_lock other(script->mutex);
        script->verdicts.push_back(caseId + ' ' + column.title() + ' ' + std::to_string(repeat) + ' ' +
                                   (opinion == Opinion::Agree ? "agree: " : "disagree: ") + note);
        return {};
    };
    services.writeHtml = [script](const std::string& run, const std::optional<MatrixColumn>&,
                                  const std::string&) -> Result<void> {
        if (script->fail)
            return tl::unexpected(diskError());
        const std::scoped_lock lock(script->mutex);
        script->reports.push_back(run);
        return {};
    };
}

} // namespace

Services fakeEvals(const std::shared_ptr<Script>& script, std::shared_ptr<const Matrix> matrix)
{
    const auto board = std::make_shared<Board>();
    Services services;
    addRuns(services, script, board);
    addReads(services, script, board, matrix);
    services.now = fixedNow;
    services.actor = "Ada Byron <ada@bank.example>";
    return services;
}

} // namespace plumbline::tests
