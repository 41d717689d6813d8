#include "ui/shell/navigation_rail.h"

#include <algorithm>

#include <QBoxLayout>
#include <QButtonGroup>
#include <QToolButton>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::kGrid;
using widgets::Page;

NavigationRail::NavigationRail(QWidget* parent) : QFrame(parent), m_group(new QButtonGroup(this))
{
    setProperty("role", u"rail"_s);
    setAccessibleName(tr("Pages"));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 2 * kGrid, 0, 2 * kGrid);
    m_column->setSpacing(kGrid);
    addEntry(Page::Assistant, u"assistant"_s, tr("Assistant"), u"Ctrl+1"_s);
    addEntry(Page::Corpus, u"corpus"_s, tr("Corpus"), u"Ctrl+2"_s);
    addEntry(Page::Prompts, u"prompts"_s, tr("Prompts"), u"Ctrl+3"_s);
    addEntry(Page::Evaluations, u"evals"_s, tr("Evaluations"), u"Ctrl+4"_s);
    addEntry(Page::Dashboard, u"dashboard"_s, tr("Dashboard"), u"Ctrl+5"_s);
    m_column->addStretch(1);
    addEntry(Page::Settings, u"settings"_s, tr("Settings"), u"Ctrl+,"_s);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT pageRequested(static_cast<Page>(id)); });
    setCurrent(Page::Assistant);
}

QToolButton* NavigationRail::addEntry(Page page, const QString& iconName, const QString& word,
                                      const QString& shortcut)
{
    auto* button = new QToolButton(this);
    button->setIcon(widgets::icon(iconName));
    const int edge = fontMetrics().height() * 3 / 2;
    button->setIconSize(QSize(edge, edge));
    button->setText(word);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setCheckable(true);
    button->setToolTip(tr("%1 (%2)").arg(word, shortcut));
    button->setAccessibleName(word);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumWidth(std::max(20 * kGrid, fontMetrics().horizontalAdvance(word) + 5 * kGrid));
    m_group->addButton(button, static_cast<int>(page));
    m_column->addWidget(button);
    return button;
}

void NavigationRail::setCurrent(Page page)
{
    m_group->button(static_cast<int>(page))->setChecked(true);
}

} // namespace plumbline::ui::shell
