#include "app/evals/run.h"

namespace plumbline::evals {

std::string_view toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed:
        return "passed";
    case Outcome::Failed:
        return "failed";
    case Outcome::NotExecutable:
        return "not_executable";
    }
    return "failed";
}

std::string_view toString(RunState state)
{
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Stopped:
        return "stopped";
    case RunState::Finished:
        return "finished";
    case RunState::OverBudget:
        return "over_budget";
    case RunState::Failed:
        return "failed";
    }
    return "failed";
}

std::string_view toString(CaseState state)
{
    switch (state) {
    case CaseState::Answered:
        return "answered";
    case CaseState::Refused:
        return "refused";
    case CaseState::Broken:
        return "broken";
    }
    return "broken";
}

} // namespace plumbline::evals
