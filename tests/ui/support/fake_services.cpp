#include "tests/ui/support/fake_services.h"

#include <algorithm>
#include <thread>

#include "tests/ui/support/fake_dashboard.h"
#include "tests/ui/support/fake_evals.h"
#include "tests/ui/support/fake_prompts.h"
#include "tests/ui/support/fake_settings.h"

namespace plumbline::tests {

using plumbline::assistant::Answer;
using plumbline::assistant::AnswerSentence;
using plumbline::assistant::RefusalKind;
using plumbline::assistant::TurnRequest;
using plumbline::corpus::Approval;
using plumbline::corpus::DocumentRow;
using plumbline::corpus::UnitKind;
using plumbline::corpus::Verdict;

namespace {

// Words are cut at everything that is neither letter nor digit; enough to mark terms.
class PlainWords final : public retrieval::TextModel {
public:
    std::vector<retrieval::Term> terms(std::string_view text) const override
    {
        std::vector<retrieval::Term> terms;
        const auto isWord = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        };
        for (std::size_t i = 0; i < text.size();) {
            std::size_t end = i;
            while (end < text.size() && isWord(text[end]))
                ++end;
            if (end > i) {
                retrieval::Term term;
                term.text = asciiLower(text.substr(i, end - i));
                term.span = {i, end};
                terms.push_back(term);
            }
            i = end + 1;
        }
        return terms;
    }
    double rarity(std::string_view) const override { return 1; }
    bool known(std::string_view) const override { return true; }
    std::vector<std::string> synonymTerms(std::string_view) const override { return {}; }
    std::vector<float> embed(std::string_view) const override { return {}; }
};

retrieval::Passage passage(int rank, const DocumentRow& row, std::string_view from, std::string_view to,
                           std::string heading, double score)
{
    const auto document = bankDocument();
    const std::size_t start = document.text.find(from);
    const std::size_t end = document.text.find(to, start) + to.size();
    retrieval::Passage passage;
    passage.rank = rank;
    passage.documentKey = row.key;
    passage.chunkKey = rank;
    passage.document = row.id;
    passage.title = row.title;
    passage.version = row.version;
    passage.approval = row.approval;
    passage.path = row.path;
    passage.heading = std::move(heading);
    passage.span = {start, end};
    passage.text = document.text.substr(start, end - start);
    passage.score = score;
    passage.scores = {14.2 * score, 0.71 * score, 0.86 * score, score};
    passage.matches = {{"payments", 2.31}, {"rotation", 3.08}, {"certificate", 1.92}, {"fail", 1.44}};
    for (const auto& block : document.blocks) {
        const bool unit = block.kind != plumbline::corpus::BlockKind::Heading &&
                          block.kind != plumbline::corpus::BlockKind::TableHeader;
        if (unit && passage.span.contains(block.span)) {
            plumbline::corpus::Unit entry;
            entry.kind = block.kind == plumbline::corpus::BlockKind::ListItem   ? UnitKind::Step
                         : block.kind == plumbline::corpus::BlockKind::TableRow ? UnitKind::TableRow
                         : block.kind == plumbline::corpus::BlockKind::Code     ? UnitKind::Code
                                                                                : UnitKind::Sentence;
            entry.span = block.span;
            passage.units.push_back(entry);
        }
    }
    return passage;
}

retrieval::SearchResult bankSearch()
{
    const auto rows = bankRows();
    retrieval::SearchResult result;
    result.passages = {
        passage(1, rows[2], "## When payments", "Duty Manager |",
                "Certificate Rotation for Payment Gateways > When payments fail after a rotation", 0.912),
        passage(2, rows[2], "Payment gateways", "one node at a time.",
                "Certificate Rotation for Payment Gateways", 0.604),
        passage(3, rows[9], "## Commands", "response times.",
                "Certificate Rotation for Payment Gateways > Commands", 0.377),
    };
    result.dropped = {{"PAY-031", "Instant Payments Limits", "0.9", Verdict::Draft, false, 0.55, "Limits"},
                      {"KYC-007", "Enhanced Due Diligence", "1.1", Verdict::Expired, false, 0.31, "Records"}};
    result.generation = 12;
    result.usableChunks = 341;
    result.chunks = 402;
    result.milliseconds = 7.9;
    result.expansions = {"tls"};
    result.maximumLexical = 18.5;
    result.words = std::make_shared<PlainWords>();
    return result;
}

AnswerSentence sentence(std::string text, UnitKind kind, int source)
{
    const auto document = bankDocument();
    AnswerSentence sentence;
    const std::size_t at = document.text.find(text);
    sentence.spans = {{"PAY-014", "1.2", {at, at + text.size()}}};
    sentence.text = std::move(text);
    sentence.kind = kind;
    sentence.citations = {source};
    return sentence;
}

Error diskError()
{
    return {ErrorCode::Io, "reading the database failed: input/output error; check the disk and try again",
            ".plumbline/plumbline.db"};
}

// The error that the script asks for, or none.
std::optional<Error> trouble(const Script& script)
{
    if (script.fail)
        return diskError();
    if (script.nothingIndexed)
        return Error{ErrorCode::NotFound, "nothing is indexed yet: run `plumbline index`", ""};
    return std::nullopt;
}

// True when it was stopped.
bool waited(const Script& script, const std::stop_token& stop)
{
    while (script.hang && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return stop.stop_requested();
}

using SharedRows = std::shared_ptr<const std::vector<DocumentRow>>;

Result<DocumentRow> findRow(const SharedRows& rows, const std::string& key)
{
    for (const DocumentRow& row : *rows) {
        if (row.id + '@' + row.version == key || row.id == key || row.path == key)
            return row;
    }
    return failure(ErrorCode::NotFound, "no document " + key + "; nearest: PAY-014, PAY-020");
}

void addReads(ui::corpus::Services& services, const std::shared_ptr<Script>& script, const SharedRows& shared)
{
    services.list = [script, shared](Date, std::stop_token stop) -> Result<std::vector<DocumentRow>> {
        if (waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        if (script->fail)
            return tl::unexpected(diskError());
        return script->nothingIndexed ? std::vector<DocumentRow>() : *shared;
    };
    services.show = [script, shared](const std::string& key,
                                     Date) -> Result<plumbline::corpus::DocumentView> {
        if (script->fail)
            return tl::unexpected(diskError());
        auto row = findRow(shared, key);
        if (!row)
            return tl::unexpected(row.error());
        auto view = bankDocument();
        if (row->skipped)
            view = {};
        view.row = *row;
        return view;
    };
}

void addActs(ui::corpus::Services& services, const std::shared_ptr<Script>& script, const SharedRows& shared)
{
    services.approve = [script, shared](const std::string& key) -> Result<DocumentRow> {
        auto row = findRow(shared, key);
        if (row && row->quarantined)
            return failure(ErrorCode::Conflict, key + " is in quarantine: release it first");
        if (row) {
            row->approval = Approval::Recorded;
            row->verdict = Verdict::Usable;
            const std::scoped_lock lock(script->mutex);
            script->approved.push_back(key);
        }
        return row;
    };
    services.release = [script, shared](const std::string& key) -> Result<DocumentRow> {
        auto row = findRow(shared, key);
        if (row) {
            row->quarantined = false;
            const std::scoped_lock lock(script->mutex);
            script->released.push_back(key);
        }
        return row;
    };
}

void addLists(ui::corpus::Services& services, const std::shared_ptr<Script>& script, const SharedRows& shared)
{
    services.ledger = [script, shared]() -> Result<std::vector<plumbline::corpus::LedgerEntry>> {
        if (script->fail)
            return tl::unexpected(diskError());
        std::vector<plumbline::corpus::LedgerEntry> entries;
        for (const DocumentRow& row : *shared)
            entries.push_back({row.path,
                               row.skipped       ? "skipped"
                               : row.quarantined ? "quarantined"
                                                 : "indexed",
                               row.reason, row.id, 6'512, 3.4, fixedNow()});
        return entries;
    };
    services.notices = [script]() -> Result<std::vector<plumbline::corpus::Notice>> {
        if (script->fail)
            return tl::unexpected(diskError());
        return std::vector<plumbline::corpus::Notice>{
            {"near_duplicate", "two documents share 91 % of their text", {"PAY-014@1.2", "OPS-002@1.0"}},
            {"approval_void", "the text was edited after it was approved on 2026-10-02", {"PAY-031@0.9"}}};
    };
}

void addIndexing(ui::corpus::Services& services, const std::shared_ptr<Script>& script)
{
    services.index = [script](std::stop_token stop,
                              const ProgressFn& progress) -> Result<retrieval::IndexReport> {
        for (std::uint64_t i = 0; i <= 20 && !stop.stop_requested(); ++i) {
            progress({"reading files", i, 20, "files", 3.2e6, std::chrono::seconds(2)});
            std::this_thread::sleep_for(std::chrono::milliseconds(script->hang ? 100 : 1));
        }
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        script->nothingIndexed = false;
        retrieval::IndexReport report;
        report.generation = 13;
        report.added = 2;
        report.unchanged = 10;
        report.skipped = {{"documents/operations/site-plan.pdf", "has no text (scanned?)"}};
        report.seconds = 1.4;
        return report;
    };
    services.generations = [script]() -> Result<std::vector<retrieval::GenerationInfo>> {
        if (script->nothingIndexed)
            return std::vector<retrieval::GenerationInfo>();
        return std::vector<retrieval::GenerationInfo>{
            {12, fixedNow() - std::chrono::minutes(26), 11, 402, true, 0, {}},
            {11, fixedNow() - std::chrono::hours(30), 10, 388, false, 0, {}}};
    };
    services.rollback = []() -> Result<retrieval::GenerationInfo> {
        return retrieval::GenerationInfo{11, fixedNow(), 10, 388, true, 0, {}};
    };
}

void addSearch(ui::corpus::Services& services, const std::shared_ptr<Script>& script)
{
    services.search = [script](const retrieval::SearchRequest& request,
                               std::stop_token stop) -> Result<retrieval::SearchResult> {
        {
            const std::scoped_lock lock(script->mutex);
            script->searches.push_back(request);
        }
        if (waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        if (const auto error = trouble(*script))
            return tl::unexpected(*error);
        if (request.query == "zzz") {
            retrieval::SearchResult none;
            none.generation = 12;
            return none;
        }
        return bankSearch();
    };
    services.why = [](const retrieval::SearchRequest&, const std::string& document,
                      std::stop_token) -> Result<retrieval::WhyNot> {
        return retrieval::WhyNot{document,
                                 "rank 14; 3 of 5 query terms",
                                 {"certificate", "rotation"},
                                 {4.1, 0.22, 0.31, 0.24},
                                 14};
    };
}

} // namespace

Timestamp fixedNow()
{
    return Timestamp(*parseDate("2026-11-24")) + std::chrono::hours(3) + std::chrono::minutes(12);
}

Answer bankAnswer(const TurnRequest& request)
{
    Answer answer;
    answer.search = bankSearch();
    answer.sentences = {
        sentence("Payments that fail with error `TLS-1403` after a rotation mean that a node still presents "
                 "the old certificate.",
                 UnitKind::Sentence, 1),
        sentence("Check the fingerprint on every node with `gatewayctl cert show`.", UnitKind::Step, 1),
        sentence("Restart the node that shows the old fingerprint; wait until it reports ready.",
                 UnitKind::Step, 1),
        sentence("A certificate is rotated **30 days** before it expires, and the `payments-gateway` service "
                 "is restarted on one node at a time.",
                 UnitKind::Sentence, 2),
    };
    AnswerSentence table = sentence("| SEV1 | 15 minutes | Incident Commander |", UnitKind::TableRow, 1);
    table.text = "| Severity | First response | Who decides |\n" + table.text;
    answer.sentences.push_back(table);
    answer.sources = {{1, answer.search.passages[0]}, {2, answer.search.passages[1]}};
    answer.confidence = 0.93;
    answer.trace = "9c1f7e20a4b3";
    answer.latency = {0.4, 8.2, 3.1, 1.6, 13.3};
    if (request.question.starts_with("conflict")) {
        answer.sentences[0].conflicting = true;
        answer.sentences[3].conflicting = true;
        answer.findings = {{"sources_disagree", "PAY-014@1.2 and OPS-002@1.0 give different times"}};
    } else {
        answer.findings = {{"approved_by_default", "OPS-002@1.0 has no state of its own"}};
    }
    return answer;
}

Answer bankRefusal(RefusalKind kind)
{
    Answer answer;
    answer.search = bankSearch();
    answer.trace = "02d4aa91be77";
    answer.latency = {0.3, 6.4, 0, 0, 6.7};
    plumbline::assistant::Refusal refusal;
    refusal.kind = kind;
    refusal.reason =
        kind == RefusalKind::OnlyUnusable
            ? "Only a draft and an expired document speak of this; neither may be quoted on 2026-11-24."
            : "No approved document says what was asked. The nearest passages speak of certificate rotation.";
    refusal.nearest = {answer.search.passages[1], answer.search.passages[2]};
    if (kind == RefusalKind::OnlyUnusable)
        refusal.unusable = answer.search.dropped;
    answer.refusal = refusal;
    return answer;
}

ui::assistant::Services fakeAssistant(const std::shared_ptr<Script>& script)
{
    ui::assistant::Services services;
    services.ask = [script](const TurnRequest& request, std::stop_token stop,
                            const llm::DeltaFn& onText) -> Result<Answer> {
        ++script->asks;
        {
            const std::scoped_lock lock(script->mutex);
            script->requests.push_back(request);
        }
        const bool embedded = request.model == plumbline::assistant::kEmbedded;
        if (embedded && waited(*script, stop))
            return failure(ErrorCode::Cancelled, "stopped");
        if (const auto error = trouble(*script))
            return tl::unexpected(*error);
        if (!embedded)
            return bankModelAnswer(*script, request, stop, onText);
        if (request.question.starts_with("refuse"))
            return bankRefusal(RefusalKind::NothingCloseEnough);
        if (request.question.starts_with("unusable"))
            return bankRefusal(RefusalKind::OnlyUnusable);
        return bankAnswer(request);
    };
    services.judge = [script](const ui::assistant::Turn&, plumbline::assistant::Judgement judgement,
                              const std::string& note) -> Result<void> {
        if (script->fail)
            return tl::unexpected(diskError());
        const std::scoped_lock lock(script->mutex);
        script->judged.push_back(
            (judgement == plumbline::assistant::Judgement::Helpful ? "helpful: " : "wrong: ") + note);
        return {};
    };
    services.now = fixedNow;
    services.profiles.emplace_back();
    services.prompts = [script](std::stop_token) -> Result<std::vector<ui::assistant::PromptChoice>> {
        if (script->fail)
            return tl::unexpected(diskError());
        std::string production = "v3";
        const std::scoped_lock lock(script->mutex);
        for (const std::string& moved : script->moved) { // "production 4 reason"
            if (moved.starts_with("production "))
                production = 'v' + moved.substr(11, 1);
        }
        return std::vector<ui::assistant::PromptChoice>{
            {"policy-answer@production", "policy-answer · production (" + production + ')'},
            {"policy-answer@candidate", "policy-answer · candidate (v4)"},
            {"json-answer@production", "json-answer · production (v3)"}};
    };
    services.prompt = [](const std::string& reference) -> Result<plumbline::prompts::PromptVersion> {
        return bankPrompt(reference.substr(0, reference.find('@')), reference.ends_with("candidate") ? 4 : 3);
    };
    services.models = {
        {"embedded", false}, {"simulated-large", true}, {"local-qwen", false}, {"broken", false}};
    services.suggested = {"What do I do when payments fail after a certificate rotation?",
                          "How fast must we respond to a SEV1 incident?"};
    return services;
}

ui::corpus::Services fakeCorpus(const std::shared_ptr<Script>& script, std::vector<DocumentRow> rows)
{
    const auto shared = std::make_shared<const std::vector<DocumentRow>>(std::move(rows));
    ui::corpus::Services services;
    addReads(services, script, shared);
    addActs(services, script, shared);
    addLists(services, script, shared);
    addIndexing(services, script);
    addSearch(services, script);
    services.now = fixedNow;
    services.profiles.emplace_back();
    services.actor = "Ada Byron <ada@bank.example>";
    return services;
}

ui::shell::Session fakeSession(const std::shared_ptr<Script>& script)
{
    ui::shell::Session session;
    session.name = QStringLiteral("Tarnwick Bank (sample)");
    session.assistant = fakeAssistant(script);
    session.corpus = fakeCorpus(script);
    session.prompts = fakePrompts(script);
    session.evals = fakeEvals(script);
    session.dashboard = fakeDashboard(script);
    session.settings = fakeSettings(script);
    session.facts = {
        {QStringLiteral("Name"), session.name},
        {QStringLiteral("Folder"), QStringLiteral("/home/ada/workspaces/tarnwick")},
        {QStringLiteral("Documents from"), QStringLiteral("documents")},
        {QStringLiteral("Without a state"), QStringLiteral("draft")},
        {QStringLiteral("Acting as"), QStringLiteral("Ada Byron <ada@bank.example> (Git identity)")}};
    return session;
}

} // namespace plumbline::tests
