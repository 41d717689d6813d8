#include "ui/evals/matrix_order.h"

#include <algorithm>
#include <numeric>

#include <QStringList>

#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::evals {

using widgets::toQt;

namespace {

double shareOf(const MatrixCell& cell)
{
    return cell.repeats == 0 ? 0 : static_cast<double>(cell.passed) / cell.repeats;
}

const MatrixCell* cellOf(const Matrix& matrix, std::size_t row, int column)
{
    if (column < 0 || static_cast<std::size_t>(column) >= matrix.columns.size())
        return nullptr;
    return &matrix.at(row, static_cast<std::size_t>(column));
}

bool says(const MatrixCase& entry, const QStringList& words)
{
    if (words.isEmpty())
        return true;
    const QString text =
        toQt(entry.id + ' ' + entry.question + ' ' + entry.cluster + ' ' + entry.riskTier + ' ' + entry.tags);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool isError(const MatrixCell& cell)
{
    return cell.broken > 0 || cell.notExecutable;
}

// By filter; bit i stands for CaseFilter i.
unsigned filtersOf(const Matrix& matrix, std::size_t row, const MatrixRequest& request, CaseChange change)
{
    const auto bit = [](CaseFilter filter) { return 1u << static_cast<unsigned>(filter); };
    unsigned mask = bit(CaseFilter::All);
    const MatrixCell* candidate = cellOf(matrix, row, request.candidate);
    if (candidate != nullptr && candidate->repeats > 0 && candidate->passed < candidate->repeats)
        mask |= bit(CaseFilter::Failures);
    if (change != CaseChange::Same)
        mask |= bit(CaseFilter::Changed);
    for (std::size_t column = 0; column < matrix.columns.size(); ++column) {
        const MatrixCell& cell = matrix.at(row, column);
        if (cell.passed > 0 && cell.passed < cell.repeats)
            mask |= bit(CaseFilter::Flaky);
        if (isError(cell))
            mask |= bit(CaseFilter::Errors);
    }
    return mask;
}

double gainOf(const Matrix& matrix, std::size_t row, const MatrixRequest& request)
{
    const MatrixCell* baseline = cellOf(matrix, row, request.baseline);
    const MatrixCell* candidate = cellOf(matrix, row, request.candidate);
    if (baseline == nullptr || candidate == nullptr || baseline->repeats == 0 || candidate->repeats == 0)
        return 0;
    // Passing decides; the score only orders what is equal in that.
    return 10 * (shareOf(*candidate) - shareOf(*baseline)) +
           static_cast<double>(candidate->score - baseline->score);
}

// Sorts by a key that is computed once for each row; equal keys stay in the suite's order.
template <typename Key>
void sortBy(std::vector<std::uint32_t>& rows, const std::vector<Key>& keys, bool descending)
{
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t left, std::uint32_t right) {
        return descending ? keys[right] < keys[left] : keys[left] < keys[right];
    });
}

void sortRows(MatrixOrder& order)
{
    const Matrix& matrix = *order.matrix;
    const MatrixRequest& request = order.request;
    const std::size_t count = matrix.cases.size();
    if (request.sort == CaseSort::Change || request.sort == CaseSort::Score) {
        std::vector<double> keys(count);
        for (std::size_t row = 0; row < count; ++row) {
            const MatrixCell* cell = cellOf(matrix, row, request.scoreOf);
            keys[row] = request.sort == CaseSort::Change ? gainOf(matrix, row, request)
                        : cell == nullptr                ? 0
                                          : shareOf(*cell) * 10 + static_cast<double>(cell->score);
        }
        sortBy(order.rows, keys, request.descending);
        return;
    }
    std::vector<std::string_view> keys(count);
    for (std::size_t row = 0; row < count; ++row) {
        const MatrixCase& entry = matrix.cases[row];
        keys[row] = request.sort == CaseSort::Id     ? entry.id
                    : request.sort == CaseSort::Tags ? entry.tags
                                                     : entry.question;
    }
    sortBy(order.rows, keys, request.descending);
}

QString csvField(const QString& text)
{
    QString field = text;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field[0]))
        field.prepend(u'\'');
    if (field.contains(u',') || field.contains(u'"') || field.contains(u'\n') || field.contains(u'\r'))
        field = u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return field;
}

} // namespace

CellState stateOf(const MatrixCell& cell)
{
    if (cell.repeats == 0)
        return CellState::NotRun;
    if (cell.broken > 0)
        return CellState::Error;
    if (cell.notExecutable)
        return CellState::NotExecutable;
    if (cell.passed == cell.repeats)
        return CellState::Passed;
    return cell.passed == 0 ? CellState::Failed : CellState::Flaky;
}

CaseChange changeOf(const MatrixCell& baseline, const MatrixCell& candidate)
{
    if (baseline.repeats == 0 || candidate.repeats == 0)
        return CaseChange::Same;
    const double before = shareOf(baseline);
    const double after = shareOf(candidate);
    if (before == after)
        return CaseChange::Same;
    const bool passedBefore = before >= 0.5;
    const bool passesNow = after >= 0.5;
    if (after < before)
        return passedBefore && !passesNow ? CaseChange::Broken : CaseChange::LessOften;
    return !passedBefore && passesNow ? CaseChange::Fixed : CaseChange::MoreOften;
}

CaseChange MatrixOrder::change(std::size_t index) const
{
    const MatrixCell* baseline = cellOf(*matrix, index, request.baseline);
    const MatrixCell* candidate = cellOf(*matrix, index, request.candidate);
    return baseline == nullptr || candidate == nullptr ? CaseChange::Same : changeOf(*baseline, *candidate);
}

std::shared_ptr<const MatrixOrder> orderOf(std::shared_ptr<const Matrix> matrix, const MatrixRequest& request,
                                           const std::stop_token& stop)
{
    auto order = std::make_shared<MatrixOrder>();
    order->matrix = std::move(matrix);
    order->request = request;
    const QStringList words = request.words.split(u' ', Qt::SkipEmptyParts);
    const auto wanted = static_cast<std::size_t>(request.filter);
    for (std::size_t row = 0; row < order->matrix->cases.size(); ++row) {
        if (row % 512 == 0 && stop.stop_requested())
            return order;
        const CaseChange change = order->change(row);
        order->broken += change == CaseChange::Broken ? 1 : 0;
        order->fixed += change == CaseChange::Fixed ? 1 : 0;
        if (!says(order->matrix->cases[row], words))
            continue;
        const unsigned filters = filtersOf(*order->matrix, row, request, change);
        for (std::size_t filter = 0; filter < kFilters; ++filter)
            order->counts[filter] += (filters >> filter) & 1u;
        if (((filters >> wanted) & 1u) != 0)
            order->rows.push_back(static_cast<std::uint32_t>(row));
    }
    sortRows(*order);
    return order;
}

QByteArray csvOf(const MatrixOrder& order)
{
    QStringList heading{QStringLiteral("case"), QStringLiteral("question"), QStringLiteral("change")};
    for (const MatrixColumn& column : order.matrix->columns) {
        heading << toQt(column.title()) << toQt(column.title()) + QStringLiteral(" passed")
                << toQt(column.title()) + QStringLiteral(" repeats")
                << toQt(column.title()) + QStringLiteral(" score");
    }
    heading << QStringLiteral("cluster") << QStringLiteral("risk tier") << QStringLiteral("tags");
    QByteArray text;
    const auto add = [&text](QStringList& fields) {
        for (QString& field : fields)
            field = csvField(field);
        text += fields.join(u',').toUtf8() + "\r\n";
    };
    add(heading);
    for (const std::uint32_t row : order.rows) {
        const MatrixCase& entry = order.matrix->cases[row];
        QStringList fields{toQt(entry.id), toQt(entry.question), changeWords(order.change(row))};
        for (std::size_t column = 0; column < order.matrix->columns.size(); ++column) {
            const MatrixCell& cell = order.matrix->at(row, column);
            fields << stateWords(stateOf(cell)) << QString::number(cell.passed)
                   << QString::number(cell.repeats)
                   << QString::number(static_cast<double>(cell.score), 'f', 3);
        }
        fields << toQt(entry.cluster) << toQt(entry.riskTier) << toQt(entry.tags);
        add(fields);
    }
    return text;
}

} // namespace plumbline::ui::evals
