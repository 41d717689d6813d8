#include "ui/prompts/book_models.h"

#include "ui/widgets/formatters.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QString versionWord(int version)
{
    return version == 0 ? u"—"_s : u'v' + QString::number(version);
}

} // namespace

BookModel::BookModel(QStringList columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns))
{
}

void BookModel::setRows(std::vector<BookRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int BookModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BookModel::columnCount(const QModelIndex&) const
{
    return static_cast<int>(m_columns.size());
}

QVariant BookModel::data(const QModelIndex& index, int role) const
{
    const BookRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return row.cells[index.column()];
    if (role == Qt::ToolTipRole)
        return plainTip(row.cells[index.column()] + u'\n' + row.tip);
    return {};
}

QVariant BookModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(m_columns[section])
                                                                    : QVariant();
}

std::vector<BookRow> rowsOf(const std::vector<LabelRow>& labels)
{
    std::vector<BookRow> rows;
    for (const LabelRow& row : labels)
        rows.push_back(
            {{toQt(row.label), versionWord(row.version), localTime(row.at), toQt(row.who), toQt(row.why)},
             utcTime(row.at)});
    return rows;
}

std::vector<BookRow> rowsOf(const std::vector<LabelMove>& moves)
{
    std::vector<BookRow> rows;
    for (const LabelMove& move : moves)
        rows.push_back({{localTime(move.at), toQt(move.label),
                         u"%1 \u2192 %2"_s.arg(versionWord(move.from), versionWord(move.to)), toQt(move.who),
                         toQt(move.why)},
                        utcTime(move.at)});
    return rows;
}

std::vector<BookRow> rowsOf(const History& history)
{
    std::vector<BookRow> rows;
    for (const HistoryEntry& entry : history.entries)
        rows.push_back({{localTime(entry.at), versionWord(entry.version), toQt(entry.who), toQt(entry.what),
                         shortDigest(entry.id)},
                        utcTime(entry.at) + u'\n' + toQt(entry.id)});
    return rows;
}

} // namespace plumbline::ui::prompts
