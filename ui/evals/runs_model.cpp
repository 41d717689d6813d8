#include "ui/evals/runs_model.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>

#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::RunState;

namespace {

QString percent(std::int64_t done, std::int64_t planned)
{
    return planned > 0 ? u"%1 %"_s.arg(100 * done / planned) : u"0 %"_s;
}

QColor colorOf(RunState state, const Tokens& tokens)
{
    switch (state) {
    case RunState::Finished:
        return tokens.ok;
    case RunState::Failed:
        return tokens.bad;
    case RunState::Running:
        return tokens.accent;
    case RunState::Stopped:
    case RunState::OverBudget:
        break;
    }
    return tokens.warn;
}

bool matches(const RunRow& row, const QStringList& words)
{
    const Run& run = row.run;
    const QString text = toQt(run.id + ' ' + run.settings.suiteName + ' ' + run.actor) + u' ' +
                         variantsWords(run.settings.variants) + u' ' + runWords(run.state);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

QString variantsWords(const std::vector<plumbline::evals::Variant>& variants)
{
    QStringList prompts;
    QStringList models;
    std::string name;
    for (const auto& variant : variants) {
        const std::string own = variant.prompt.substr(0, variant.prompt.find('@'));
        const bool again = own == name && own.size() < variant.prompt.size();
        const QString prompt = toQt(again ? variant.prompt.substr(own.size()) : variant.prompt);
        name = own;
        if (!prompts.contains(prompt) && !(again && prompts.contains(toQt(variant.prompt))))
            prompts << prompt;
        if (!models.contains(toQt(variant.model)))
            models << toQt(variant.model);
    }
    return prompts.join(u", "_s) + u" · "_s + models.join(u", "_s);
}

std::optional<double> passRate(const RunRow& row)
{
    std::int64_t passed = 0;
    std::int64_t results = 0;
    for (const VariantTally& tally : row.tallies) {
        passed += tally.passed;
        results += tally.results;
    }
    if (results == 0)
        return std::nullopt;
    return static_cast<double>(passed) / static_cast<double>(results);
}

void RunsModel::setRows(const std::vector<RunRow>& rows, const QString& filter, Timestamp now)
{
    beginResetModel();
    m_rows.clear();
    m_now = now;
    const QStringList words = filter.split(u' ', Qt::SkipEmptyParts);
    for (const RunRow& row : rows) {
        if (matches(row, words))
            m_rows.push_back(row);
    }
    endResetModel();
}

int RunsModel::find(const QString& id) const
{
    const std::string wanted = toUtf8(id);
    const auto place =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const RunRow& row) { return row.run.id == wanted; });
    return place == m_rows.end() ? -1 : static_cast<int>(place - m_rows.begin());
}

void RunsModel::setLive(const Live& live)
{
    const int row = find(toQt(live.run.id));
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)].run = live.run;
    Q_EMIT dataChanged(index(row), index(row));
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString RunsModel::noteOf(const RunRow& row) const
{
    const Run& run = row.run;
    if (run.state == RunState::Running || run.state == RunState::Stopped)
        return tr("%1 done").arg(percent(run.done, run.planned));
    return valueWords(passRate(row), Unit::Rate);
}

QString RunsModel::secondOf(const RunRow& row) const
{
    QStringList parts{variantsWords(row.run.settings.variants),
                      age(row.run.started, m_now)}; // newest stand first
    if (row.imported)
        parts << tr("imported");
    return parts.join(u" · "_s);
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    const RunRow& row = at(index.row());
    const Run& run = row.run;
    switch (role) {
    case Qt::DisplayRole:
        return run.state == RunState::Finished
                   ? toQt(run.settings.suiteName)
                   : tr("%1, %2").arg(toQt(run.settings.suiteName), runWords(run.state));
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, %4")
            .arg(toQt(run.settings.suiteName), runWords(run.state), noteOf(row), secondOf(row));
    case Qt::ToolTipRole: {
        QStringList lines{toQt(run.id), toQt(run.settings.suitePath),
                          tr("%1 of %2 results").arg(run.done).arg(run.planned),
                          tr("%1 by %2").arg(utcTime(run.started), toQt(run.actor)),
                          tr("cost %1").arg(moneyWords(row.cost))};
        for (std::size_t i = 0; i < row.tallies.size() && i < run.settings.variants.size(); ++i)
            lines << tr("%1: %2 of %3 passed")
                         .arg(toQt(run.settings.variants[i].id()))
                         .arg(row.tallies[i].passed)
                         .arg(row.tallies[i].results);
        if (!run.error.empty())
            lines << toQt(run.error);
        return plainTip(lines.join(u'\n'));
    }
    case IdRole:
        return toQt(run.id);
    case NoteRole:
        return noteOf(row);
    case SecondRole:
        return secondOf(row);
    case SignRole:
        return runIcon(run.state);
    case StateRole:
        return static_cast<int>(run.state);
    default:
        return {};
    }
}

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString title = item.text;
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const Tokens& tokens = currentTokens();
    const QColor color = colorOf(static_cast<RunState>(index.data(RunsModel::StateRole).toInt()), tokens);
    const int line = item.fontMetrics.height();
    QRect row = option.rect.adjusted(2 * kGrid, 6, -2 * kGrid, -6);
    const QRect sign(row.left(), row.top(), line, line);
    painter->drawPixmap(sign, iconPixmap(index.data(RunsModel::SignRole).toString(), color, line,
                                         painter->device()->devicePixelRatioF()));
    row.setLeft(sign.right() + 2 * kGrid);
    const QString note = index.data(RunsModel::NoteRole).toString();
    const QRect first(row.left(), row.top(), row.width(), line);
    painter->setFont(item.font);
    painter->setPen(tokens.text);
    painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, note);
    const int room = row.width() - item.fontMetrics.horizontalAdvance(note) - 2 * kGrid;
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(title, Qt::ElideRight, room));
    painter->setPen(tokens.muted);
    const QRect second(row.left(), first.bottom() + 3, row.width(), line);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(index.data(RunsModel::SecondRole).toString(),
                                                  Qt::ElideRight, row.width()));
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {200, 2 * option.fontMetrics.height() + 15};
}

} // namespace plumbline::ui::evals
