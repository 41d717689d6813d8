#include "ui/shell/main_window.h"

#include <algorithm>

#include <QBoxLayout>
#include <QCloseEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>

#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/navigation_rail.h"
#include "ui/shell/palette_contents.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using retrieval::GenerationInfo;

MainWindow::MainWindow(settings::Appearance appearance, QWidget* parent)
    : QMainWindow(parent), m_appearance(appearance), m_statusJob(tr("Reading the index state"))
{
    setWindowTitle(u"Plumbline"_s);
    setMinimumSize(800, 520);
    resize(1280, 800);
    auto* whole = new QWidget(this);
    auto* row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new NavigationRail(whole);
    auto* right = new QWidget(whole);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new QStackedWidget(right);
    m_opening = new PageStates(new QWidget(this), nullptr, this);
    m_stack->addWidget(m_opening);
    m_status = new StatusLine(m_jobList, right);
    column->addWidget(makeTop());
    column->addWidget(m_stack, 1);
    column->addWidget(m_status);
    row->addWidget(m_rail);
    row->addWidget(right, 1);
    setCentralWidget(whole);
    m_rail->setEnabled(false);
    m_palette = new CommandPalette(this);
    m_contents = std::make_unique<PaletteContents>(*this, *m_palette);
    connect(m_contents.get(), &PaletteContents::themeChosen, this, [this](ThemeChoice choice) {
        m_appearance.theme = choice;
        m_settings->setAppearance(m_appearance);
        Q_EMIT appearanceChanged(m_appearance);
    });
    m_clock = new QTimer(this);
    m_clock->setInterval(60'000);
    connect(m_clock, &QTimer::timeout, this, &MainWindow::refreshStatus);
    connect(m_rail, &NavigationRail::pageRequested, this, &MainWindow::go);
    connect(m_opening, &PageStates::retryRequested, this, &MainWindow::retryRequested);
    makeShortcuts();
}

MainWindow::~MainWindow()
{
    dropPages();
}

QWidget* MainWindow::makeTop()
{
    auto* top = new QFrame(this);
    top->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(4 * kGrid, kGrid, 2 * kGrid, kGrid);
    m_name = new QLabel(top);
    m_name->setTextFormat(Qt::PlainText);
    auto* palette = new QPushButton(icon(u"search"_s), tr("Go to…  Ctrl+K"), top);
    palette->setProperty("role", u"quiet"_s);
    palette->setToolTip(tr("Pages, documents, prompts, runs and actions (Ctrl+K)"));
    auto* help = new QPushButton(tr("Shortcuts  F1"), top);
    help->setProperty("role", u"quiet"_s);
    help->setToolTip(tr("All shortcuts (F1)"));
    row->addWidget(m_name, 1);
    row->addWidget(palette);
    row->addWidget(help);
    connect(palette, &QPushButton::clicked, this, &MainWindow::openPalette);
    connect(help, &QPushButton::clicked, this, &MainWindow::openShortcuts);
    return top;
}

void MainWindow::makeShortcuts()
{
    const auto bind = [this](const QKeySequence& keys, auto action) {
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    bind(QKeySequence(Qt::CTRL | Qt::Key_1), [this] { go(Page::Assistant); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_2), [this] { go(Page::Corpus); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_3), [this] { go(Page::Prompts); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_4), [this] { go(Page::Evaluations); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_5), [this] { go(Page::Dashboard); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { go(Page::Settings); });
    bind(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    bind(QKeySequence(Qt::Key_F1), [this] { openShortcuts(); });
    bind(QKeySequence::Quit, [this] { close(); });
}

void MainWindow::showOpening(const QString& what)
{
    m_stack->setCurrentWidget(m_opening);
    m_opening->showLoading(what);
}

void MainWindow::showOpenFailed(const Error& error)
{
    m_stack->setCurrentWidget(m_opening);
    m_opening->showFailed(tr("The workspace could not be opened"), error);
}

void MainWindow::setSession(Session session)
{
    dropPages();
    m_session = std::move(session);
    setWindowTitle(m_session->name + u" — Plumbline"_s);
    m_name->setText(m_session->name);
    QStringList endpoints;
    for (const llm::Endpoint& endpoint : m_session->settings.endpoints) {
        if (endpoint.kind != llm::EndpointKind::Simulated)
            endpoints << toQt(endpoint.name + ": " + endpoint.url);
    }
    m_status->setEndpoints(endpoints);
    buildPages();
    connectPages();
    restoreState();
    m_contents->setCommands();
    m_rail->setEnabled(true);
    go(Page::Assistant);
    m_assistant->setIndexed(m_session->indexed);
    refreshStatus();
    m_clock->start();
    if (!m_session->indexed && m_session->indexAtOnce)
        m_corpus->startIndexing();
    Q_EMIT sessionReady();
}

void MainWindow::openPalette()
{
    if (!m_session)
        return;
    m_palette->open();
    m_contents->read(*m_session);
}

void MainWindow::openShortcuts()
{
    auto* sheet = new ShortcutSheet(this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::refreshStatus()
{
    m_statusJob.start(
        [generations = m_session->corpus.generations](const auto&) { return generations(); },
        [this](Result<std::vector<GenerationInfo>> list) {
            if (!list) {
                m_status->setTrouble(toQt(list.error().message));
                return;
            }
            const auto current = std::find_if(list->begin(), list->end(),
                                              [](const GenerationInfo& info) { return info.inService; });
            m_status->setGeneration(current == list->end() ? std::nullopt : std::optional(*current),
                                    m_session->corpus.now());
        });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    rememberState();
    event->accept();
}

} // namespace plumbline::ui::shell
