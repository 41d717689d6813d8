// One quoted sentence, step, table row or piece of code as HTML for a label. Everything is escaped.
#pragma once

#include <QString>

#include "app/assistant/answer.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::passages {

// A table row that has no header beside it is one line: "SEV1 · 15 minutes".
QString sentenceHtml(const plumbline::assistant::AnswerSentence& sentence, bool markdown,
                     const widgets::Tokens& tokens);

// The same as plain text, a table row as "header: cell; header: cell".
QString sentencePlain(const plumbline::assistant::AnswerSentence& sentence, bool markdown);

// How many steps of one list have been read, this one with them: a table or code between two steps does not
// end the list, a sentence does.
int stepNumber(corpus::UnitKind kind, int before);

} // namespace plumbline::ui::passages
