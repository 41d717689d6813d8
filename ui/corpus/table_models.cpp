#include "ui/corpus/table_models.h"

#include <algorithm>

#include "ui/corpus/document_tree.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/score_bars.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QVariant header(const QStringList& names, int section, Qt::Orientation orientation, int role)
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= names.size())
        return {};
    return names[section];
}

int size(const QModelIndex& parent, std::size_t count)
{
    return parent.isValid() ? 0 : static_cast<int>(count);
}

// "IR-001@3.1  Incident Classification"
template <typename Row>
QString titled(const Row& row)
{
    return toQt(passages::documentKey(row.document, row.version)) + u"  "_s + toQt(row.title);
}

const QVariant kFigures = static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);

} // namespace

void LedgerModel::setEntries(std::vector<plumbline::corpus::LedgerEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int LedgerModel::rowCount(const QModelIndex& parent) const
{
    return size(parent, m_entries.size());
}

int LedgerModel::columnCount(const QModelIndex& parent) const
{
    return size(parent, kColumns);
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return header({tr("State"), tr("File"), tr("Reason"), tr("Size"), tr("Took"), tr("Looked at")}, section,
                  orientation, role);
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const
{
    const auto& row = entry(index.row());
    if (role == Qt::DecorationRole && index.column() == State)
        return icon(row.state == "indexed"   ? u"approved"_s
                    : row.state == "removed" ? u"expired"_s
                                             : toQt(row.state));
    if (role == Qt::TextAlignmentRole && (index.column() == Size || index.column() == Took))
        return kFigures;
    if (role == Qt::FontRole && index.column() >= Size)
        return monoFont();
    if (role == Qt::ToolTipRole)
        return index.column() == At ? utcTime(row.at) : plainTip(toQt(row.path) + u'\n' + toQt(row.reason));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case State:
        return sentenceCase(row.state);
    case Path:
        return toQt(row.path);
    case Reason:
        return toQt(row.reason);
    case Size:
        return u"%1 kB"_s.arg(static_cast<double>(row.bytes) / 1000, 0, 'f', 1);
    case Took:
        return u"%1 ms"_s.arg(row.milliseconds, 0, 'f', 1);
    case At:
        return localTime(row.at);
    default:
        return {};
    }
}

void NoticeModel::setNotices(std::vector<plumbline::corpus::Notice> notices)
{
    beginResetModel();
    m_notices = std::move(notices);
    endResetModel();
}

int NoticeModel::rowCount(const QModelIndex& parent) const
{
    return size(parent, m_notices.size());
}

int NoticeModel::columnCount(const QModelIndex& parent) const
{
    return size(parent, kColumns);
}

QVariant NoticeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return header({tr("Kind"), tr("What"), tr("Documents")}, section, orientation, role);
}

QVariant NoticeModel::data(const QModelIndex& index, int role) const
{
    const auto& row = notice(index.row());
    QStringList documents;
    for (const std::string& document : row.documents)
        documents << toQt(document);
    if (role == Qt::DecorationRole && index.column() == Kind)
        return icon(row.kind == "superseded" ? u"superseded"_s : u"warning"_s);
    if (role == Qt::ToolTipRole)
        return plainTip(toQt(row.detail) + u'\n' + documents.join(u'\n'));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Kind:
        return sentenceCase(row.kind);
    case Detail:
        return toQt(row.detail);
    case Documents:
        return documents.join(u", "_s);
    default:
        return {};
    }
}

QString termsWithWeights(const retrieval::Passage& passage)
{
    auto matches = passage.matches;
    std::stable_sort(matches.begin(), matches.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    QStringList words;
    for (const retrieval::TermMatch& match : matches)
        words << toQt(match.term) + u' ' + QString::number(match.weight, 'f', 2);
    return words.join(u", "_s);
}

void RankedModel::setResult(std::vector<retrieval::Passage> passages, double maximumLexical)
{
    beginResetModel();
    m_passages = std::move(passages);
    m_maximumLexical = maximumLexical;
    endResetModel();
}

int RankedModel::rowCount(const QModelIndex& parent) const
{
    return size(parent, m_passages.size());
}

int RankedModel::columnCount(const QModelIndex& parent) const
{
    return size(parent, kColumns);
}

QVariant RankedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section >= Score && section <= Rerank)
        return kFigures;
    return header({tr("Rank"), tr("Document"), tr("Heading"), tr("Score"), stageName(Stage::Lexical),
                   stageName(Stage::Vector), stageName(Stage::Fused), stageName(Stage::Rerank),
                   tr("Matched terms, weight")},
                  section, orientation, role);
}

double RankedModel::score(const retrieval::Passage& passage, int column) const
{
    switch (column) {
    case Score:
        return passage.score;
    case Lexical:
        return passage.scores.lexical;
    case Vector:
        return passage.scores.vector;
    case Fused:
        return passage.scores.fused;
    default:
        return passage.scores.rerank;
    }
}

QVariant RankedModel::data(const QModelIndex& index, int role) const
{
    const retrieval::Passage& row = passage(index.row());
    const int column = index.column();
    const bool figure = column == Rank || (column >= Score && column <= Rerank);
    if (role == Qt::TextAlignmentRole && figure)
        return kFigures;
    if (role == Qt::FontRole && figure)
        return monoFont();
    if (role == ScoreBarDelegate::kScoreRole) {
        const double full = column == Lexical ? (m_maximumLexical > 0 ? m_maximumLexical : 1) : 1;
        return score(row, column) / full;
    }
    if (role == Qt::ToolTipRole)
        return plainTip(column == Terms ? termsWithWeights(row)
                                        : toQt(row.title) + u'\n' + toQt(row.heading));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Rank:
        return row.rank;
    case Document:
        return titled(row);
    case Heading:
        return toQt(row.heading);
    case Terms:
        return termsWithWeights(row);
    default:
        return widgets::score(score(row, column));
    }
}

void DroppedModel::setDropped(std::vector<retrieval::Dropped> dropped)
{
    beginResetModel();
    m_dropped = std::move(dropped);
    endResetModel();
}

int DroppedModel::rowCount(const QModelIndex& parent) const
{
    return size(parent, m_dropped.size());
}

int DroppedModel::columnCount(const QModelIndex& parent) const
{
    return size(parent, kColumns);
}

QVariant DroppedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Score)
        return kFigures;
    return header({tr("Dropped document"), tr("Because"), tr("Score"), tr("Heading")}, section, orientation,
                  role);
}

QVariant DroppedModel::data(const QModelIndex& index, int role) const
{
    const retrieval::Dropped& row = dropped(index.row());
    const QString state = row.fileGone ? u"skipped"_s : toQt(toString(row.verdict));
    if (role == Qt::DecorationRole && index.column() == Why)
        return icon(stateIcon(state));
    if (role == Qt::TextAlignmentRole && index.column() == Score)
        return kFigures;
    if (role == Qt::FontRole && index.column() == Score)
        return monoFont();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Document:
        return titled(row);
    case Why:
        return row.fileGone ? tr("File deleted") : stateWords(state);
    case Score:
        return score(row.score);
    case Heading:
        return toQt(row.heading);
    default:
        return {};
    }
}

} // namespace plumbline::ui::corpus
