// The runs of the workspace, newest first, two lines each.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "ui/evals/services.h"

namespace plumbline::ui::evals {

// "policy-answer@v3, @v4 · embedded": prompts that share a name are written once.
QString variantsWords(const std::vector<plumbline::evals::Variant>& variants);

// Of all variants together; unset without results.
std::optional<double> passRate(const RunRow& row);

class RunsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, NoteRole, SecondRole, SignRole, StateRole };
    using QAbstractListModel::QAbstractListModel;

    // Rows of which every word of `filter` occurs in suite, prompt, model, state, actor or id.
    void setRows(const std::vector<RunRow>& rows, const QString& filter, Timestamp now);
    const RunRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int find(const QString& id) const; // -1 = not shown
    // Replaces the run's progress while it is under way; does nothing when it is not shown.
    void setLive(const Live& live);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString noteOf(const RunRow& row) const;
    QString secondOf(const RunRow& row) const;

    std::vector<RunRow> m_rows;
    Timestamp m_now{};
};

class RunsDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace plumbline::ui::evals
