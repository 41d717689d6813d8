#include "ui/widgets/confirm.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

#include "ui/widgets/icons.h"

namespace plumbline::ui::widgets {

QPushButton* confirm(QWidget* parent, const Confirmation& confirmation, const std::function<void()>& act)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, confirmation.title, confirmation.question,
                                QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(icon(QStringLiteral("warning")).pixmap(QSize(32, 32), parent->devicePixelRatioF()));
    box->setInformativeText(confirmation.consequences);
    for (QLabel* label : box->findChildren<QLabel*>()) // setTextFormat() leaves the second text out
        label->setTextFormat(Qt::PlainText);
    QPushButton* button = box->addButton(confirmation.action, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(button, &QPushButton::clicked, box, act);
    box->open();
    return button;
}

} // namespace plumbline::ui::widgets
