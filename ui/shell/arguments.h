// What was written after `plumbline-console`.
#pragma once

#include <optional>

#include <QSize>
#include <QString>
#include <QStringList>

#include "app/base/result.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

struct Arguments {
    QString workspace;  // folder; empty = the sample
    QString screenshot; // write a picture of the window here and leave
    QString ask;        // a question to ask at start
    QString page;       // "assistant", "corpus", "prompts", "evaluations", "dashboard" or "settings"
    std::optional<widgets::ThemeChoice> theme;
    QSize size;
    bool timeStartup = false; // print how long it took to a usable window, and leave
    bool help = false;
    bool version = false;
};

// BadInput says what was wrong in one line.
Result<Arguments> parseArguments(const QStringList& arguments);
QString usage();

} // namespace plumbline::ui::shell
