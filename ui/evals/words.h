// What the Evaluations page calls things: a word, a sign and a colour for every outcome, figures with their
// units.
#pragma once

#include <optional>

#include <QColor>
#include <QString>

#include "app/evals/run.h"
#include "ui/evals/matrix_order.h"
#include "ui/evals/verdict.h"

namespace plumbline::ui::widgets {
struct Tokens;
}

namespace plumbline::ui::evals {

QString stateWords(CellState state);    // "passed"
QString changeWords(CaseChange change); // "broken"; empty for Same
QString verdictWords(Verdict verdict);  // "no evidence of a change"
QString gateWords(GateState state);
QString outcomeWords(plumbline::evals::Outcome outcome);
QString runWords(plumbline::evals::RunState state);
QString filterWords(CaseFilter filter);
// Of assistant::toString(RefusalKind): "off topic", "the documents contradict each other".
QString refusalWords(std::string_view kind);

// Names of icons.
QString stateIcon(CellState state);
QString changeIcon(CaseChange change);
QString verdictIcon(Verdict verdict);
QString gateIcon(GateState state);
QString outcomeIcon(plumbline::evals::Outcome outcome);
QString runIcon(plumbline::evals::RunState state);

QColor stateColor(CellState state, const widgets::Tokens& tokens);
QColor changeColor(CaseChange change, const widgets::Tokens& tokens);
QColor verdictColor(Verdict verdict, const widgets::Tokens& tokens);
QColor gateColor(GateState state, const widgets::Tokens& tokens);

// "94.2 %", "412 ms", "$0.0134"; "—" for none.
QString valueWords(const std::optional<double>& value, Unit unit);
// "−6.1 points", "+12 ms", with a real minus sign.
QString differenceWords(const std::optional<double>& difference, Unit unit);
// "[−9.9, −2.3] points".
QString intervalWords(const std::optional<Interval>& interval, Unit unit);
// "$0.0134 so far", "unknown".
QString moneyWords(const std::optional<Money>& cost);

} // namespace plumbline::ui::evals
