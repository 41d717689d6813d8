// A list item of a few lines of HTML, wrapped to the width of its list.
#pragma once

#include <QStyledItemDelegate>

namespace plumbline::ui::evals {

class SentenceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kHtmlRole = Qt::UserRole + 50; // escaped by whoever sets it

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace plumbline::ui::evals
