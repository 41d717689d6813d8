// How well a typed pattern fits a name: letters in order, better at the starts of words and in a row.
#pragma once

#include <QStringView>

namespace plumbline::ui::shell {

// 0 = does not fit; higher is better. Case does not matter; spaces of the pattern are skipped. An empty
// pattern fits everything (1).
int fuzzyScore(QStringView pattern, QStringView text);

} // namespace plumbline::ui::shell
