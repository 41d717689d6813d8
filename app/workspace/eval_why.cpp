#include "app/workspace/eval_why.h"

#include "app/evals/run_repository.h"
#include "app/evals/runner.h"
#include "app/workspace/eval_targets.h"

namespace plumbline::workspace {

namespace {

struct Side {
    evals::FlipSide asked;
    evals::Variant was; // as the run has it
};

// A variant of a stored run, as it can be asked now.
Result<Side> sideOf(const Workspace& workspace, const VariantRef& of, const std::string& caseId)
{
    auto run = workspace.runs().run(of.run);
    auto suite = run ? workspace.runs().suite(run->id) : Result<evals::Suite>(tl::unexpected(run.error()));
    auto one = suite ? workspace.runs().testCase(run->id, caseId)
                     : Result<evals::Case>(tl::unexpected(suite.error()));
    if (!one) {
        return tl::unexpected(one.error());
    }
    auto targets = evalTargetsOf(workspace, *suite, *run);
    if (!targets) {
        return tl::unexpected(targets.error());
    }
    const std::size_t index = of.last ? targets->size() - 1 : static_cast<std::size_t>(of.variant);
    if (index >= targets->size()) {
        return failure(ErrorCode::BadInput,
                       "there is no variant " + std::to_string(index + 1) + "; the run has " +
                           std::to_string(targets->size()),
                       run->id);
    }
    return Side{{std::move((*targets)[index]), std::move(*one), run->settings.asOf, run->settings.javascript},
                run->settings.variants[index]};
}

void addChanges(const Side& side, std::vector<std::string>& notes)
{
    const evals::Variant& now = side.asked.target.variant;
    if (side.was.promptDigest != now.promptDigest) {
        notes.push_back(side.was.id() + ": the prompt's text has changed since the run");
    }
    if (side.was.generation != now.generation) {
        notes.push_back(side.was.id() + ": the index has changed since the run, generation " +
                        std::to_string(side.was.generation) + " then, " + std::to_string(now.generation) +
                        " now");
    }
}

} // namespace

Result<WhyReport> whyCaseChanged(const Workspace& workspace, const std::string& caseId,
                                 const VariantRef& first, const VariantRef& second, std::stop_token stop)
{
    auto run = workspace.runs().run(second.run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    auto before = sideOf(workspace, first, caseId);
    auto after = sideOf(workspace, second, caseId);
    if (!before || !after) {
        return tl::unexpected(!before ? before.error() : after.error());
    }
    const evals::RunPorts& ports = workspace.runner().ports();
    auto journal = evals::RunJournal::open(ports.database, run->id);
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    auto flip = evals::whyFlipped(ports, before->asked, after->asked, run->id, **journal, std::move(stop));
    if (!flip) {
        return tl::unexpected(flip.error());
    }
    WhyReport report{std::move(*flip), {}};
    addChanges(*before, report.notes);
    addChanges(*after, report.notes);
    return report;
}

std::string namesOf(const std::vector<evals::FlipCause>& causes)
{
    std::string names;
    for (const evals::FlipCause cause : causes) {
        names += (names.empty() ? "" : " and ") + std::string(evals::toString(cause));
    }
    return names;
}

std::string conclusionOf(const evals::FlipReport& report)
{
    if (!report.error.empty()) {
        return "No cause can be named: " + report.error;
    }
    if (report.differs.empty()) {
        return "Nothing differs between the two.";
    }
    if (!report.flips) {
        return "Asked now, both come out alike; what differs: " + namesOf(report.differs) + ".";
    }
    if (report.causes.empty()) {
        return "No one thing flips it alone; together they do: " + namesOf(report.differs) + ".";
    }
    return "It is the " + namesOf(report.causes) + ".";
}

} // namespace plumbline::workspace
