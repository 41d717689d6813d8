#include "ui/evals/case_rows.h"

#include <algorithm>

#include <QCoreApplication>

#include "app/base/text_diff.h"
#include "ui/evals/words.h"
#include "ui/spending/spending.h"
#include "ui/widgets/diff_rows_of.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::AssertionResult;
using plumbline::evals::CaseState;
using plumbline::evals::Outcome;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::evals", text);
}

QString outcomeOf(const AssertionResult* check)
{
    if (check == nullptr)
        return u"—"_s;
    QString text = outcomeWords(check->outcome);
    if (check->score > 0 && check->score < 1)
        text += u' ' + QString::number(check->score, 'f', 2);
    return text;
}

// The candidate's reason; the baseline's when only it has one.
QString reasonOf(const AssertionResult* baseline, const AssertionResult* candidate)
{
    const auto reason = [](const AssertionResult* check) {
        return check == nullptr ? QString() : toQt(check->reason).simplified();
    };
    const QString now = reason(candidate);
    const QString before = reason(baseline);
    if (now.isEmpty() && !before.isEmpty())
        return words("baseline: %1").arg(before);
    return now;
}

void addCheck(std::vector<TextRow>& rows, const AssertionResult* baseline, const AssertionResult* candidate,
              int depth)
{
    const AssertionResult& one = candidate == nullptr ? *baseline : *candidate;
    QString name = QString(3 * depth, u' ') + toQt(one.name);
    if (one.weight != 1)
        name += words(" (weight %1)").arg(one.weight);
    TextRow row;
    row.cells = {name, outcomeOf(baseline), outcomeOf(candidate), reasonOf(baseline, candidate),
                 toQt(one.where)};
    row.sign = outcomeIcon(one.outcome);
    row.tone = one.outcome == Outcome::Passed   ? Tone::Good
               : one.outcome == Outcome::Failed ? Tone::Bad
                                                : Tone::Attention;
    rows.push_back(std::move(row));
    const auto part = [](const AssertionResult* check, std::size_t index) {
        return check != nullptr && index < check->parts.size() ? &check->parts[index] : nullptr;
    };
    const std::size_t parts = std::max(baseline == nullptr ? 0 : baseline->parts.size(),
                                       candidate == nullptr ? 0 : candidate->parts.size());
    for (std::size_t i = 0; i < parts; ++i)
        addCheck(rows, part(baseline, i), part(candidate, i), depth + 1);
}

std::vector<TextRow> figureRows(const Attempt* baseline, const Attempt* candidate)
{
    const auto both = [&](const QString& name, auto figure) {
        const auto text = [&](const Attempt* attempt) {
            return attempt == nullptr ? u"—"_s : figure(attempt->result);
        };
        TextRow row;
        row.cells = {name, text(baseline), text(candidate), QString(), QString()};
        return row;
    };
    using Result = plumbline::evals::CaseResult;
    return {both(words("score"), [](const Result& r) { return QString::number(r.score, 'f', 2); }),
            both(words("time"), [](const Result& r) { return milliseconds(r.latency.total); }),
            both(words("tokens"), [](const Result& r) { return spending::usageWords(r.usage); }),
            both(words("cost"), [](const Result& r) { return moneyWords(r.cost); }),
            both(words("answer"),
                 [](const Result& r) { return r.cached ? words("known already") : words("asked for"); })};
}

} // namespace

QString expectationWords(const plumbline::evals::Expectation& expected)
{
    if (expected.refuses.value_or(false))
        return words("A refusal");
    QStringList documents;
    for (const std::string& document : expected.documents)
        documents << toQt(document);
    if (!documents.isEmpty() && !expected.version.empty())
        documents[0] += u'@' + toQt(expected.version);
    QStringList facts;
    for (const std::string& fact : expected.facts)
        facts << u"\u201c%1\u201d"_s.arg(toQt(fact));
    if (documents.isEmpty() && facts.isEmpty())
        return {};
    QString text = words("An answer");
    if (!documents.isEmpty())
        text += words(" from %1").arg(documents.join(words(" or ")));
    if (!facts.isEmpty())
        text += words(" that says %1").arg(facts.join(words(" and ")));
    return text;
}

QString answerText(const Attempt& attempt)
{
    const auto& result = attempt.result;
    if (result.state == CaseState::Broken)
        return words("(no answer: %1)").arg(toQt(result.error));
    if (result.state == CaseState::Refused) {
        const QString refusal = words("(refused: %1)").arg(refusalWords(result.refusalKind));
        return result.output.empty() ? refusal : refusal + u'\n' + toQt(result.output);
    }
    return result.output.empty() ? words("(an empty answer)") : toQt(result.output);
}

QString attemptWords(const Attempt* attempt)
{
    if (attempt == nullptr)
        return words("not run");
    const auto& result = attempt->result;
    if (result.state == CaseState::Broken)
        return words("error");
    QString text = result.passed ? words("passed") : words("failed");
    text += u' ' + QString::number(result.score, 'f', 2);
    if (result.state == CaseState::Refused)
        text += words(", refused");
    return text;
}

std::vector<TextRow> checkRows(const Attempt* baseline, const Attempt* candidate)
{
    std::vector<TextRow> rows;
    const auto check = [](const Attempt* attempt, std::size_t index) {
        return attempt != nullptr && index < attempt->result.assertions.size()
                   ? &attempt->result.assertions[index]
                   : nullptr;
    };
    const std::size_t checks = std::max(baseline == nullptr ? 0 : baseline->result.assertions.size(),
                                        candidate == nullptr ? 0 : candidate->result.assertions.size());
    for (std::size_t i = 0; i < checks; ++i)
        addCheck(rows, check(baseline, i), check(candidate, i), 0);
    for (TextRow& row : figureRows(baseline, candidate))
        rows.push_back(std::move(row));
    return rows;
}

DiffDocument answersCompared(const Attempt& baseline, const Attempt& candidate, const QString& baselineName,
                             const QString& candidateName)
{
    DiffDocument document;
    document.rightName = candidateName;
    document.leftName = baselineName;
    document.rows = rowsOf(diffText(toUtf8(answerText(baseline)), toUtf8(answerText(candidate))));
    return document;
}

int foremostRepeat(const std::vector<Attempt>& attempts)
{
    const auto place = std::find_if(attempts.begin(), attempts.end(),
                                    [](const Attempt& attempt) { return !attempt.result.passed; });
    return place == attempts.end() ? 0 : static_cast<int>(place - attempts.begin());
}

} // namespace plumbline::ui::evals
