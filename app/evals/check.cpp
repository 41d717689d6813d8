#include "app/evals/check.h"

namespace plumbline::evals {

AssertionResult check(const Assertion& assertion, const CheckInput&)
{
    AssertionResult result;
    result.name = (assertion.negated ? "not-" : "") + assertion.type;
    result.outcome = Outcome::NotExecutable;
    result.weight = assertion.weight;
    result.metric = assertion.metric;
    result.reason = "'" + assertion.type + "' is not known here";
    result.where = assertion.where;
    return result;
}

} // namespace plumbline::evals
