#include "ui/dashboard/failure_models.h"

#include "ui/widgets/formatters.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::FailingCase;
using plumbline::evals::FailingPrompt;

namespace {

QString count(std::int64_t value)
{
    return number(static_cast<std::size_t>(value));
}

QString joined(const std::vector<std::string>& words)
{
    QStringList list;
    for (const std::string& word : words)
        list << toQt(word);
    return list.join(u", "_s);
}

// What both models say of a cell besides its text.
QVariant look(int role, const QString& text, bool figure, const QString& tip)
{
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainTip(tip);
    if (role == Qt::TextAlignmentRole && figure)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && figure)
        return monoFont();
    return {};
}

QVariant heading(int role, const QString& text, bool figure)
{
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::TextAlignmentRole && figure)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace

void FailingCaseModel::setRows(std::vector<FailingCase> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FailingCaseModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FailingCaseModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString FailingCaseModel::text(const FailingCase& row, int column) const
{
    switch (column) {
    case Case:
        return toQt(row.caseId);
    case Failed:
        return count(row.failed);
    case Asked:
        return count(row.asked);
    case Broken:
        return count(row.broken);
    case Last:
        return localTime(row.lastAt);
    case Reason:
        return toQt(row.reason).simplified();
    case Variants:
        return joined(row.variants);
    default:
        return toQt(row.suite);
    }
}

QVariant FailingCaseModel::data(const QModelIndex& index, int role) const
{
    const FailingCase& row = at(index.row());
    if (role == kSortRole) {
        const std::int64_t figures[] = {0, row.failed, row.asked, row.broken};
        if (index.column() >= Failed && index.column() <= Broken)
            return static_cast<qlonglong>(figures[index.column()]);
        return text(row, index.column());
    }
    const QString tip = tr("%1: %2 of %3 failed, last in run %4\n%5\n%6")
                            .arg(toQt(row.caseId), count(row.failed), count(row.asked), toQt(row.lastRun),
                                 joined(row.variants), toQt(row.reason));
    if (role == Qt::AccessibleTextRole && index.column() == Case)
        return tip;
    if (role == Qt::FontRole && index.column() == Last)
        return monoFont();
    return look(role, text(row, index.column()), index.column() >= Failed && index.column() <= Broken, tip);
}

QVariant FailingCaseModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const QString names[] = {tr("Case"),        tr("Failed"),   tr("Of"),       tr("Broken"),
                             tr("Last failed"), tr("Why then"), tr("Variants"), tr("Suite")};
    return heading(role, names[section], section >= Failed && section <= Broken);
}

void FailingPromptModel::setRows(std::vector<FailingPrompt> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FailingPromptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FailingPromptModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString FailingPromptModel::text(const FailingPrompt& row, int column) const
{
    switch (column) {
    case Prompt:
        return toQt(row.prompt);
    case Model:
        return toQt(row.model);
    case Failed:
        return count(row.failed);
    case Asked:
        return count(row.asked);
    case Broken:
        return count(row.broken);
    case Cases:
        return count(row.cases);
    default:
        return localTime(row.lastAt);
    }
}

QVariant FailingPromptModel::data(const QModelIndex& index, int role) const
{
    const FailingPrompt& row = at(index.row());
    if (role == kSortRole) {
        const std::int64_t figures[] = {0, 0, row.failed, row.asked, row.broken, row.cases};
        if (index.column() >= Failed && index.column() <= Cases)
            return static_cast<qlonglong>(figures[index.column()]);
        return text(row, index.column());
    }
    const QString tip = tr("%1 by %2: %3 of %4 results failed, in %5 cases; last in run %6")
                            .arg(toQt(row.prompt), toQt(row.model), count(row.failed), count(row.asked),
                                 count(row.cases), toQt(row.lastRun));
    if (role == Qt::AccessibleTextRole && index.column() == Prompt)
        return tip;
    if (role == Qt::FontRole && index.column() == Last)
        return monoFont();
    return look(role, text(row, index.column()), index.column() >= Failed && index.column() <= Cases, tip);
}

QVariant FailingPromptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const QString names[] = {tr("Prompt"), tr("Model"), tr("Failed"),     tr("Of"),
                             tr("Broken"), tr("Cases"), tr("Last failed")};
    return heading(role, names[section], section >= Failed && section <= Cases);
}

} // namespace plumbline::ui::dashboard
