#include "app/evals/case_turn.h"

#include <chrono>
#include <optional>

#include "app/assistant/answer_json.h"
#include "app/base/digest.h"
#include "app/evals/figures.h"
#include "app/evals/kept_chat_model.h"
#include "app/evals/run_rows.h"

namespace plumbline::evals {

namespace {

using Clock = std::chrono::steady_clock;

// What a case was answered with.
struct Asked {
    std::optional<assistant::Answer> answer;
    std::optional<llm::ChatReply> reply; // of a plain prompt
    std::string prompt;                  // of a plain prompt, as sent
    CallOrigin origin;
    double ms = 0;
};

// What must not be kept as the case's result: the run itself ends.
bool endsTheRun(const Error& error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Database ||
           error.code == ErrorCode::DiskFull || error.code == ErrorCode::Corrupt ||
           error.where.starts_with("budgets");
}

std::string keyOf(const CaseTurn& turn, const std::string& embeddedAnswer)
{
    return turn.target->modelIdentity + "\nrepeat " + std::to_string(turn.repeat) +
           (turn.target->simulated ? "\n" + sha256Hex(embeddedAnswer) : std::string());
}

assistant::ModelSource keeping(const RunPorts& ports, const CaseTurn& turn, RunJournal& journal,
                               CallOrigin& origin)
{
    return [&ports, &turn, &journal,
            &origin](const assistant::ModelUse& use) -> Result<std::shared_ptr<const llm::ChatModel>> {
        auto model = ports.models(use);
        if (!model) {
            return model;
        }
        return std::make_shared<const KeptChatModel>(std::move(*model), keyOf(turn, use.embeddedAnswer),
                                                     turn.run, journal, origin, ports.clock);
    };
}

Result<void> askAssistant(const RunPorts& ports, const CaseTurn& turn, RunJournal& journal,
                          std::stop_token stop, Asked& asked, CaseResult& result)
{
    const assistant::Assistant pipeline(*ports.searcher, keeping(ports, turn, journal, asked.origin));
    const auto request = turnOf(*turn.target, *turn.testCase, turn.asOf, turn.repeat, turn.seed);
    assistant::TurnHooks hooks;
    hooks.workflow = "eval";
    hooks.run = turn.run;
    auto answer = pipeline.ask(request, std::move(stop), hooks);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    // A kept reply came at once; what counts is how long it took when it was asked.
    answer->latency.generate += asked.origin.keptMs;
    answer->latency.total += asked.origin.keptMs;
    result.output = answer->text();
    result.answerJson = stored(assistant::toJson(request, *answer));
    result.latency = answer->latency;
    result.usage = answer->usage();
    result.cost = answer->cost();
    if (answer->refused()) {
        result.state = CaseState::Refused;
        result.refusalKind = assistant::toString(answer->refusal->kind);
    }
    asked.answer = std::move(*answer);
    return {};
}

Result<void> askPlain(const RunPorts& ports, const CaseTurn& turn, RunJournal& journal, std::stop_token stop,
                      Asked& asked, CaseResult& result)
{
    auto messages = renderPlain(*turn.target->plain, *turn.testCase);
    if (!messages) {
        return tl::unexpected(messages.error());
    }
    asked.prompt = std::move(messages->text);
    if (turn.target->variant.model == kEcho) {
        result.output = asked.prompt;
        result.cost = Money{};
        return {};
    }
    auto model = keeping(ports, turn, journal, asked.origin)(
        {turn.target->variant.model, turn.target->variant.prompt, "eval", turn.run, {}});
    if (!model) {
        return tl::unexpected(model.error());
    }
    llm::ChatRequest request{std::move(messages->messages), {}, {}};
    if (turn.repeat > 0) {
        request.parameters.seed = static_cast<std::int64_t>(turn.seed & 0x7fffffffU) + turn.repeat;
    }
    const auto begun = Clock::now();
    auto reply = (*model)->chat(request, std::move(stop), {});
    if (!reply) {
        return tl::unexpected(reply.error());
    }
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    result.latency.total = ms + asked.origin.keptMs;
    result.latency.generate = result.latency.total;
    result.output = reply->text;
    result.usage = reply->usage;
    result.cost = reply->cost;
    if (!reply->refusal.empty()) {
        result.state = CaseState::Refused;
        result.refusalKind = assistant::toString(assistant::RefusalKind::ModelDeclined);
        result.output = reply->text.empty() ? reply->refusal : reply->text;
    }
    asked.reply = std::move(*reply);
    return {};
}

// One verdict for all checks that ask for the same.
GroundFn once(const GroundFn& ground)
{
    if (!ground) {
        return {};
    }
    struct Kept {
        std::string answer;
        std::vector<std::string> sources;
        std::optional<Result<grounding::Verdict>> verdict;
    };
    auto kept = std::make_shared<Kept>();
    return [kept, ground](std::string_view answer, const std::vector<std::string>& sources) {
        if (!kept->verdict || kept->answer != answer || kept->sources != sources) {
            *kept = {std::string(answer), sources, ground(answer, sources)};
        }
        return *kept->verdict;
    };
}

void judge(const RunPorts& ports, const CaseTurn& turn, const Asked& asked, CaseResult& result)
{
    CheckInput input{result.output, *turn.testCase};
    input.answer = asked.answer ? &*asked.answer : nullptr;
    input.reply = asked.reply                                ? &*asked.reply
                  : asked.answer && asked.answer->generation ? &asked.answer->generation->reply
                                                             : nullptr;
    input.latencyMs = result.latency.total;
    input.cost = result.cost;
    input.prompt = asked.prompt;
    input.folder = ports.home;
    input.javascript = turn.javascript;
    input.ground = once(ports.ground);
    for (const Assertion& assertion : turn.testCase->assertions) {
        result.assertions.push_back(check(assertion, input));
    }
    CaseScore score = scoreOf(result.assertions, turn.testCase->threshold);
    result.passed = score.passed;
    result.score = score.score;
    result.named = std::move(score.named);
    result.figures = figuresOf(input, result.assertions);
}

} // namespace

Result<CaseResult> runCase(const RunPorts& ports, const CaseTurn& turn, RunJournal& journal,
                           std::stop_token stop)
{
    CaseResult result;
    result.caseId = turn.testCase->id;
    result.variant = turn.variant;
    result.repeat = turn.repeat;
    Asked asked;
    auto done = turn.target->plain ? askPlain(ports, turn, journal, stop, asked, result)
                                   : askAssistant(ports, turn, journal, stop, asked, result);
    if (!done && endsTheRun(done.error())) {
        return tl::unexpected(done.error());
    }
    result.cached = asked.origin.cached > 0 && asked.origin.asked == 0;
    result.finished = ports.clock();
    if (!done) {
        result.state = CaseState::Broken;
        result.error = done.error().describe();
        return result;
    }
    judge(ports, turn, asked, result);
    return result;
}

} // namespace plumbline::evals
