// The engine's difference of two texts as rows for the diff view.
#pragma once

#include <vector>

#include "app/base/text_diff.h"
#include "ui/widgets/diff_rows.h"

namespace plumbline::ui::widgets {

// One row for each of `diff`; code points become UTF-16 units. Any thread.
std::vector<DiffRow> rowsOf(const TextDiff& diff);

} // namespace plumbline::ui::widgets
