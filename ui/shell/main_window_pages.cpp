// The window's pages: built when a workspace is there, joined, shown, followed into, and what they remember.
#include <initializer_list>

#include <QSettings>
#include <QStackedWidget>

#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/evals/evals_page.h"
#include "ui/prompts/prompts_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/navigation_rail.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

void MainWindow::buildPages()
{
    m_assistant = new assistant::AssistantPage(m_session->assistant, m_jobList, m_stack);
    m_corpus = new corpus::CorpusPage(m_session->corpus, m_jobList, m_stack);
    m_prompts = new prompts::PromptsPage(m_session->prompts, m_jobList, m_stack);
    m_settings =
        new settings::SettingsPage(m_appearance, m_session->facts, m_session->settings, m_jobList, m_stack);
    for (QWidget* page : std::initializer_list<QWidget*>{m_assistant, m_corpus, m_prompts, m_settings})
        m_stack->addWidget(page);
}

evals::EvalsPage* MainWindow::evalsPage()
{
    if (m_evals == nullptr && m_session) {
        m_evals = new evals::EvalsPage(m_session->evals, m_jobList, m_stack);
        join(m_evals);
    }
    return m_evals;
}

dashboard::DashboardPage* MainWindow::dashboardPage()
{
    if (m_dashboard == nullptr && m_session) {
        m_dashboard = new dashboard::DashboardPage(m_session->dashboard, m_jobList, m_stack);
        join(m_dashboard);
    }
    return m_dashboard;
}

template <typename LatePage>
void MainWindow::join(LatePage* page)
{
    m_stack->addWidget(page);
    connect(page, &LatePage::linkActivated, this, &MainWindow::follow);
    if (!m_session->stateFile.isEmpty())
        page->restoreState(QSettings(m_session->stateFile, QSettings::IniFormat));
}

void MainWindow::connectPages()
{
    connect(m_assistant, &assistant::AssistantPage::linkActivated, this, &MainWindow::follow);
    connect(m_assistant, &assistant::AssistantPage::indexRequested, m_corpus,
            &corpus::CorpusPage::startIndexing);
    connect(m_assistant, &assistant::AssistantPage::stopIndexingRequested, m_corpus,
            &corpus::CorpusPage::stopIndexing);
    connect(m_corpus, &corpus::CorpusPage::corpusChanged, this, &MainWindow::refreshStatus);
    connect(m_corpus, &corpus::CorpusPage::indexProgress, m_assistant,
            &assistant::AssistantPage::showIndexing);
    connect(m_corpus, &corpus::CorpusPage::indexEnded, this, [this](bool done) {
        m_session->indexed = m_session->indexed || done;
        m_assistant->setIndexed(m_session->indexed);
    });
    connect(m_prompts, &prompts::PromptsPage::labelMoved, m_assistant,
            &assistant::AssistantPage::reloadPrompts);
    connect(m_settings, &settings::SettingsPage::appearanceChanged, this,
            [this](const settings::Appearance& appearance) {
                m_appearance = appearance;
                Q_EMIT appearanceChanged(appearance);
            });
    connect(m_settings, &settings::SettingsPage::workspaceRequested, this, &MainWindow::workspaceRequested);
}

void MainWindow::go(Page page)
{
    if (!m_session)
        return;
    m_rail->setCurrent(page);
    switch (page) {
    case Page::Assistant:
        m_stack->setCurrentWidget(m_assistant);
        m_assistant->focusQuestion();
        break;
    case Page::Corpus:
        m_stack->setCurrentWidget(m_corpus);
        m_corpus->focusFilter();
        break;
    case Page::Prompts:
        m_stack->setCurrentWidget(m_prompts);
        m_prompts->focusFilter();
        break;
    case Page::Evaluations:
        m_stack->setCurrentWidget(evalsPage());
        m_evals->focusContent();
        break;
    case Page::Dashboard:
        m_stack->setCurrentWidget(dashboardPage());
        m_dashboard->focusCharts();
        break;
    case Page::Settings:
        m_stack->setCurrentWidget(m_settings);
        m_settings->setFocus();
        break;
    }
}

void MainWindow::follow(const Link& link)
{
    go(link.page);
    if (link.page == Page::Corpus && !link.key.isEmpty())
        m_corpus->open(link);
    else if (link.page == Page::Prompts && !link.question.isEmpty())
        m_prompts->runOn(link.key, link.question, link.model);
    else if (link.page == Page::Prompts && !link.key.isEmpty())
        m_prompts->open(link.key);
    else if (link.page == Page::Evaluations && !link.key.isEmpty())
        m_evals->open(link.key);
    else if (link.page == Page::Assistant && !link.key.isEmpty())
        m_assistant->ask(link.key);
}

void MainWindow::dropPages()
{
    rememberState();
    m_statusJob.cancel();
    delete m_assistant;
    delete m_corpus;
    delete m_prompts;
    delete m_evals;
    delete m_dashboard;
    delete m_settings;
    m_assistant = nullptr;
    m_corpus = nullptr;
    m_prompts = nullptr;
    m_evals = nullptr;
    m_dashboard = nullptr;
    m_settings = nullptr;
}

void MainWindow::rememberState()
{
    if (!m_session || m_session->stateFile.isEmpty() || m_assistant == nullptr)
        return;
    QSettings file(m_session->stateFile, QSettings::IniFormat);
    file.setValue(u"window/geometry"_s, saveGeometry());
    m_assistant->saveState(file);
    m_corpus->saveState(file);
    m_prompts->saveState(file);
    if (m_evals != nullptr)
        m_evals->saveState(file);
    if (m_dashboard != nullptr)
        m_dashboard->saveState(file);
}

void MainWindow::restoreState()
{
    if (m_session->stateFile.isEmpty())
        return;
    const QSettings file(m_session->stateFile, QSettings::IniFormat);
    m_assistant->restoreState(file);
    m_corpus->restoreState(file);
    m_prompts->restoreState(file);
}

} // namespace plumbline::ui::shell
