// A sentence and its source as HTML: what carries it, and what it says that its source does not. Everything
// is escaped.
#pragma once

#include <QString>

#include "ui/evals/services.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

// "supported", "not supported", "withheld"
QString supportWords(const SentenceView& sentence);

// The words that its source does not carry are marked, the reasons stand below.
QString sentenceHtml(const SentenceView& sentence, const widgets::Tokens& tokens);

// The source's text with the sentence's spans in it marked: as what carries it, or as what comes nearest.
QString sourceHtml(const SourceView& source, int index, const SentenceView& sentence,
                   const widgets::Tokens& tokens);

// The first marked span in the document's stored text; empty when nothing of this source is marked.
Span spanInDocument(const SourceView& source, int index, const SentenceView& sentence);

} // namespace plumbline::ui::evals
