#include "ui/shell/palette_contents.h"

#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/tree_model.h"
#include "ui/evals/evals_page.h"
#include "ui/evals/runs_model.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/prompts_page.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

PaletteContents::PaletteContents(MainWindow& window, CommandPalette& palette)
    : m_window(window), m_palette(palette), m_documentsJob(tr("Reading the documents")),
      m_promptsJob(tr("Reading the prompts")), m_runsJob(tr("Reading the runs")),
      m_suitesJob(tr("Reading the suites"))
{
}

PaletteContents::~PaletteContents() = default;

std::vector<PaletteEntry> PaletteContents::pages()
{
    const QString page = tr("Page");
    const auto go = [this](Page which) { return [this, which] { m_window.go(which); }; };
    const auto corpusTab = [this](corpus::CorpusPage::Tab which) {
        return [this, which] {
            m_window.go(Page::Corpus);
            m_window.corpusPage()->showTab(which);
        };
    };
    const auto promptsTab = [this](prompts::PromptsPage::Tab which) {
        return [this, which] {
            m_window.go(Page::Prompts);
            m_window.promptsPage()->showTab(which);
        };
    };
    const auto settingsTab = [this](settings::SettingsPage::Tab which) {
        return [this, which] {
            m_window.go(Page::Settings);
            m_window.settingsPage()->showTab(which);
        };
    };
    const auto evalsTab = [this](evals::EvalsPage::Tab which) {
        return [this, which] {
            m_window.go(Page::Evaluations);
            m_window.evalsPage()->showTab(which);
        };
    };
    using Tab = corpus::CorpusPage::Tab;
    using Desk = prompts::PromptsPage::Tab;
    return {{u"assistant"_s, tr("Assistant"), page, u"Ctrl+1"_s, go(Page::Assistant)},
            {u"corpus"_s, tr("Corpus"), page, u"Ctrl+2"_s, go(Page::Corpus)},
            {u"search"_s, tr("Retrieval debugger"), page, {}, corpusTab(Tab::Retrieval)},
            {u"document"_s, tr("Ledger of files"), page, {}, corpusTab(Tab::Ledger)},
            {u"warning"_s, tr("Notices about the corpus"), page, {}, corpusTab(Tab::Notices)},
            {u"prompts"_s, tr("Prompts"), page, u"Ctrl+3"_s, go(Page::Prompts)},
            {u"prompts"_s, tr("Differences of prompt versions"), page, {}, promptsTab(Desk::Diff)},
            {u"prompts"_s, tr("Messages as they are sent"), page, {}, promptsTab(Desk::Messages)},
            {u"run"_s, tr("Run two prompt versions side by side"), page, {}, promptsTab(Desk::Run)},
            {u"run"_s, tr("Playground"), page, {}, promptsTab(Desk::Playground)},
            {u"label"_s, tr("Labels of the prompt"), page, {}, promptsTab(Desk::Labels)},
            {u"history"_s, tr("History of the prompt"), page, {}, promptsTab(Desk::History)},
            {u"evals"_s, tr("Evaluations"), page, u"Ctrl+4"_s, go(Page::Evaluations)},
            {u"evals"_s, tr("Verdict and gates"), page, {}, evalsTab(evals::EvalsPage::Tab::Verdict)},
            {u"dashboard"_s, tr("Dashboard"), page, u"Ctrl+5"_s, go(Page::Dashboard)},
            {u"settings"_s, tr("Settings"), page, u"Ctrl+,"_s, go(Page::Settings)},
            {u"key"_s, tr("Models and keys"), page, {}, settingsTab(settings::SettingsPage::Tab::Models)},
            {u"settings"_s,
             tr("Budgets and prices"),
             page,
             {},
             settingsTab(settings::SettingsPage::Tab::Spending)}};
}

std::vector<PaletteEntry> PaletteContents::actions()
{
    const QString action = tr("Action");
    const auto theme = [this](ThemeChoice choice) { return [this, choice] { Q_EMIT themeChosen(choice); }; };
    return {
        {u"refresh"_s, tr("Index now"), action, u"F5"_s, [this] { m_window.corpusPage()->startIndexing(); }},
        {u"rollback"_s,
         tr("Roll back the index"),
         action,
         {},
         [this] {
             m_window.go(Page::Corpus);
             m_window.corpusPage()->askForRollback();
         }},
        {u"label"_s, tr("Move a label to the version shown"), action, u"Ctrl+M"_s,
         [this] {
             m_window.go(Page::Prompts);
             m_window.promptsPage()->showTab(prompts::PromptsPage::Tab::Labels);
             m_window.promptsPage()->labels().askForMove();
         }},
        {u"run"_s,
         tr("Run a suite"),
         action,
         {},
         [this] {
             m_window.go(Page::Evaluations);
             m_window.evalsPage()->askForRun();
         }},
        {u"settings"_s, tr("Light theme"), action, {}, theme(ThemeChoice::Light)},
        {u"settings"_s, tr("Dark theme"), action, {}, theme(ThemeChoice::Dark)},
        {u"info"_s, tr("Keyboard shortcuts"), action, u"F1"_s, [this] { m_window.openShortcuts(); }}};
}

void PaletteContents::setCommands()
{
    std::vector<PaletteEntry> commands = pages();
    for (PaletteEntry& entry : actions())
        commands.push_back(std::move(entry));
    m_palette.setCommands(std::move(commands));
    m_documents.clear();
    m_prompts.clear();
    m_runs.clear();
    m_suites.clear();
    offer();
    m_palette.setAsk([this](const QString& question) { m_window.follow({Page::Assistant, question, {}}); });
}

void PaletteContents::read(const Session& session)
{
    const Date date = today(session.corpus.now());
    m_documentsJob.start(
        [list = session.corpus.list, date](const auto& context) { return list(date, context.stop); },
        [this](Result<std::vector<plumbline::corpus::DocumentRow>> rows) {
            if (rows) // else pages and actions are still there
                takeDocuments(*rows);
        });
    m_promptsJob.start([list = session.prompts.list](const auto& context) { return list(context.stop); },
                       [this](Result<prompts::Catalogue> catalogue) {
                           if (catalogue)
                               takePrompts(*catalogue);
                       });
    m_runsJob.start([runs = session.evals.runs](const auto& context) { return runs(context.stop); },
                    [this](Result<std::vector<evals::RunRow>> rows) {
                        if (rows)
                            takeRuns(*rows);
                    });
    m_suitesJob.start(
        [choices = session.evals.choices](const auto& context) { return choices(context.stop); },
        [this](Result<evals::Choices> choices) {
            if (choices)
                takeSuites(choices->suites);
        });
}

void PaletteContents::takeDocuments(const std::vector<plumbline::corpus::DocumentRow>& rows)
{
    m_documents.clear();
    m_documents.reserve(rows.size());
    for (const auto& row : rows) {
        const QString key = corpus::documentKey(row);
        m_documents.push_back({u"document"_s,
                               row.title.empty() ? key : key + u"  "_s + toQt(row.title),
                               tr("Document"),
                               {},
                               [this, key] {
                                   m_window.follow({Page::Corpus, key, {}});
                               }});
    }
    offer();
}

void PaletteContents::takePrompts(const prompts::Catalogue& catalogue)
{
    m_prompts.clear();
    for (const auto& prompt : catalogue.prompts) {
        for (const auto& version : prompt.versions) {
            const QString key = u"%1@v%2"_s.arg(toQt(prompt.name)).arg(version.version);
            QStringList words{key + u"  "_s + toQt(version.title)};
            for (const std::string& label : version.labels)
                words << toQt(label);
            m_prompts.push_back({u"prompts"_s, words.join(u" · "_s), tr("Prompt"), {}, [this, key] {
                                     m_window.follow({Page::Prompts, key, {}});
                                 }});
        }
    }
    offer();
}

void PaletteContents::takeRuns(const std::vector<evals::RunRow>& rows)
{
    m_runs.clear();
    for (const auto& row : rows) {
        const QString key = toQt(row.run.id);
        const QString words = u"%1  %2 · %3"_s.arg(toQt(row.run.settings.suiteName),
                                                   evals::variantsWords(row.run.settings.variants), key);
        m_runs.push_back({u"evals"_s, words, tr("Run"), {}, [this, key] {
                              m_window.follow({Page::Evaluations, key, {}});
                          }});
    }
    offer();
}

void PaletteContents::takeSuites(const std::vector<evals::SuiteRow>& rows)
{
    m_suites.clear();
    for (const auto& row : rows) {
        const QString path = toQt(row.path);
        m_suites.push_back(
            {u"run"_s, tr("Run the suite %1").arg(toQt(row.name)), tr("Suite"), {}, [this, path] {
                 m_window.go(Page::Evaluations);
                 m_window.evalsPage()->askForRun(path);
             }});
    }
    offer();
}

void PaletteContents::offer()
{
    std::vector<PaletteEntry> entries = m_prompts;
    for (const auto* more : {&m_suites, &m_runs, &m_documents})
        entries.insert(entries.end(), more->begin(), more->end());
    m_palette.setDocuments(std::move(entries));
}

} // namespace plumbline::ui::shell
