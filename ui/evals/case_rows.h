// A case in words: what is expected, the checks of both answers side by side, the answers as a difference.
#pragma once

#include <vector>

#include <QString>

#include "ui/evals/services.h"
#include "ui/evals/text_table.h"
#include "ui/widgets/diff_rows.h"

namespace plumbline::ui::evals {

// "An answer from IR-001@3.1 that says “5 minutes”", "A refusal"; empty when the suite states nothing.
QString expectationWords(const plumbline::evals::Expectation& expected);

// The answer as text; what stands in its place for a refusal and for an error says so.
QString answerText(const Attempt& attempt);

// "passed 1.00", "failed 0.00, refused", "error".
QString attemptWords(const Attempt* attempt);

// One row for each check, with its parts, then the figures of both answers. Columns: check, baseline,
// candidate, reason, where. Either may be null.
std::vector<TextRow> checkRows(const Attempt* baseline, const Attempt* candidate);

// Word by word. Any thread.
widgets::DiffDocument answersCompared(const Attempt& baseline, const Attempt& candidate,
                                      const QString& baselineName, const QString& candidateName);

// The repeat a person wants to see first: the first that did not pass, else the first.
int foremostRepeat(const std::vector<Attempt>& attempts);

} // namespace plumbline::ui::evals
