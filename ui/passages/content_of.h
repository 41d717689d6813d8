// From the engine's documents and passages to the plain values that the shared widgets show, and the words
// for them.
#pragma once

#include <string>
#include <vector>

#include "app/corpus/library.h"
#include "app/retrieval/search.h"
#include "ui/widgets/document_content.h"
#include "ui/widgets/passage_html.h"
#include "ui/widgets/score_bars.h"

namespace plumbline::ui::passages {

widgets::DocumentContent contentOf(const plumbline::corpus::DocumentView& document);

// The passage by its units, `terms` and `cited` marked (code points into its text, rising).
widgets::PassageText passageText(const retrieval::Passage& passage, std::vector<Span> terms,
                                 std::vector<Span> cited = {});

// All four stages; `maximumLexical` is the full scale of BM25 (SearchResult::maximumLexical).
std::vector<widgets::StageScore> stageScores(const retrieval::StageScores& scores, double maximumLexical);

// Where the matched terms of each passage stand. Empty lists when the result carries no words.
std::vector<Span> termSpans(const retrieval::SearchResult& result, const retrieval::Passage& passage);

// Whether the stored text is Markdown as written, by the name of its file.
bool isMarkdown(const std::string& path);

// "IR-001@3.1"; the id alone without a version.
std::string documentKey(const std::string& id, const std::string& version);

// What a person must know of a sentence of an answer, in words and lower case: "its sources do not say this",
// "another source says otherwise"; empty when there is nothing. The command says the same.
QStringList sentenceMarks(bool supported, bool conflicting);

// In words: "Approved", "Approved by its front matter", "Approved by default", "Not approved".
QString approvalWords(plumbline::corpus::Approval approval);

} // namespace plumbline::ui::passages
