#include "ui/settings/settings_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabBar>
#include <QTabWidget>

#include "ui/settings/endpoints_panel.h"
#include "ui/settings/spending_panel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/table_setup.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QFrame* makeCard(const QString& heading, QFormLayout*& form, QWidget* parent)
{
    auto* card = new QFrame(parent);
    card->setProperty("role", u"card"_s);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 4 * kGrid);
    column->setSpacing(3 * kGrid);
    auto* title = new QLabel(heading, card);
    title->setFont(titleFont());
    column->addWidget(title);
    form = new QFormLayout;
    form->setHorizontalSpacing(6 * kGrid);
    form->setVerticalSpacing(2 * kGrid);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    column->addLayout(form);
    return card;
}

} // namespace

SettingsPage::SettingsPage(Appearance appearance, std::vector<Fact> facts, Services services,
                           jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services))
{
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    auto* general = new QWidget(m_tabs);
    auto* column = new QVBoxLayout(general);
    column->setContentsMargins(6 * kGrid, 6 * kGrid, 6 * kGrid, 6 * kGrid);
    column->setSpacing(4 * kGrid);
    column->addWidget(makeAppearance());
    column->addWidget(makeFacts(facts));
    column->addStretch(1);
    m_endpoints = new EndpointsPanel(m_services, jobList, m_tabs);
    m_spending = new SpendingPanel(m_services, m_tabs);
    m_tabs->addTab(general, tr("General"));
    m_tabs->addTab(m_endpoints, tr("Models and keys"));
    m_tabs->addTab(m_spending, tr("Budgets and prices"));
    whole->addWidget(m_tabs);
    setFocusProxy(m_tabs->tabBar());
    setAppearance(appearance);
}

SettingsPage::~SettingsPage() = default;

void SettingsPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

QWidget* SettingsPage::makeAppearance()
{
    QFormLayout* form = nullptr;
    QFrame* card = makeCard(tr("Appearance"), form, this);
    m_theme = new QComboBox(card);
    m_theme->addItem(tr("As the system"), static_cast<int>(ThemeChoice::System));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setMinimumWidth(180);
    m_scale = new QComboBox(card);
    for (const int percent : {80, 90, 100, 110, 125, 150, 175, 200})
        m_scale->addItem(tr("%1 %").arg(percent), percent);
    m_scale->setAccessibleName(tr("Size of text"));
    m_scale->setMinimumWidth(180);
    form->addRow(tr("&Theme"), m_theme);
    form->addRow(tr("Size of te&xt"), m_scale);
    for (QComboBox* box : {m_theme, m_scale})
        connect(box, &QComboBox::currentIndexChanged, this,
                [this] { Q_EMIT appearanceChanged(appearance()); });
    return card;
}

QWidget* SettingsPage::makeFacts(const std::vector<Fact>& facts)
{
    QFormLayout* form = nullptr;
    QFrame* card = makeCard(tr("Workspace"), form, this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const Fact& fact : facts) {
        auto* name = new QLabel(fact.name, card);
        name->setProperty("role", u"muted"_s);
        form->addRow(name, textLabel(fact.value, card));
    }
    auto* open = new QPushButton(icon(u"folder"_s), tr("Open another workspace…"), card);
    open->setToolTip(tr("A folder with a workspace.yaml (Ctrl+O)"));
    open->setShortcut(QKeySequence::Open);
    connect(open, &QPushButton::clicked, this, &SettingsPage::askForWorkspace);
    qobject_cast<QVBoxLayout*>(card->layout())->addWidget(open, 0, Qt::AlignLeft);
    return card;
}

void SettingsPage::askForWorkspace()
{
    auto* dialog = new QFileDialog(this, tr("Open a workspace"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsPage::workspaceRequested);
    dialog->open();
}

void SettingsPage::setAppearance(Appearance appearance)
{
    const QSignalBlocker one(m_theme);
    const QSignalBlocker two(m_scale);
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(appearance.theme)));
    const int scale = m_scale->findData(static_cast<int>(appearance.scale * 100 + 0.5));
    m_scale->setCurrentIndex(scale < 0 ? 2 : scale);
}

Appearance SettingsPage::appearance() const
{
    return {static_cast<ThemeChoice>(m_theme->currentData().toInt()), m_scale->currentData().toInt() / 100.0};
}

} // namespace plumbline::ui::settings
