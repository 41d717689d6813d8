#include <algorithm>
#include <set>

#include "app/base/digest.h"
#include "app/base/json_values.h"
#include "app/evals/run_json.h"
#include "app/evals/suite_file.h"

namespace plumbline::evals {

std::string digestOf(const Suite& suite)
{
    Sha256 sum;
    sum.add(suite.riskTier + "\n");
    for (const PlainPrompt& prompt : suite.prompts) {
        sum.add(canonicalJson({{"label", prompt.label}, {"text", prompt.text}}) + "\n");
    }
    for (const Case& one : suite.cases) {
        sum.add(canonicalJson(toJson(one, Places::LeftOut)) + "\n");
    }
    return sum.hex();
}

Result<Suite> withTags(Suite suite, const std::vector<std::string>& tags)
{
    if (tags.empty()) {
        return suite;
    }
    std::set<std::string> known;
    for (const Case& one : suite.cases) {
        known.insert(one.tags.begin(), one.tags.end());
    }
    std::erase_if(suite.cases, [&](const Case& one) {
        return !std::ranges::all_of(
            tags, [&](const std::string& tag) { return std::ranges::find(one.tags, tag) != one.tags.end(); });
    });
    if (suite.cases.empty()) {
        std::string wanted;
        for (const std::string& tag : tags) {
            wanted += (wanted.empty() ? "'" : "' and '") + tag;
        }
        std::string there;
        for (const std::string& tag : known) {
            there += (there.empty() ? "" : ", ") + tag;
        }
        return failure(ErrorCode::BadInput,
                       "no case is tagged " + wanted + "'; there is: " + (there.empty() ? "no tag" : there),
                       suite.path);
    }
    suite.digest = digestOf(suite);
    return suite;
}

} // namespace plumbline::evals
