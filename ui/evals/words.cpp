#include "ui/evals/words.h"

#include <cmath>

#include <QCoreApplication>

#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using plumbline::evals::Outcome;
using plumbline::evals::RunState;
using widgets::Tokens;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::evals", text);
}

// In points for a rate: 0.061 is 6.1.
QString figure(double value, Unit unit)
{
    switch (unit) {
    case Unit::Rate:
        return QString::number(value * 100, 'f', 1);
    case Unit::Milliseconds:
        return QString::number(value, 'f', std::abs(value) < 10 ? 1 : 0);
    case Unit::Dollars:
        return QString::number(value, 'f', 4);
    case Unit::Tokens:
        return QString::number(value, 'f', 0);
    case Unit::Score:
        break;
    }
    return QString::number(value, 'f', 3);
}

QString signedFigure(double value, Unit unit)
{
    QString text = figure(std::abs(value), unit);
    const bool zero = text.toDouble() == 0;
    return zero ? text : (value < 0 ? QString(QChar(0x2212)) : u"+"_s) + text;
}

QString unitOfDifference(Unit unit)
{
    switch (unit) {
    case Unit::Rate:
        return words("points");
    case Unit::Milliseconds:
        return u"ms"_s;
    case Unit::Dollars:
        return u"USD"_s;
    case Unit::Tokens:
        return words("tokens");
    case Unit::Score:
        break;
    }
    return {};
}

QString withUnit(const QString& text, const QString& unit)
{
    return unit.isEmpty() ? text : text + QChar(0xa0) + unit;
}

} // namespace

QString stateWords(CellState state)
{
    const char* const names[] = {"not run", "passed", "failed", "flaky", "error", "not executable"};
    return words(names[static_cast<std::size_t>(state)]);
}

QString stateIcon(CellState state)
{
    const char* const names[] = {"draft", "check", "failed", "flaky", "warning", "skipped"};
    return QString::fromLatin1(names[static_cast<std::size_t>(state)]);
}

QColor stateColor(CellState state, const Tokens& tokens)
{
    switch (state) {
    case CellState::Passed:
        return tokens.ok;
    case CellState::Failed:
    case CellState::Error:
        return tokens.bad;
    case CellState::Flaky:
    case CellState::NotExecutable:
        return tokens.warn;
    case CellState::NotRun:
        break;
    }
    return tokens.muted;
}

QString changeWords(CaseChange change)
{
    switch (change) {
    case CaseChange::Broken:
        return words("broken");
    case CaseChange::LessOften:
        return words("less often");
    case CaseChange::MoreOften:
        return words("more often");
    case CaseChange::Fixed:
        return words("fixed");
    case CaseChange::Same:
        break;
    }
    return {};
}

QString changeIcon(CaseChange change)
{
    if (change == CaseChange::Same)
        return {};
    return change == CaseChange::Broken || change == CaseChange::LessOften ? u"worse"_s : u"better"_s;
}

QColor changeColor(CaseChange change, const Tokens& tokens)
{
    switch (change) {
    case CaseChange::Broken:
        return tokens.bad;
    case CaseChange::LessOften:
        return tokens.warn;
    case CaseChange::MoreOften:
    case CaseChange::Fixed:
        return tokens.ok;
    case CaseChange::Same:
        break;
    }
    return tokens.muted;
}

QString verdictWords(Verdict verdict)
{
    const char* const names[] = {"regressed", "improved", "no evidence of a change", "underpowered"};
    return words(names[static_cast<std::size_t>(verdict)]);
}

QString verdictIcon(Verdict verdict)
{
    const char* const names[] = {"worse", "better", "equal", "unknown"};
    return QString::fromLatin1(names[static_cast<std::size_t>(verdict)]);
}

QColor verdictColor(Verdict verdict, const Tokens& tokens)
{
    switch (verdict) {
    case Verdict::Regressed:
        return tokens.bad;
    case Verdict::Improved:
        return tokens.ok;
    case Verdict::Underpowered:
        return tokens.warn;
    case Verdict::NoEvidence:
        break;
    }
    return tokens.text;
}

QString gateWords(GateState state)
{
    const char* const names[] = {"passed", "failed", "warning"};
    return words(names[static_cast<std::size_t>(state)]);
}

QString gateIcon(GateState state)
{
    const char* const names[] = {"check", "failed", "warning"};
    return QString::fromLatin1(names[static_cast<std::size_t>(state)]);
}

QColor gateColor(GateState state, const Tokens& tokens)
{
    return state == GateState::Passed ? tokens.ok : state == GateState::Failed ? tokens.bad : tokens.warn;
}

QString outcomeWords(Outcome outcome)
{
    const char* const names[] = {"passed", "failed", "not executable"};
    return words(names[static_cast<std::size_t>(outcome)]);
}

QString outcomeIcon(Outcome outcome)
{
    const char* const names[] = {"check", "failed", "skipped"};
    return QString::fromLatin1(names[static_cast<std::size_t>(outcome)]);
}

QString runWords(RunState state)
{
    const char* const names[] = {"running", "stopped", "finished", "over budget", "failed"};
    return words(names[static_cast<std::size_t>(state)]);
}

QString runIcon(RunState state)
{
    const char* const names[] = {"run", "stop", "check", "warning", "failed"};
    return QString::fromLatin1(names[static_cast<std::size_t>(state)]);
}

QString filterWords(CaseFilter filter)
{
    const char* const names[] = {"All", "Failures", "Changed", "Flaky", "Errors"};
    return words(names[static_cast<std::size_t>(filter)]);
}

QString valueWords(const std::optional<double>& value, Unit unit)
{
    if (!value)
        return u"—"_s;
    const QString text = figure(*value, unit);
    switch (unit) {
    case Unit::Rate:
        return withUnit(text, u"%"_s);
    case Unit::Milliseconds:
        return withUnit(text, u"ms"_s);
    case Unit::Dollars:
        return u'$' + text;
    case Unit::Tokens:
    case Unit::Score:
        break;
    }
    return text;
}

QString differenceWords(const std::optional<double>& difference, Unit unit)
{
    return difference ? withUnit(signedFigure(*difference, unit), unitOfDifference(unit)) : u"—"_s;
}

QString intervalWords(const std::optional<Interval>& interval, Unit unit)
{
    if (!interval)
        return u"—"_s;
    return withUnit(u"[%1, %2]"_s.arg(signedFigure(interval->low, unit), signedFigure(interval->high, unit)),
                    unitOfDifference(unit));
}

QString refusalWords(std::string_view kind)
{
    if (kind == "only_unusable")
        return words("only documents that may not be used speak of it");
    if (kind == "conflicting")
        return words("the documents contradict each other");
    if (kind == "not_supported")
        return words("the documents carry nothing of what the model said");
    return widgets::sentenceCase(kind).toLower();
}

QString moneyWords(const std::optional<Money>& cost)
{
    return cost ? spending::shortMoney(*cost) : words("unknown");
}

} // namespace plumbline::ui::evals
