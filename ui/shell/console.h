// The composition root of the console: opens a workspace away from the window and hands its services to the
// pages.
#pragma once

#include <chrono>
#include <memory>

#include <QObject>

#include "ui/jobs/job.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/arguments.h"
#include "ui/shell/main_window.h"

class QApplication;

namespace plumbline::workspace {
class Workspace;
}
namespace plumbline::ui::settings {
class KeyCache;
}

namespace plumbline::ui::shell {

class Console final : public QObject {
    Q_OBJECT
public:
    // `begun`: when main() was entered; --time-startup counts from there.
    Console(QApplication& application, Arguments arguments, std::chrono::steady_clock::time_point begun);
    ~Console() override;

    // Shows the window and begins to open the workspace.
    void start();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // A workspace that was opened, with what the job found out about it.
    struct Opened {
        std::shared_ptr<workspace::Workspace> workspace;
        Actor actor;
        bool indexed = false;
    };

    void open(const QString& folder);
    void take(Opened opened);
    void applyAppearance(const settings::Appearance& appearance);
    void runScreenshot();
    void reportStartup();

    QApplication& m_application;
    Arguments m_arguments;
    std::chrono::steady_clock::time_point m_begun;
    settings::Appearance m_appearance;
    QString m_folder;
    QString m_stateFile;
    std::shared_ptr<settings::KeyCache> m_keys; // read by the window, asked by the engine
    std::unique_ptr<MainWindow> m_window;
    jobs::Job<Opened> m_job;
};

} // namespace plumbline::ui::shell
