// What the families of assertions share: one assertion with everything it is held against, made ready.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/evals/check.h"

namespace plumbline::evals {

// An assertion whose value is rendered, and the output as promptfoo sees it.
struct Checked {
    const Assertion& assertion;
    const CheckInput& input;
    nlohmann::ordered_json value; // rendered; null: none
    bool hasStructured = false;
    nlohmann::ordered_json structured; // where hasStructured, the output is this
    std::string text;                  // the output as text; JSON where it is structured

    bool negated() const { return assertion.negated; }
};

// An assertion that asks for what cannot be decided here; thrown inside a check and caught in check().
struct NotExecutable {
    std::string reason;
};

struct Judgement {
    bool passed = false;
    double score = 0;
    std::string reason;
    std::vector<EvidencePlace> places = {};
    std::vector<AssertionResult> parts = {};
};

// Score 1 or 0. The reasons are for a person: what is the case where it fails.
Judgement yesOrNo(bool passed, std::string reasonToFail);

// A check that holds or not, with "not-" taken into account. `whenNot` and `whenSo` say why it fails as
// written and negated.
Judgement holds(const Checked& checked, bool holding, std::string whenNot, std::string whenSo);

// A score against a threshold: `score` is turned round where the assertion is negated.
Judgement reaches(const Checked& checked, std::string_view what, double score, double threshold);

// 0.8333: four places at most.
std::string shortNumber(double value);

using CheckFn = std::function<Judgement(const Checked&)>;
using CheckTable = std::map<std::string, CheckFn, std::less<>>;

// Each family by the names of its kinds.
CheckTable textChecks();
CheckTable jsonChecks();
CheckTable markupChecks();
CheckTable overlapChecks();
CheckTable callChecks();
CheckTable responseChecks();
CheckTable traceChecks();
CheckTable trajectoryChecks();
CheckTable scriptChecks();
CheckTable answerChecks();

} // namespace plumbline::evals
