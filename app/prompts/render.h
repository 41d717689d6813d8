// From a prompt version and values to the messages as they are sent.
#pragma once

#include "app/base/result.h"
#include "app/prompts/prompt.h"

namespace plumbline::prompts {

// Deterministic to the byte: the same version and values give the same messages. System, then the examples as
// user and assistant, then user; what a value holds changes neither their number nor their roles. Untrusted
// values stand in fences (fence.h). BadInput, with the variable in `where`: a required value is missing, a
// value is given that the prompt has no variable for, or it is not of its kind; the message says what was
// expected. Passages that a prompt does not ask for are left out.
Result<Rendered> render(const PromptVersion& prompt, const Values& values);

// Values with the question under the prompt's variable of kind Question, else Ticket. A prompt without either
// gets none.
Values valuesFor(const PromptVersion& prompt, std::string_view question, std::vector<PassageValue> passages);

// The mark of the fences of these values: what untrustedIn() asks for.
std::string fenceMarkOf(const Values& values);

} // namespace plumbline::prompts
