// The pages, each an icon with its word; Settings at the foot.
#pragma once

#include <vector>

#include <QFrame>

#include "ui/widgets/link.h"

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace plumbline::ui::shell {

class NavigationRail final : public QFrame {
    Q_OBJECT
public:
    explicit NavigationRail(QWidget* parent = nullptr);
    void setCurrent(widgets::Page page);

Q_SIGNALS:
    void pageRequested(widgets::Page page);

private:
    QToolButton* addEntry(widgets::Page page, const QString& iconName, const QString& word,
                          const QString& shortcut);

    QVBoxLayout* m_column = nullptr;
    QButtonGroup* m_group = nullptr;
};

} // namespace plumbline::ui::shell
