#include "ui/evals/matrix_model.h"

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

namespace {

std::shared_ptr<const MatrixOrder> nothing()
{
    auto order = std::make_shared<MatrixOrder>();
    order->matrix = std::make_shared<const Matrix>();
    return order;
}

// "2 of 3" of a flaky case; a score between nothing and all.
QString figureOf(const MatrixCell& cell)
{
    const CellState state = stateOf(cell);
    if (state == CellState::Flaky)
        return u"%1/%2"_s.arg(cell.passed).arg(cell.repeats);
    const bool partial = cell.score > 0 && cell.score < 1;
    return partial && state != CellState::Error ? QString::number(static_cast<double>(cell.score), 'f', 2)
                                                : QString();
}

} // namespace

MatrixModel::MatrixModel(QObject* parent) : QAbstractTableModel(parent), m_order(nothing()) {}

void MatrixModel::setOrder(std::shared_ptr<const MatrixOrder> order)
{
    beginResetModel();
    m_order = std::move(order);
    endResetModel();
}

bool MatrixModel::sameColumns(const Matrix& matrix) const
{
    return std::equal(
        matrix.columns.begin(), matrix.columns.end(), m_order->matrix->columns.begin(),
        m_order->matrix->columns.end(), [](const MatrixColumn& left, const MatrixColumn& right) {
            return left.run == right.run && left.title() == right.title() && left.profile == right.profile;
        });
}

int MatrixModel::cellColumn(int column) const
{
    return column >= FirstCell && column < tagsColumn() ? column - FirstCell : -1;
}

QString MatrixModel::idAt(int row) const
{
    return toQt(m_order->matrix->cases[caseAt(row)].id);
}

int MatrixModel::rowOf(const QString& caseId) const
{
    const std::string wanted = toUtf8(caseId);
    for (std::size_t row = 0; row < m_order->rows.size(); ++row) {
        if (m_order->matrix->cases[m_order->rows[row]].id == wanted)
            return static_cast<int>(row);
    }
    return -1;
}

int MatrixModel::nextChange(int from, int step) const
{
    for (int row = from + step; row >= 0 && row < rowCount(); row += step) {
        if (m_order->change(caseAt(row)) != CaseChange::Same)
            return row;
    }
    return -1;
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order->rows.size());
}

int MatrixModel::columnCount(const QModelIndex&) const
{
    return tagsColumn() + 1;
}

QString MatrixModel::cellWords(const MatrixCell& cell) const
{
    QStringList parts{stateWords(stateOf(cell))};
    if (cell.repeats > 1)
        parts << tr("%1 of %2 repeats passed").arg(cell.passed).arg(cell.repeats);
    if (cell.repeats > 0)
        parts << tr("score %1").arg(QString::number(static_cast<double>(cell.score), 'f', 2));
    if (cell.refused > 0)
        parts << tr("refused");
    if (cell.unsupported)
        parts << tr("a sentence is not carried by its sources");
    if (cell.notExecutable)
        parts << tr("a check could not be run");
    return parts.join(u", "_s);
}

QString MatrixModel::textOf(std::size_t entry, int column) const
{
    const MatrixCase& row = m_order->matrix->cases[entry];
    if (column == Change)
        return changeWords(m_order->change(entry));
    if (column == Id)
        return toQt(row.id);
    if (column == Question)
        return toQt(row.question);
    return toQt(row.tags);
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    const std::size_t entry = caseAt(index.row());
    const int cell = cellColumn(index.column());
    if (cell < 0) {
        if (role == Qt::DisplayRole)
            return textOf(entry, index.column());
        if (role == Qt::ToolTipRole)
            return plainTip(textOf(entry, index.column()));
        if (role == ChangeRole && index.column() == Change)
            return static_cast<int>(m_order->change(entry));
        return {};
    }
    const MatrixCell& value = m_order->matrix->at(entry, static_cast<std::size_t>(cell));
    switch (role) {
    case Qt::DisplayRole: {
        QString text = stateWords(stateOf(value));
        const QString figure = figureOf(value);
        if (!figure.isEmpty())
            text += u' ' + figure;
        return text;
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return cellWords(value);
    case CellRole:
        return static_cast<int>(stateOf(value));
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const int cell = cellColumn(section);
    if (cell < 0) {
        const QString names[] = {tr("Change"), tr("Case"), tr("Question")};
        return section < FirstCell ? names[section] : tr("Tags");
    }
    const MatrixColumn& column = m_order->matrix->columns[static_cast<std::size_t>(cell)];
    if (role == Qt::ToolTipRole)
        return plainTip(tr("%1\nretrieval profile: %2\nrun %3")
                            .arg(toQt(column.title()), column.profile.empty() ? u"—"_s : toQt(column.profile),
                                 toQt(column.run)));
    const QString side = cell == m_order->request.baseline    ? tr("Baseline: ")
                         : cell == m_order->request.candidate ? tr("Candidate: ")
                                                              : QString();
    const auto& columns = m_order->matrix->columns;
    const bool oneModel = std::all_of(columns.begin(), columns.end(),
                                      [&](const MatrixColumn& other) { return other.model == column.model; });
    return QString(side + toQt(oneModel ? column.prompt : column.title()));
}

void MatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QVariant change = index.data(MatrixModel::ChangeRole);
    const QVariant cell = index.data(MatrixModel::CellRole);
    const QString text = item.text;
    if (!change.isValid() && !cell.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (text.isEmpty())
        return;
    const Tokens& tokens = currentTokens();
    const bool isCell = cell.isValid();
    const auto state = static_cast<CellState>(cell.toInt());
    const auto moved = static_cast<CaseChange>(change.toInt());
    const QColor color = isCell ? evals::stateColor(state, tokens) : changeColor(moved, tokens);
    const QString sign = isCell ? evals::stateIcon(state) : changeIcon(moved);
    const int edge = item.fontMetrics.height();
    const QRect box = option.rect.adjusted(2 * kGrid, 0, -kGrid, 0);
    const double ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(QRect(box.left(), box.center().y() - edge / 2 + 1, edge, edge),
                        iconPixmap(sign, color, edge, ratio));
    const QRect words = box.adjusted(edge + kGrid + 2, 0, 0, 0);
    painter->setFont(item.font);
    painter->setPen(color);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      item.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
}

} // namespace plumbline::ui::evals
