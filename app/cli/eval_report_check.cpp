#include "app/cli/eval_report_check.h"

#include <cstdlib>

#include <unistd.h>

#include "app/evals/quarantine.h"
#include "app/evals/run_repository.h"

namespace plumbline::cli {

namespace {

Result<void> checkBaseline(const workspace::Workspace& workspace, std::string& baseline)
{
    if (baseline.empty() || baseline.find('@') != std::string::npos) {
        return {}; // a prompt is looked for with the others
    }
    const auto reference = workspace::parseRunReference(baseline);
    if (!reference) {
        return tl::unexpected(reference.error());
    }
    const auto run = workspace.runs().run(reference->run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    if (auto finished = requireFinished(*run); !finished) {
        return finished;
    }
    const std::size_t variants = run->settings.variants.size();
    if (static_cast<std::size_t>(reference->variant.value_or(0)) >= variants) {
        return failure(ErrorCode::NotFound,
                       "run " + run->id + " has " + std::to_string(variants) + " variants", baseline);
    }
    baseline = run->id + (reference->variant ? "#" + std::to_string(*reference->variant + 1) : std::string());
    return {};
}

// The file is written beside itself and renamed, so it is the folder that must take it.
Result<void> checkWritable(const std::string& path)
{
    namespace fs = std::filesystem;
    if (path.empty()) {
        return {};
    }
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        return failure(ErrorCode::BadInput, "is a folder; name a file for the report", path);
    }
    const fs::path parent = fs::path(path).parent_path();
    const fs::path folder = parent.empty() ? fs::path(".") : parent;
    if (!fs::is_directory(folder, ignored)) {
        return failure(ErrorCode::NotFound, "there is no folder for the report; make it first", path);
    }
    std::string trial = (folder / ".plumbline-XXXXXX").string(); // rights alone do not tell of a full disk
    const int file = ::mkstemp(trial.data());
    if (file < 0) {
        return failure(ErrorCode::Denied, "the folder of the report cannot be written into", path);
    }
    ::close(file);
    ::unlink(trial.c_str());
    return {};
}

} // namespace

Result<void> requireFinished(const evals::Run& run)
{
    if (run.state == evals::RunState::Finished) {
        return {};
    }
    return failure(ErrorCode::BadInput,
                   "the run is " + std::string(toString(run.state)) +
                       " and is compared with nothing; `plumbline eval resume " + run.id + "` goes on",
                   run.id);
}

Result<void> checkReportFlags(const workspace::Workspace& workspace, ReportFlags& flags)
{
    if (auto gates = workspace::gatesOf(workspace, flags); !gates) {
        return tl::unexpected(gates.error());
    }
    if (auto aside = evals::readQuarantine(workspace.home() / "suites" / "quarantine.yaml"); !aside) {
        return tl::unexpected(aside.error());
    }
    if (auto baseline = checkBaseline(workspace, flags.baseline); !baseline) {
        return baseline;
    }
    for (const std::string* path : {&flags.junit, &flags.sarif, &flags.html, &flags.json, &flags.markdown}) {
        if (auto writable = checkWritable(*path); !writable) {
            return writable;
        }
    }
    return {};
}

} // namespace plumbline::cli
