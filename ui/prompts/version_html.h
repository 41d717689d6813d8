// One prompt version as HTML: front matter as facts, sections with their placeholders marked. All text is
// escaped.
#pragma once

#include <QString>

#include "app/prompts/prompt.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

QString versionHtml(const plumbline::prompts::PromptVersion& version, const widgets::Tokens& tokens);

// The answer of a run with its citations and sources, or its refusal.
struct RunOutcome;
QString outcomeHtml(const RunOutcome& outcome, const widgets::Tokens& tokens);

} // namespace plumbline::ui::prompts
