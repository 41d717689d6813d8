// An answer with its citations as plain text, HTML, Markdown and PDF. Pure functions but for the file.
#pragma once

#include <QString>

#include "app/base/result.h"
#include "ui/assistant/turn.h"

namespace plumbline::ui::assistant {

// All carry what a reader must know: "(its sources do not say this)" beside such a sentence, and a line that
// names date, prompt, model ("(simulated)" where it is), index generation, profile and trace.
QString answerAsText(const Turn& turn);     // sentences with [n], then the sources; a refusal by its reason
QString answerAsMarkdown(const Turn& turn); // with the question
QString answerAsHtml(const Turn& turn);     // the same; everything escaped

// Errors: Denied, DiskFull, Io. Any thread; a file of that name is replaced as a whole.
Result<void> writeMarkdown(const Turn& turn, const QString& file);
Result<void> writePdf(const Turn& turn, const QString& file);

} // namespace plumbline::ui::assistant
