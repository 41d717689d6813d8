// One quoted sentence, step, table row or piece of code as HTML for a label. Everything is escaped.
#pragma once

#include <QString>

#include "app/assistant/answer.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::passages {

QString sentenceHtml(const plumbline::assistant::AnswerSentence& sentence, bool markdown,
                     const widgets::Tokens& tokens);

// The same as plain text, a table row as "header: cell; header: cell".
QString sentencePlain(const plumbline::assistant::AnswerSentence& sentence, bool markdown);

} // namespace plumbline::ui::passages
