#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/terminal_text.h"

namespace plumbline::cli {

namespace {

struct AskFlags {
    std::string question;
    std::string prompt = "extractive@1";
    std::string model = "embedded";
    std::string profile;
    std::string asOf;
    bool stream = false;
    std::string in;
    std::string out;
};

Result<assistant::TurnRequest> requestOf(const workspace::Workspace& workspace, const AskFlags& flags)
{
    auto profile = workspace.profile(flags.profile);
    auto date = dateOr(flags.asOf);
    if (!profile || !date) {
        return tl::unexpected(!profile ? profile.error() : date.error());
    }
    if (flags.model != "embedded") {
        return failure(ErrorCode::BadInput,
                       "there is no model '" + flags.model + "'; this workspace has: embedded", "--model");
    }
    if (flags.prompt != "extractive@1") {
        return failure(ErrorCode::BadInput,
                       "there is no prompt '" + flags.prompt + "'; this workspace has: extractive@1",
                       "--prompt");
    }
    assistant::TurnRequest request;
    request.question = flags.question;
    request.asOf = *date;
    request.profile = *profile;
    request.model = flags.model;
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
    std::cout << terminalText(sentence, before, isMarkdown(answer, sentence));
    for (const int number : sentence.citations) {
        std::cout << " [" << number << ']';
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

void print(const assistant::Answer& answer)
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
}

Result<void> askOne(Session& session, const workspace::Workspace& workspace, const AskFlags& flags)
{
    auto request = requestOf(workspace, flags);
    if (!request) {
        return tl::unexpected(request.error());
    }
    auto answer = workspace.assistant().ask(*request, session.stop);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (session.json) {
        printJson(toJson(*answer));
    } else {
        print(*answer);
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
        auto answer = workspace.assistant().ask(request, session.stop);
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        return toJson(*answer);
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
    command->add_option("--prompt", flags->prompt, "prompt and version");
    command->add_option("--model", flags->model, "model");
    command->add_option("--profile", flags->profile, "a retrieval profile of workspace.yaml");
    command->add_option("--as-of", flags->asOf, "what was in force at this date (YYYY-MM-DD)");
    command->add_flag("--stream", flags->stream, "print each sentence as soon as it is ready");
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
