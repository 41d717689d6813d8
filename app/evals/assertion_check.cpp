#include "app/evals/assertion_check.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace plumbline::evals {

Judgement yesOrNo(bool passed, std::string reasonToFail)
{
    return {passed, passed ? 1.0 : 0.0, passed ? std::string() : std::move(reasonToFail)};
}

Judgement holds(const Checked& checked, bool holding, std::string whenNot, std::string whenSo)
{
    return yesOrNo(holding != checked.negated(), std::move(holding ? whenSo : whenNot));
}

Judgement reaches(const Checked& checked, std::string_view what, double score, double threshold)
{
    const bool high = score >= threshold;
    const std::string is = std::string(what) + " is " + shortNumber(score) + ", " +
                           (high ? "not below " : "below ") + shortNumber(threshold);
    Judgement judgement = holds(checked, high, is, is);
    judgement.score = checked.negated() ? 1 - score : score;
    return judgement;
}

std::string shortNumber(double value)
{
    std::array<char, 352> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.4f", value);
    std::string text = buffer.data();
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

} // namespace plumbline::evals
