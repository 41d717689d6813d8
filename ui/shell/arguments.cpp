#include "ui/shell/arguments.h"

#include <QRegularExpression>

#include "ui/widgets/formatters.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::ThemeChoice;
using widgets::toUtf8;

namespace {

Result<void> take(Arguments& arguments, const QString& name, const QString& value)
{
    if (name == "--workspace"_L1) {
        arguments.workspace = value;
    } else if (name == "--screenshot"_L1) {
        arguments.screenshot = value;
    } else if (name == "--ask"_L1) {
        arguments.ask = value;
    } else if (name == "--page"_L1) {
        if (value != "assistant"_L1 && value != "corpus"_L1 && value != "prompts"_L1 &&
            value != "evaluations"_L1 && value != "dashboard"_L1 && value != "settings"_L1)
            return failure(ErrorCode::BadInput,
                           "expected assistant, corpus, prompts, evaluations, dashboard or settings after "
                           "--page");
        arguments.page = value;
    } else if (name == "--theme"_L1) {
        if (value != "light"_L1 && value != "dark"_L1)
            return failure(ErrorCode::BadInput, "expected light or dark after --theme");
        arguments.theme = value == "dark"_L1 ? ThemeChoice::Dark : ThemeChoice::Light;
    } else if (name == "--size"_L1) {
        const auto match = QRegularExpression(u"^([0-9]{3,4})x([0-9]{3,4})$"_s).match(value);
        if (!match.hasMatch())
            return failure(ErrorCode::BadInput, "expected a size like 1280x800 after --size");
        arguments.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    } else {
        return failure(ErrorCode::BadInput,
                       "unknown option " + toUtf8(name) + "; see plumbline-console --help");
    }
    return {};
}

} // namespace

Result<Arguments> parseArguments(const QStringList& list)
{
    Arguments arguments;
    for (qsizetype i = 0; i < list.size(); ++i) {
        QString name = list[i];
        if (name == "--help"_L1 || name == "-h"_L1) {
            arguments.help = true;
            continue;
        }
        if (name == "--version"_L1) {
            arguments.version = true;
            continue;
        }
        if (name == "--time-startup"_L1) {
            arguments.timeStartup = true;
            continue;
        }
        QString value;
        const qsizetype equals = name.indexOf(u'=');
        if (name.startsWith("--"_L1) && equals > 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        } else if (i + 1 < list.size()) {
            value = list[++i];
        } else {
            return failure(ErrorCode::BadInput, "expected a value after " + toUtf8(name));
        }
        if (auto taken = take(arguments, name, value); !taken)
            return tl::unexpected(taken.error());
    }
    return arguments;
}

QString usage()
{
    return u"plumbline-console [--workspace DIR]\n"
           "                  [--page assistant|corpus|prompts|evaluations|dashboard|settings] [--ask "
           "QUESTION]\n"
           "                  [--theme light|dark] [--size WxH] [--screenshot FILE] [--time-startup]\n\n"
           "Without --workspace the sample workspace is opened. --screenshot writes a picture of the window, "
           "once it\n"
           "has settled, and leaves. --time-startup prints the milliseconds from main() to the first painted "
           "Assistant\npage of the opened workspace, and leaves.\n"_s;
}

} // namespace plumbline::ui::shell
