// Texts with {{variables}} in the way of Nunjucks, as far as a suite's values and prompts use it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline::evals {

using Variables = std::map<std::string, std::string, std::less<>>;

// {{ name }}, {{ name.key }}, {{ name[0] }}, {{ name["key"] }}, {{ "text" }}, the filters upper, lower, trim,
// capitalize, title, length, default(x), replace(a, b), join(s), first, last, dump and safe, {# comments #},
// {% raw %} and the dashes that eat white space. A key is looked up in a variable that is JSON; what is not
// there is empty, as in Nunjucks. Unsupported: anything else of the language ({% if %}, operators, calls,
// `env`); BadInput: a tag that is not closed.
Result<std::string> renderTemplate(std::string_view text, const Variables& variables);

} // namespace plumbline::evals
