// A small table of words with a sign before each row: checks, gates, failures. No I/O.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QStringList>
#include <QStyledItemDelegate>

class QTableView;

namespace plumbline::ui::evals {

enum class Tone { Plain, Good, Attention, Bad };

struct TextRow {
    QStringList cells; // one for each column
    QString sign;      // name of an icon; empty for none
    Tone tone = Tone::Plain;
};

class TextTable final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { SignRole = Qt::UserRole + 1, ToneRole };

    TextTable(QStringList headings, QObject* parent);

    void setHeadings(QStringList headings); // as many as before
    void setRows(std::vector<TextRow> rows);
    const TextRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    std::vector<TextRow> m_rows;
};

// The first column with its sign in the colour of the row's tone.
class SignDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

// A table over `model`; widths in letters, the last column takes the rest.
QTableView* makeTextTable(TextTable* model, const QString& name, std::initializer_list<int> letters,
                          QWidget* parent);

// The table as tab-separated text, with its headings.
QString tabbedText(const QAbstractTableModel& model);

} // namespace plumbline::ui::evals
