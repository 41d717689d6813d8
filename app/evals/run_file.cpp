#include "app/evals/run_file.h"

#include <cerrno>
#include <fstream>

#include <nlohmann/json.hpp>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/evals/run_file_check.h"
#include "app/evals/run_json.h"
#include "app/evals/run_rows.h"

namespace plumbline::evals {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::string_view kKind = "plumbline run";

// A suite may lie outside the workspace; where, is nobody's concern elsewhere.
void cutPaths(Run& run, Suite& suite)
{
    run.settings.suitePath = insidePath(run.settings.suitePath);
    suite.path = insidePath(suite.path);
    for (Variant& variant : run.settings.variants) {
        variant.promptPath = insidePath(variant.promptPath);
    }
    for (PlainPrompt& prompt : suite.prompts) {
        prompt.where = insidePath(prompt.where);
    }
}

ordered_json runHead(const Run& run, const Suite& suite)
{
    return {{"kind", kKind},
            {"format", kFormat},
            {"id", run.id},
            {"settings", toJson(run.settings)},
            {"state", toString(run.state)},
            {"error", run.error},
            {"actor", run.actor},
            {"started", plumbline::toString(run.started)},
            {"ended", run.ended ? ordered_json(plumbline::toString(*run.ended)) : ordered_json()},
            {"planned", run.planned},
            {"suite", headJson(suite)}};
}

ordered_json verdictJson(const HumanVerdict& verdict)
{
    return {{"case", verdict.of.caseId},
            {"variant", verdict.of.variant},
            {"repeat", verdict.of.repeat},
            {"agrees", verdict.agrees},
            {"note", verdict.note},
            {"actor", verdict.actor.name},
            {"known_how", verdict.actor.knownHow},
            {"at", plumbline::toString(verdict.at)}};
}

// Lines into a file, and their digest.
class LineWriter {
public:
    explicit LineWriter(fs::path file) : m_file(std::move(file)), m_out(m_file, std::ios::binary) {}

    void put(const char* key, const ordered_json& value)
    {
        const std::string line = stored({{key, value}}) + "\n";
        m_sum.add(line);
        m_out << line;
    }

    // The last line; false when something could not be written.
    bool close()
    {
        m_out << stored({{"digest", m_sum.hex()}}) << "\n";
        m_out.close();
        return !m_out.fail();
    }

private:
    fs::path m_file;
    std::ofstream m_out;
    Sha256 m_sum;
};

Result<void> putAll(const RunRepository& runs, std::string_view id, LineWriter& lines,
                    const std::stop_token& stop)
{
    auto run = runs.run(id);
    auto suite = run ? runs.suite(run->id) : Result<Suite>(tl::unexpected(run.error()));
    auto verdicts =
        suite ? runs.verdicts(run->id) : Result<std::vector<HumanVerdict>>(tl::unexpected(suite.error()));
    if (!verdicts) {
        return tl::unexpected(verdicts.error());
    }
    cutPaths(*run, *suite);
    lines.put("run", runHead(*run, *suite));
    for (const Case& one : suite->cases) {
        lines.put("case", toJson(one));
    }
    auto put = runs.eachResult(run->id, [&](const CaseResult& result) -> Result<void> {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "stopped");
        }
        lines.put("result", toJson(result));
        return {};
    });
    if (!put) {
        return put;
    }
    for (const HumanVerdict& verdict : *verdicts) {
        lines.put("verdict", verdictJson(verdict));
    }
    return {};
}

// What a file holds, as far as it was read.
struct Taken {
    Run run;
    Suite suite;
    std::vector<CaseResult> results;
    std::vector<HumanVerdict> verdicts;
    bool headed = false;
};

Result<void> takeHead(const ordered_json& value, Taken& taken)
{
    if (value.value("kind", std::string()) != kKind) {
        return failure(ErrorCode::BadInput, "expected a run, as `plumbline eval export` writes it");
    }
    if (value.value("format", 0) > kFormat) {
        return failure(ErrorCode::Unsupported, "the run was written by a newer plumbline; use that program");
    }
    auto settings = settingsFrom(value.at("settings"));
    auto suite = headFrom(value.at("suite"));
    auto state = runStateFrom(value.at("state").get<std::string>());
    auto started = parseTimestamp(value.at("started").get<std::string>());
    if (!settings || !suite || !state || !started) {
        return failure(ErrorCode::BadInput, "the run's head is not whole");
    }
    taken.run.id = value.at("id").get<std::string>();
    taken.run.settings = std::move(*settings);
    taken.run.state = *state == RunState::Running ? RunState::Stopped : *state; // nobody goes on with it here
    taken.run.error = value.at("error").get<std::string>();
    taken.run.actor = value.at("actor").get<std::string>();
    taken.run.started = *started;
    taken.run.planned = value.at("planned").get<std::int64_t>();
    if (value.at("ended").is_string()) {
        if (auto ended = parseTimestamp(value.at("ended").get<std::string>())) {
            taken.run.ended = *ended;
        }
    }
    taken.suite = std::move(*suite);
    taken.headed = true;
    return checkHead(taken.run, taken.suite);
}

Result<void> takeVerdict(const ordered_json& value, Taken& taken)
{
    HumanVerdict verdict;
    verdict.of = {value.at("case").get<std::string>(), value.at("variant").get<int>(),
                  value.at("repeat").get<int>()};
    verdict.agrees = value.at("agrees").get<bool>();
    verdict.note = value.at("note").get<std::string>();
    verdict.actor = {value.at("actor").get<std::string>(), value.at("known_how").get<std::string>()};
    auto at = parseTimestamp(value.at("at").get<std::string>());
    if (!at) {
        return tl::unexpected(at.error());
    }
    verdict.at = *at;
    taken.verdicts.push_back(std::move(verdict));
    return {};
}

Result<void> takeLine(const ordered_json& line, Taken& taken)
{
    const std::string key = line.begin().key();
    const ordered_json& value = line.begin().value();
    if (key == "run") {
        return taken.headed ? failure(ErrorCode::BadInput, "expected one run in a file")
                            : takeHead(value, taken);
    }
    if (!taken.headed) {
        return failure(ErrorCode::BadInput, "expected a run, as `plumbline eval export` writes it");
    }
    if (key == "case") {
        auto one = caseFrom(value);
        if (!one) {
            return tl::unexpected(one.error());
        }
        taken.suite.cases.push_back(std::move(*one));
        return {};
    }
    if (key == "result") {
        auto one = resultFrom(value);
        if (!one) {
            return tl::unexpected(one.error());
        }
        const bool known = one->variant >= 0 &&
                           one->variant < static_cast<int>(taken.run.settings.variants.size()) &&
                           one->repeat >= 0 && one->repeat < taken.run.settings.repeats;
        if (!known) {
            return failure(ErrorCode::BadInput, "a result of a variant or repeat that the run does not have");
        }
        taken.results.push_back(std::move(*one));
        return {};
    }
    return key == "verdict" ? takeVerdict(value, taken)
                            : failure(ErrorCode::BadInput, "'" + key + "' is not known here");
}

Result<Taken> readRun(const fs::path& file, const std::stop_token& stop)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return tl::unexpected(fileError(errno, "read the run", file.string()));
    }
    Taken taken;
    Sha256 sum;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        const std::string where = file.string() + ":" + std::to_string(++number);
        const auto value = ordered_json::parse(line, nullptr, false);
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "stopped");
        }
        if (!value.is_object() || value.size() != 1) {
            return failure(ErrorCode::BadInput, "expected a JSON object with one key", where);
        }
        if (value.contains("digest")) {
            if (value["digest"] != sum.hex()) {
                return failure(ErrorCode::BadInput,
                               "the digest is not that of the lines above: the file was changed", where);
            }
            return taken.headed ? Result<Taken>(std::move(taken))
                                : failure(ErrorCode::BadInput, "expected a run above the digest", where);
        }
        sum.add(line + "\n");
        Result<void> done;
        try {
            done = takeLine(value, taken);
        } catch (const nlohmann::json::exception& error) {
            done = failure(ErrorCode::BadInput, std::string("is not whole: ") + error.what());
        }
        if (!done) {
            const ErrorCode code =
                done.error().code == ErrorCode::Corrupt ? ErrorCode::BadInput : done.error().code;
            return failure(code, done.error().message, where);
        }
    }
    return failure(ErrorCode::BadInput, "the file is cut off: its digest is missing", file.string());
}

} // namespace

Result<void> exportRun(const RunRepository& runs, std::string_view run, const fs::path& file,
                       std::stop_token stop)
{
    fs::path partial = file;
    partial += ".partial";
    LineWriter lines(partial);
    auto put = putAll(runs, run, lines, stop);
    std::error_code failed;
    if (put && !lines.close()) {
        put = tl::unexpected(fileError(errno == 0 ? EIO : errno, "write the run", partial.string()));
    }
    if (put) {
        fs::rename(partial, file, failed);
        if (failed) {
            put = tl::unexpected(fileError(failed.value(), "write the run", file.string()));
        }
    }
    if (!put) {
        fs::remove(partial, failed);
    }
    return put;
}

Result<std::string> importRun(const RunRepository& runs, const fs::path& file, std::stop_token stop)
{
    auto taken = readRun(file, stop);
    if (!taken) {
        return tl::unexpected(taken.error());
    }
    if (auto whole = checkResults(taken->run, taken->suite, taken->results); !whole) {
        return failure(whole.error().code, whole.error().message, file.string());
    }
    if (auto created = runs.create(taken->run, taken->suite); !created) {
        return tl::unexpected(created.error());
    }
    auto added = runs.add(taken->run.id, taken->results);
    for (std::size_t i = 0; i < taken->verdicts.size() && added; ++i) {
        added = runs.judge(taken->run.id, taken->verdicts[i]);
    }
    if (!added) {
        static_cast<void>(runs.remove(taken->run.id));
        return failure(added.error().code == ErrorCode::NotFound ? ErrorCode::BadInput : added.error().code,
                       added.error().message, file.string());
    }
    return taken->run.id;
}

} // namespace plumbline::evals
