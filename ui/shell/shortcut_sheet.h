// F1: every shortcut of the console on one sheet.
#pragma once

#include <QDialog>

namespace plumbline::ui::shell {

class ShortcutSheet final : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(QWidget* parent = nullptr);
};

} // namespace plumbline::ui::shell
