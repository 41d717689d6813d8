// Tables of labels, of their moves, and of the history of a prompt.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QDateTime>

#include "ui/prompts/services.h"

namespace plumbline::ui::prompts {

// Cells made beforehand: the tables are short.
struct BookRow {
    QStringList cells;
    QString tip; // of the time: UTC
};

class BookModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit BookModel(QStringList columns, QObject* parent = nullptr);

    void setRows(std::vector<BookRow> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_columns;
    std::vector<BookRow> m_rows;
};

std::vector<BookRow> rowsOf(const std::vector<LabelRow>& labels);
std::vector<BookRow> rowsOf(const std::vector<LabelMove>& moves);
std::vector<BookRow> rowsOf(const History& history);

} // namespace plumbline::ui::prompts
