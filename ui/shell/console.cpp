#include "ui/shell/console.h"

#include <algorithm>
#include <cstdio>

#include <QApplication>
#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include "app/workspace/sample.h"
#include "app/workspace/secrets.h"
#include "app/workspace/workspace.h"
#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/prompts/prompts_page.h"
#include "ui/settings/keychain.h"
#include "ui/shell/session_of.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::Page;
using widgets::ThemeChoice;
using widgets::toQt;
using widgets::toUtf8;

namespace {

constexpr int kSettleMilliseconds = 700; // after the last page is ready, before a picture is taken

// Where the sample workspace keeps what the console remembers; known before it is opened.
QString sampleStateFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/plumbline/sample/.plumbline/console.ini"_s;
}

// The keychain's keys, as far as the window has read them; else those that the command would find.
SecretSource keysOf(std::shared_ptr<const settings::KeyCache> keychain, const std::filesystem::path& place)
{
    return [keychain = std::move(keychain),
            outside = workspace::secretSource(workspace::secretPlaces(place / ".plumbline"))](
               const std::string& name) -> Result<Secret> {
        if (auto key = keychain->find(name))
            return std::move(*key);
        return outside(name);
    };
}

} // namespace

Console::Console(QApplication& application, Arguments arguments, std::chrono::steady_clock::time_point begun)
    : m_application(application), m_arguments(std::move(arguments)), m_begun(begun),
      m_keys(std::make_shared<settings::KeyCache>()), m_job(tr("Opening the workspace"))
{
}

Console::~Console() = default;

void Console::start()
{
    m_folder = m_arguments.workspace;
    m_stateFile =
        m_folder.isEmpty() ? sampleStateFile() : QDir(m_folder).filePath(u".plumbline/console.ini"_s);
    const QSettings file(m_stateFile, QSettings::IniFormat);
    m_appearance.theme =
        static_cast<ThemeChoice>(std::clamp(file.value(u"appearance/theme"_s, 0).toInt(), 0, 2));
    m_appearance.scale = file.value(u"appearance/scale"_s, 1.0).toDouble();
    if (m_arguments.theme)
        m_appearance.theme = *m_arguments.theme;
    widgets::applyTheme(m_application, m_appearance.theme, m_appearance.scale);
    m_window = std::make_unique<MainWindow>(m_appearance);
    m_window->restoreGeometry(file.value(u"window/geometry"_s).toByteArray());
    if (m_arguments.size.isValid())
        m_window->resize(m_arguments.size);
    connect(m_window.get(), &MainWindow::appearanceChanged, this, &Console::applyAppearance);
    connect(m_window.get(), &MainWindow::workspaceRequested, this, &Console::open);
    connect(m_window.get(), &MainWindow::retryRequested, this, [this] { open(m_folder); });
    m_window->show();
    // The first paint comes before any work.
    QTimer::singleShot(0, this, [this] { open(m_folder); });
}

void Console::open(const QString& folder)
{
    m_folder = folder;
    m_window->showOpening(folder.isEmpty() ? tr("Opening the sample workspace")
                                           : tr("Opening %1").arg(folder));
    auto work = [home = std::filesystem::path(toUtf8(folder)),
                 keys = m_keys](const jobs::Job<Opened>::Context&) -> Result<Opened> {
        std::filesystem::path place = home;
        if (place.empty()) {
            const auto prepared = workspace::findSample().and_then(workspace::prepareSample);
            if (!prepared)
                return tl::unexpected(prepared.error());
            place = *prepared;
        }
        auto workspace = workspace::Workspace::open(place, keysOf(keys, place));
        if (!workspace)
            return tl::unexpected(workspace.error());
        Opened opened;
        opened.workspace = std::move(*workspace);
        opened.actor = opened.workspace->actor();
        const auto generations = opened.workspace->indexer().generations();
        opened.indexed = generations && std::any_of(generations->begin(), generations->end(),
                                                    [](const auto& info) { return info.inService; });
        return opened;
    };
    m_job.start(std::move(work), [this](Result<Opened> opened) {
        if (opened)
            take(std::move(*opened));
        else
            m_window->showOpenFailed(opened.error());
        if (!opened && !m_arguments.screenshot.isEmpty())
            QTimer::singleShot(kSettleMilliseconds, this, &Console::runScreenshot);
    });
}

void Console::take(Opened opened)
{
    Session session = sessionOf(opened.workspace, opened.actor, m_keys);
    session.indexed = opened.indexed;
    session.indexAtOnce = m_folder.isEmpty(); // the sample is indexed without being asked
    m_stateFile = session.stateFile;
    m_window->setSession(std::move(session));
    if (m_arguments.timeStartup)
        m_window->assistantPage()->installEventFilter(this);
    if (m_arguments.page == "corpus"_L1)
        m_window->go(Page::Corpus);
    else if (m_arguments.page == "prompts"_L1)
        m_window->go(Page::Prompts);
    else if (m_arguments.page == "evaluations"_L1)
        m_window->go(Page::Evaluations);
    else if (m_arguments.page == "dashboard"_L1)
        m_window->go(Page::Dashboard);
    else if (m_arguments.page == "settings"_L1)
        m_window->go(Page::Settings);
    if (!m_arguments.ask.isEmpty() && m_arguments.page == "corpus"_L1)
        m_window->corpusPage()->search(m_arguments.ask);
    else if (!m_arguments.ask.isEmpty() && m_arguments.page == "prompts"_L1)
        m_window->promptsPage()->setQuestion(m_arguments.ask);
    else if (!m_arguments.ask.isEmpty())
        m_window->assistantPage()->ask(m_arguments.ask);
    if (!m_arguments.screenshot.isEmpty())
        QTimer::singleShot(kSettleMilliseconds, this, &Console::runScreenshot);
}

void Console::applyAppearance(const settings::Appearance& appearance)
{
    m_appearance = appearance;
    widgets::applyTheme(m_application, appearance.theme, appearance.scale);
    if (m_stateFile.isEmpty())
        return;
    QSettings file(m_stateFile, QSettings::IniFormat);
    file.setValue(u"appearance/theme"_s, static_cast<int>(appearance.theme));
    file.setValue(u"appearance/scale"_s, appearance.scale);
}

bool Console::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint) { // of the Assistant page, with its workspace behind it
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, &Console::reportStartup); // when all of the window is painted
    }
    return QObject::eventFilter(watched, event);
}

void Console::reportStartup()
{
    const auto spent = std::chrono::steady_clock::now() - m_begun;
    std::printf("startup %.1f ms\n", std::chrono::duration<double, std::milli>(spent).count());
    std::fflush(stdout);
    m_window->close();
    QCoreApplication::exit(0);
}

void Console::runScreenshot()
{
    if (m_window->isBusy()) {
        QTimer::singleShot(kSettleMilliseconds, this, &Console::runScreenshot);
        return;
    }
    const bool written = m_window->grab().save(m_arguments.screenshot);
    m_window->close();
    QCoreApplication::exit(written ? 0 : 3);
}

} // namespace plumbline::ui::shell
