// Two prompt versions, or the messages made from them, as the rows of a diff view.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/llm/chat_model.h"
#include "app/prompts/prompt.h"
#include "ui/widgets/diff_rows.h"

namespace plumbline::ui::prompts {

// The front matter of a version by field, in the order of the file, values as a person reads them. Fields
// that say nothing are left out.
std::vector<std::pair<QString, QString>> fieldsOf(const plumbline::prompts::PromptVersion& version);

// Its text sections in order: "System", "User", "Example 1, user" …, "Output schema".
std::vector<std::pair<QString, std::string>> sectionsOf(const plumbline::prompts::PromptVersion& version);

// Front matter by field, then section by section. Lines are counted within their section. Belongs into a job.
widgets::DiffDocument compareVersions(const plumbline::prompts::PromptVersion& left,
                                      const plumbline::prompts::PromptVersion& right);

// What is sent, message by message. Belongs into a job.
widgets::DiffDocument compareMessages(const plumbline::prompts::Rendered& left, const QString& leftName,
                                      const plumbline::prompts::Rendered& right, const QString& rightName);

} // namespace plumbline::ui::prompts
