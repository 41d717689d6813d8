#include "tests/ui/support/fake_prompts.h"

#include <algorithm>
#include <thread>

namespace plumbline::tests {

using plumbline::prompts::PromptVersion;
using ui::prompts::Catalogue;
using ui::prompts::PromptRow;
using ui::prompts::RunOutcome;
using ui::prompts::RunRequest;
using ui::prompts::VersionRow;
using ui::prompts::VersionState;

namespace {

VersionRow row(int version, VersionState state, std::vector<std::string> labels, std::string author,
               std::chrono::hours ago, std::string note)
{
    VersionRow row;
    row.version = version;
    row.state = state;
    row.labels = std::move(labels);
    row.author = std::move(author);
    row.at = fixedNow() - ago;
    row.changeNote = std::move(note);
    return row;
}

PromptRow prompt(std::string name, std::string task, const std::string& title,
                 std::vector<VersionRow> versions)
{
    PromptRow prompt{std::move(name), std::move(task), std::move(versions)};
    for (VersionRow& version : prompt.versions) {
        version.title = title;
        version.path = "prompts/" + prompt.name + "/v" + std::to_string(version.version) + ".md";
    }
    return prompt;
}

constexpr const char* kSystem3 = "You answer questions of the staff of Tarnwick Bank.\n"
                                 "Use the passages below and nothing else.\n"
                                 "\n"
                                 "Rules:\n"
                                 "- Every sentence ends with the number of its passage, as in [2].\n"
                                 "- Quote limits, times and roles as they stand.\n"
                                 "- When no passage answers, write NOT_FOUND and stop.\n"
                                 "- Do not give advice that no passage gives.\n"
                                 "\n"
                                 "Tone: short sentences, no greeting.\n"
                                 "Language: that of the question.\n";

constexpr const char* kSystem4 =
    "You answer questions of the staff of Tarnwick Bank.\n"
    "Use the passages below and nothing else.\n"
    "\n"
    "Tone: short sentences, no greeting.\n"
    "Language: that of the question.\n"
    "Length: at most {{sentences}} sentences.\n"
    "\n"
    "Rules:\n"
    "- Every sentence ends with the numbers of its passages, as in [2] or [1][3].\n"
    "- Quote limits, times and roles as they stand.\n"
    "- Keep steps in their order and number them.\n"
    "- When no passage answers, write NOT_FOUND and stop.\n";

constexpr const char* kUser = "As of {{date}}.\n\nPassages:\n{{passages}}\n\nQuestion:\n{{question}}\n";

llm::Usage usageOf(std::int64_t input, std::int64_t output, bool estimated)
{
    llm::Usage usage;
    usage.input = {input};
    usage.cached = {estimated ? 0 : input / 2};
    usage.output = {output};
    usage.estimated = estimated;
    return usage;
}

tl::unexpected<Error> brokenEndpoint()
{
    return failure(ErrorCode::Network,
                   "the endpoint \"broken\" answered 503 five times in 12 s: try again later, or look at the "
                   "server",
                   "http://127.0.0.1:8080/v1/chat/completions");
}

// Streams the pieces; true when it was stopped.
bool stream(const Script& script, const std::string& model, const std::stop_token& stop,
            const llm::DeltaFn& onText)
{
    const bool slow = model.find("slow") != std::string::npos;
    if (model != "embedded") {
        for (const std::string& piece : bankPieces()) {
            if (stop.stop_requested())
                return true;
            onText(piece);
            if (slow)
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    while (script.hang && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return stop.stop_requested();
}

Result<RunOutcome> runOnce(const std::shared_ptr<Script>& script, const RunRequest& request,
                           const std::stop_token& stop, const llm::DeltaFn& onText)
{
    {
        const std::scoped_lock lock(script->mutex);
        script->runs.push_back(request);
    }
    if (request.model.find("broken") != std::string::npos || script->fail)
        return brokenEndpoint();
    if (stream(*script, request.model, stop, onText))
        return failure(ErrorCode::Cancelled, "stopped");
    RunOutcome outcome;
    plumbline::assistant::TurnRequest turn;
    turn.question = request.question;
    turn.asOf = request.asOf;
    outcome.answer = request.question.starts_with("refuse")
                         ? bankRefusal(plumbline::assistant::RefusalKind::NothingCloseEnough)
                         : bankAnswer(turn);
    outcome.totalMs = 13.3;
    if (request.model == "embedded") {
        outcome.cost = Money{};
        return outcome;
    }
    auto& sentences = outcome.answer.sentences;
    if (request.prompt.version <= 3 && sentences.size() > 3)
        sentences.erase(sentences.begin() + 3, sentences.end());
    outcome.simulated = request.model.find("simulated") != std::string::npos;
    outcome.usage = request.prompt.version <= 3 ? usageOf(1'204, 87, false) : usageOf(1'262, 141, false);
    outcome.cost = Money{request.prompt.version <= 3 ? 1'133 : 1'508};
    outcome.firstTokenMs = 212;
    outcome.totalMs = request.prompt.version <= 3 ? 1'940 : 2'710;
    if (request.model == "local-qwen") {
        outcome.cost.reset();
        outcome.usage = usageOf(1'198, 92, true);
    }
    return outcome;
}

void addReads(ui::prompts::Services& services, const std::shared_ptr<Script>& script)
{
    services.list = [script](std::stop_token stop) -> Result<Catalogue> {
        while (script->hang && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        if (script->fail)
            return failure(ErrorCode::BadInput, "unknown label \"prodution\": did you mean \"production\"?",
                           "prompts/labels.yaml:14:5");
        if (script->nothingIndexed)
            return Catalogue{false, {}, {}};
        Catalogue catalogue = bankPrompts();
        if (script->brokenPrompt)
            catalogue.problems = {{"prompts/triage/v6.md", 12, 17,
                                   "unknown variable \"tickett\"; the front matter has: ticket, date"}};
        const std::scoped_lock lock(script->mutex);
        for (const std::string& moved : script->moved) { // "production 4 reason"
            const std::string label = moved.substr(0, moved.find(' '));
            for (VersionRow& version : catalogue.prompts.front().versions) {
                std::erase(version.labels, label);
                if (version.version == std::stoi(moved.substr(moved.find(' '))))
                    version.labels.push_back(label);
            }
        }
        return catalogue;
    };
    services.show = [](const std::string& name, int version) -> Result<PromptVersion> {
        return bankPrompt(name, version);
    };
    services.render = [script](const PromptVersion& version, const std::string& question, Date,
                               std::stop_token) -> Result<plumbline::prompts::Rendered> {
        if (script->fail)
            return failure(ErrorCode::BadInput, "no value for the variable \"ticket\"", version.path);
        plumbline::prompts::Rendered rendered;
        std::string system = version.system;
        if (const std::size_t at = system.find("{{sentences}}"); at != std::string::npos)
            system.replace(at, 13, "6");
        rendered.messages = {
            {llm::Role::System, system},
            {llm::Role::User, "As of 2026-11-24.\n\nPassages:\n<passage n=\"1\" "
                              "document=\"PAY-014@1.2\">\nPayments that fail with "
                              "error `TLS-1403` after a rotation mean that a node still presents the old "
                              "certificate.\n</passage>\n<passage n=\"2\" document=\"PAY-014@1.2\">\nA "
                              "certificate is rotated **30 "
                              "days** before it expires.\n</passage>\n\nQuestion:\n" +
                                  question + "\n"}};
        rendered.parameters = version.parameters;
        rendered.responseSchema = version.outputSchema;
        return rendered;
    };
}

void addBooks(ui::prompts::Services& services, const std::shared_ptr<Script>& script)
{
    services.labels = [script](const std::string&) -> Result<ui::prompts::LabelBook> {
        const auto at = [](int hours) { return fixedNow() - std::chrono::hours(hours); };
        ui::prompts::LabelBook book;
        book.labels = {
            {"production", 3, "Ada Byron", at(9 * 24), "Two weeks as canary without a regression"},
            {"candidate", 4, "Grace Hopper", at(5), "Numbers the steps; runs of the golden suite are green"}};
        book.moves = {
            {"candidate", 0, 4, "Grace Hopper", at(5),
             "Numbers the steps; runs of the golden suite are green"},
            {"production", 2, 3, "Ada Byron", at(9 * 24), "Two weeks as canary without a regression"},
            {"canary", 2, 3, "Ada Byron", at(23 * 24), "Refuses instead of guessing"},
            {"production", 1, 2, "Alan Turing", at(61 * 24), "Citations behind every sentence"}};
        const std::scoped_lock lock(script->mutex);
        for (const std::string& moved : script->moved) {
            for (auto& label : book.labels) {
                if (moved.starts_with(label.label + ' '))
                    label.version = std::stoi(moved.substr(label.label.size() + 1));
            }
        }
        return book;
    };
    services.moveLabel = [script](const std::string&, const std::string& label, int version,
                                  const std::string& why) -> Result<void> {
        if (script->fail)
            return failure(ErrorCode::Conflict, "another program moved this label meanwhile: look again",
                           "prompts/labels.yaml");
        const std::scoped_lock lock(script->mutex);
        script->moved.push_back(label + ' ' + std::to_string(version) + ' ' + why);
        return {};
    };
    services.history = [](const std::string&) -> Result<ui::prompts::History> {
        const auto at = [](int hours) { return fixedNow() - std::chrono::hours(hours); };
        return ui::prompts::History{
            "Git",
            {{at(6), "Grace Hopper <grace@bank.example>", "Number the steps of an answer", 4,
              "7be1c04a90f1d2aa31"},
             {at(29), "Grace Hopper <grace@bank.example>", "Begin v4 from v3", 4, "c20d9e11b70e77ab02"},
             {at(24 * 24), "Ada Byron <ada@bank.example>", "Refuse instead of guessing", 3,
              "41aa7f3e0c5d9b8864"},
             {at(62 * 24), "Alan Turing <alan@bank.example>", "Ask for a citation behind every sentence", 2,
              "90ce51b2a7f3318d10"},
             {at(80 * 24), "Alan Turing <alan@bank.example>", "A first prompt for policy questions", 1,
              "0b7d2c66e1f04a9975"}}};
    };
    services.keepAsCase = [script](const ui::prompts::CaseRequest& request) -> Result<ui::prompts::KeptCase> {
        if (script->fail)
            return failure(ErrorCode::Denied, "the suite file is read-only", request.suite);
        const std::scoped_lock lock(script->mutex);
        script->kept.push_back(request.suite + ": " + request.run.question);
        return ui::prompts::KeptCase{request.suite, "case-" + std::to_string(260 + script->kept.size())};
    };
}

} // namespace

Catalogue bankPrompts()
{
    using std::chrono::hours;
    const auto released = VersionState::Released;
    Catalogue catalogue;
    catalogue.prompts = {
        prompt("policy-answer", "answer", "Answer from policies",
               {row(4, VersionState::Draft, {"candidate"}, "Grace Hopper", hours(6),
                    "Number the steps, allow several citations"),
                row(3, released, {"production"}, "Ada Byron", hours(24 * 24), "Refuse instead of guessing"),
                row(2, released, {}, "Alan Turing", hours(62 * 24), "Citations behind every sentence"),
                row(1, released, {}, "Alan Turing", hours(80 * 24), "First version")}),
        prompt("json-answer", "answer", "Answer as JSON",
               {row(3, released, {"production"}, "Ada Byron", hours(15 * 24), "Schema with citations"),
                row(2, VersionState::ChangedAfterRelease, {}, "Ada Byron", hours(41 * 24), "Shorter schema"),
                row(1, released, {}, "Ada Byron", hours(70 * 24), "First version")}),
        prompt("triage", "triage", "Sort a ticket",
               {row(5, released, {"production"}, "Grace Hopper", hours(11 * 24), "Abstain below 0.6"),
                row(4, released, {"canary"}, "Grace Hopper", hours(30 * 24), "Name the clause")}),
        prompt("incident-summary", "summary", "Sum an incident up",
               {row(2, VersionState::Draft, {}, "Alan Turing", hours(3 * 24), "Times in UTC"),
                row(1, released, {"production"}, "Alan Turing", hours(50 * 24), "First version")})};
    return catalogue;
}

PromptVersion bankPrompt(const std::string& name, int version)
{
    PromptVersion prompt;
    prompt.name = name;
    prompt.version = version;
    prompt.title = "Answer from policies";
    prompt.purpose = "Short answers with a citation behind each sentence, from approved documents only";
    prompt.task = "answer";
    prompt.authorRole = "Prompt author";
    prompt.changeNote =
        version >= 4 ? "Number the steps, allow several citations" : "Refuse instead of guessing";
    prompt.parameters.temperature = version >= 4 ? 0.2 : 0.0;
    prompt.parameters.maxOutputTokens = 400;
    prompt.parameters.seed = 7;
    prompt.form.maxSentences = version >= 4 ? 6 : 4;
    using Kind = plumbline::prompts::VariableKind;
    prompt.variables = {{"question", Kind::Question, "what is asked", {}, {}, true},
                        {"passages", Kind::Passages, "what may be used", {}, {}, true},
                        {"date", Kind::Date, "as of", {}, {}, true}};
    if (version >= 4)
        prompt.variables.push_back({"sentences", Kind::Integer, "most sentences", {}, "6", false});
    prompt.system = version >= 4 ? kSystem4 : kSystem3;
    prompt.user = kUser;
    prompt.examples = {{"How fast must we respond to a SEV2?", "Within 30 minutes. [1]"}};
    prompt.path = "prompts/" + name + "/v" + std::to_string(version) + ".md";
    prompt.text = prompt.system + prompt.user;
    prompt.digest = "3d6f0a9b47c1e58290ab" + std::to_string(version);
    return prompt;
}

Result<assistant::Answer> bankModelAnswer(const Script& script, const assistant::TurnRequest& request,
                                          const std::stop_token& stop, const llm::DeltaFn& onText)
{
    if (request.model.find("broken") != std::string::npos)
        return brokenEndpoint();
    if (stream(script, request.model, stop, onText))
        return failure(ErrorCode::Cancelled, "stopped");
    assistant::Answer answer = bankAnswer(request);
    assistant::Generation generation;
    generation.messages = {{llm::Role::System, kSystem3},
                           {llm::Role::User, "Passages:\n<passage n=\"1\">…</passage>\n\nQuestion:\n" +
                                                 request.question + "\n"}};
    for (const std::string& piece : bankPieces())
        generation.reply.text += piece;
    generation.reply.model = request.model + "-2026-09";
    generation.reply.usage = usageOf(1'204, 87, request.model.starts_with("local"));
    generation.reply.simulated = request.model.starts_with("simulated");
    if (!request.model.starts_with("local"))
        generation.reply.cost = Money{1'133};
    generation.reply.firstTokenMs = 212;
    generation.reply.totalMs = 1'940;
    generation.withheld.resize(1);
    generation.withheld.front().text = "All nodes may be restarted at once.";
    answer.generation = std::move(generation);
    answer.latency = {0.4, 8.2, 1'940, 6.1, 1'954.7};
    return answer;
}

std::vector<std::string> bankPieces()
{
    std::vector<std::string> pieces;
    const std::string text =
        "Payments that fail with error TLS-1403 after a rotation mean that a node still presents the old "
        "certificate. [1] Check the fingerprint on every node with gatewayctl cert show. [1] Restart the "
        "node "
        "that shows the old finger";
    for (std::size_t at = 0; at < text.size(); at += 5)
        pieces.push_back(text.substr(at, 5));
    return pieces;
}

ui::prompts::Services fakePrompts(const std::shared_ptr<Script>& script)
{
    ui::prompts::Services services;
    addReads(services, script);
    addBooks(services, script);
    services.run = [script](const RunRequest& request, std::stop_token stop, const llm::DeltaFn& onText) {
        return runOnce(script, request, stop, onText);
    };
    services.now = fixedNow;
    services.models = {{"embedded", false, true},
                       {"simulated-large", true, true},
                       {"local-qwen", false, false},
                       {"slow-gateway", false, true},
                       {"broken", false, true}};
    services.suites = {"suites/golden.jsonl", "suites/payments.jsonl"};
    services.suggested = {"What do I do when payments fail after a certificate rotation?"};
    services.folder = "/home/ada/workspaces/tarnwick";
    services.actor = "Ada Byron <ada@bank.example>";
    return services;
}

} // namespace plumbline::tests
