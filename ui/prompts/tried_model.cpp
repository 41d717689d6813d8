#include "ui/prompts/tried_model.h"

#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

void TriedModel::add(Tried tried)
{
    beginInsertRows({}, 0, 0);
    m_runs.push_back(std::move(tried));
    endInsertRows();
}

int TriedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int TriedModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant TriedModel::data(const QModelIndex& index, int role) const
{
    const Tried& tried = at(index.row());
    const bool figure = index.column() == TokensUsed || index.column() == Cost || index.column() == Time;
    if (role == Qt::TextAlignmentRole && figure)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return plainTip(data(index, Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case What:
        return u"%1, %2"_s.arg(toQt(tried.request.prompt.id()), tried.varied);
    case Model:
        return tried.outcome.simulated ? tr("%1 (simulated)").arg(toQt(tried.request.model))
                                       : toQt(tried.request.model);
    case TokensUsed:
        return spending::usageWords(tried.outcome.usage);
    case Cost:
        return tried.outcome.cost ? toQt(toString(*tried.outcome.cost)) : tr("unknown");
    case Time:
        return milliseconds(tried.outcome.totalMs);
    default:
        return tried.outcome.answer.refused() && tried.outcome.answer.sentences.empty()
                   ? tr("no answer: %1").arg(toQt(tried.outcome.answer.refusal->reason))
                   : toQt(tried.outcome.answer.text()).simplified();
    }
}

QVariant TriedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == TokensUsed || section == Cost || section == Time))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Tried"), tr("Model"), tr("Tokens"), tr("Cost"), tr("Time"), tr("Answer")};
    return names[section];
}

} // namespace plumbline::ui::prompts
