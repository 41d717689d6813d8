#include "ui/evals/sentence_delegate.h"

#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QPainter>
#include <QTextDocument>

#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace plumbline::ui::widgets;

namespace {

void layOut(QTextDocument& document, const QModelIndex& index, const QFont& font, int width)
{
    document.setDefaultFont(font);
    document.setDocumentMargin(2 * kGrid);
    document.setHtml(index.data(SentenceDelegate::kHtmlRole).toString());
    document.setTextWidth(width);
}

} // namespace

void SentenceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    QTextDocument document;
    layOut(document, index, item.font, option.rect.width());
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, currentTokens().text);
    painter->save();
    painter->translate(option.rect.topLeft());
    painter->setClipRect(QRect(QPoint(0, 0), option.rect.size()));
    document.documentLayout()->draw(painter, context);
    painter->restore();
}

QSize SentenceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view == nullptr ? 400 : view->viewport()->width();
    QTextDocument document;
    layOut(document, index, option.font, width);
    return {width, static_cast<int>(document.size().height()) + 1};
}

} // namespace plumbline::ui::evals
