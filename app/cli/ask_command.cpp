#include <iostream>
#include <memory>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/model_tape.h"
#include "app/cli/terminal_text.h"

namespace plumbline::cli {

namespace {

struct AskFlags {
    std::string question;
    std::string prompt;
    std::string model;
    std::string profile;
    std::string asOf;
    bool stream = false;
    std::string in;
    std::string out;
    std::string record;
    std::string replay;
};

Result<assistant::TurnRequest> requestOf(const workspace::Workspace& workspace, const AskFlags& flags)
{
    auto profile = workspace.profile(flags.profile);
    auto date = dateOr(flags.asOf);
    if (!profile || !date) {
        return tl::unexpected(!profile ? profile.error() : date.error());
    }
    const std::string model = flags.model.empty() ? workspace.config().defaultModel : flags.model;
    auto prompt = workspace.prompt(flags.prompt, model);
    if (!prompt) {
        return tl::unexpected(prompt.error());
    }
    assistant::TurnRequest request;
    request.question = flags.question;
    request.asOf = *date;
    request.profile = *profile;
    request.prompt = std::move(*prompt);
    request.model = model;
    return request;
}

bool isMarkdown(const assistant::Answer& answer, const assistant::AnswerSentence& sentence)
{
    for (const assistant::Source& source : answer.sources) {
        if (!sentence.citations.empty() && source.number == sentence.citations.front()) {
            return source.passage.path.ends_with(".md") || source.passage.path.ends_with(".markdown");
        }
    }
    return false;
}

void printCited(const assistant::Answer& answer, std::size_t index)
{
    const assistant::AnswerSentence& sentence = answer.sentences[index];
    const assistant::AnswerSentence* before = index > 0 ? &answer.sentences[index - 1] : nullptr;
    std::cout << terminalSafe(
        answer.generation ? sentence.text : terminalText(sentence, before, isMarkdown(answer, sentence)));
    for (const int number : sentence.citations) {
        std::cout << " [" << number << ']';
    }
    if (!sentence.supported) {
        std::cout << " (its sources do not say this)";
    }
    std::cout << '\n' << std::flush;
}

void printSources(const assistant::Answer& answer)
{
    for (const assistant::Source& source : answer.sources) {
        const retrieval::Passage& passage = source.passage;
        std::cout << '[' << source.number << "] " << passage.document << '@' << passage.version << "  "
                  << passage.title << (passage.heading.empty() ? "" : " > " + passage.heading) << "  ("
                  << passage.span.start << '-' << passage.span.end << ")"
                  << (passage.approval == corpus::Approval::ByDefault ? "  approved by default" : "") << '\n';
    }
}

// What a model took: its name, tokens and money, each with what is not known or not real said beside it.
void printModel(const assistant::Answer& answer, const std::string& model)
{
    if (!answer.generation) {
        return;
    }
    const llm::Usage usage = answer.usage();
    const auto cost = answer.cost();
    std::cout << '\n'
              << model << (answer.generation->reply.simulated ? " (simulated)" : "")
              << (answer.generation->reply.replayed ? " (replayed)" : "") << ": " << usage.input.count
              << " tokens in (" << usage.cached.count << " cached), " << usage.output.count << " out"
              << (usage.estimated ? ", estimated" : "") << "; " << (cost ? toString(*cost) : "cost unknown")
              << '\n';
    for (const assistant::Finding& finding : answer.findings) {
        std::cout << "! " << finding.rule << ": " << finding.detail << '\n';
    }
}

void print(const assistant::Answer& answer, const std::string& model)
{
    if (answer.refusal) {
        std::cout << "No answer: " << answer.refusal->reason << '\n';
    }
    for (std::size_t i = 0; i < answer.sentences.size(); ++i) {
        printCited(answer, i);
    }
    if (!answer.sources.empty()) {
        std::cout << '\n';
        printSources(answer);
    }
    printModel(answer, model);
}

// What per_run_usd counts: one call of the command.
std::string newRun()
{
    return "ask-" + toString(systemNow()) + "-" + std::to_string(::getpid());
}

Result<ModelTape> tapeOf(const workspace::Workspace& workspace, const AskFlags& flags)
{
    return ModelTape::make(workspace, flags.record, flags.replay);
}

Result<void> askOne(Session& session, const workspace::Workspace& workspace, const AskFlags& flags)
{
    auto request = requestOf(workspace, flags);
    if (!request) {
        return tl::unexpected(request.error());
    }
    auto tape = tapeOf(workspace, flags);
    if (!tape) {
        return tl::unexpected(tape.error());
    }
    // What a model writes is not yet checked: it goes where progress goes, and the answer follows.
    assistant::TurnHooks hooks;
    hooks.run = newRun();
    bool streamed = false;
    if (flags.stream && !session.json) {
        hooks.onText = [&streamed](std::string_view piece) {
            streamed = true;
            std::cerr << terminalSafe(piece) << std::flush;
        };
    }
    auto answer = tape->ask(*request, session.stop, hooks);
    if (streamed) {
        std::cerr << "\n\n" << std::flush;
    }
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (session.json) {
        printJson(toJson(*request, *answer));
    } else {
        print(*answer, request->model);
    }
    session.exitCode = answer->refused() ? kNo : kDone;
    return {};
}

Result<void> askMany(Session& session, const workspace::Workspace& workspace, const AskFlags& flags)
{
    auto common = requestOf(workspace, flags);
    if (!common) {
        return tl::unexpected(common.error());
    }
    auto tape = tapeOf(workspace, flags);
    if (!tape) {
        return tl::unexpected(tape.error());
    }
    assistant::TurnHooks hooks;
    hooks.run = newRun(); // one for the whole batch
    runBatch(session, flags.in, flags.out, [&](const nlohmann::json& row) -> Result<nlohmann::ordered_json> {
        auto question = textField(row, "question");
        if (!question) {
            return tl::unexpected(question.error());
        }
        assistant::TurnRequest request = *common;
        request.question = *question;
        if (row.contains("as_of")) {
            auto text = textField(row, "as_of");
            auto date = text ? parseDate(*text) : Result<Date>(tl::unexpected(text.error()));
            if (!date) {
                return tl::unexpected(date.error());
            }
            request.asOf = *date;
        }
        auto answer = tape->ask(request, session.stop, hooks);
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        return toJson(request, *answer);
    });
    return {};
}

} // namespace

void addAsk(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("ask", "an answer in the approved documents' own sentences, or an honest refusal");
    command->footer(
        "Example: plumbline ask \"Who approves break-glass access?\"\n"
        R"(Batch: plumbline ask --in questions.jsonl --out answers.jsonl   rows {"id","question","as_of"?})");
    auto flags = std::make_shared<AskFlags>();
    command->add_option("question", flags->question, "the question");
    command->add_option("--prompt", flags->prompt,
                        "NAME@vN, NAME@LABEL or NAME; assistant.prompt of workspace.yaml without it");
    command->add_option("--model", flags->model,
                        "a chat model of workspace.yaml, or embedded; assistant.model without it");
    auto* record =
        command->add_option("--record", flags->record, "append what the model is asked and says to F");
    command->add_option("--replay", flags->replay, "answer from what --record wrote, for nothing")
        ->excludes(record);
    command->add_option("--profile", flags->profile, "a retrieval profile of workspace.yaml");
    command->add_option("--as-of", flags->asOf, "what was in force at this date (YYYY-MM-DD)");
    command->add_flag("--stream", flags->stream,
                      "show a model's text on stderr as it comes, before it is checked");
    auto* in = command->add_option("--in", flags->in, "questions, JSON Lines");
    command->add_option("--out", flags->out, "answers, JSON Lines")->needs(in);
    in->needs(command->get_option("--out"));
    command->callback([&session, flags, command] {
        if (flags->in.empty() && command->count("question") == 0) {
            session.fail({ErrorCode::BadInput, "expected a question, or --in and --out", "ask"});
            return;
        }
        auto opened = session.open();
        auto done = !opened             ? Result<void>(tl::unexpected(opened.error()))
                    : flags->in.empty() ? askOne(session, **opened, *flags)
                                        : askMany(session, **opened, *flags);
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
