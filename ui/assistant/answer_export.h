// An answer with its citations as plain text, HTML, Markdown and PDF. Pure functions but for the file.
#pragma once

#include <QString>

#include "app/base/result.h"
#include "ui/assistant/turn.h"

namespace plumbline::ui::assistant {

QString answerAsText(const Turn& turn);     // sentences with [n], then the sources
QString answerAsMarkdown(const Turn& turn); // with question, date and trace
QString answerAsHtml(const Turn& turn);     // everything escaped

// Errors: Denied, DiskFull, Io. Any thread; a file of that name is replaced as a whole.
Result<void> writeMarkdown(const Turn& turn, const QString& file);
Result<void> writePdf(const Turn& turn, const QString& file);

} // namespace plumbline::ui::assistant
