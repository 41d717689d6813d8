#include <chrono>
#include <cstdio>

#include <QApplication>

#include "app/base/crash_report.h"
#include "app/base/process_limits.h"
#include "app/workspace/user_folders.h"
#include "ui/shell/arguments.h"
#include "ui/shell/console.h"

int main(int argc, char** argv)
{
    const auto begun = std::chrono::steady_clock::now();
    plumbline::forbidCoreDumps();
    plumbline::installCrashReport(plumbline::workspace::userStateFolder(), PLUMBLINE_VERSION);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("plumbline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Plumbline"));
    QApplication::setApplicationVersion(QStringLiteral(PLUMBLINE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("plumbline-console"));
    const auto arguments = plumbline::ui::shell::parseArguments(QApplication::arguments().mid(1));
    if (!arguments) {
        std::fprintf(stderr, "plumbline-console: %s\n", arguments.error().message.c_str());
        return 2;
    }
    if (arguments->help) {
        std::fputs(plumbline::ui::shell::usage().toUtf8().constData(), stdout);
        return 0;
    }
    if (arguments->version) {
        std::fputs("plumbline-console " PLUMBLINE_VERSION "\n", stdout);
        return 0;
    }
    plumbline::ui::shell::Console console(application, *arguments, begun);
    console.start();
    return QApplication::exec();
}
