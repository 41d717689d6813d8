#include "app/cli/session.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/cli/terminal_text.h"

namespace plumbline::cli {

namespace {

constexpr int kBarWidth = 30;

void drawBar(const Progress& progress)
{
    std::string line = "\r\x1b[K" + progress.stage;
    if (progress.total > 0) {
        const auto filled =
            static_cast<std::size_t>(static_cast<double>(kBarWidth) * static_cast<double>(progress.done) /
                                     static_cast<double>(progress.total));
        line += " [" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] " +
                std::to_string(progress.done) + "/" + std::to_string(progress.total) + " " + progress.unit;
    }
    std::array<char, 64> rate{};
    if (progress.bytesPerSecond > 0) {
        std::snprintf(rate.data(), rate.size(), " %.1f MB/s", progress.bytesPerSecond / 1e6);
        line += rate.data();
    }
    if (progress.timeLeft) {
        line += " " + std::to_string(progress.timeLeft->count() / 1000 + 1) + " s left";
    }
    const bool last = progress.total > 0 && progress.done == progress.total;
    std::cerr << line << (last ? "\r\x1b[K" : "") << std::flush;
}

} // namespace

Result<std::filesystem::path> Session::workspaceFolder() const
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    if (!workspace.empty()) {
        return fs::absolute(workspace);
    }
    if (const char* named = std::getenv("PLUMBLINE_WORKSPACE"); named != nullptr && *named != '\0') {
        return fs::absolute(named);
    }
    for (fs::path folder = fs::current_path(ignored);; folder = folder.parent_path()) {
        if (fs::exists(folder / "workspace.yaml", ignored)) {
            return folder;
        }
        if (folder == folder.parent_path()) {
            break;
        }
    }
    return failure(
        ErrorCode::BadInput,
        "no workspace here or above; name one with --workspace DIR, or make one with `plumbline init DIR`");
}

Result<std::unique_ptr<workspace::Workspace>> Session::open() const
{
    auto folder = workspaceFolder();
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    return workspace::Workspace::open(*folder);
}

void Session::fail(const Error& error)
{
    std::cerr << "plumbline: " << terminalSafe(error.describe()) << '\n';
    exitCode = exitCodeFor(error);
}

ProgressFn Session::progress() const
{
    if (quiet || isatty(STDERR_FILENO) == 0) {
        return {};
    }
    return drawBar;
}

int exitCodeFor(const Error& error)
{
    // Whatever an endpoint got wrong is no fault of the input: a server that knows no such model, say.
    const bool ofEndpoint = error.where.starts_with("models.");
    switch (error.code) {
    case ErrorCode::BadInput:
    case ErrorCode::NotFound:
    case ErrorCode::Unsupported:
    case ErrorCode::TooLarge:
        return ofEndpoint ? kEnvironment : kBadInput;
    case ErrorCode::Cancelled:
        return kInterrupted;
    default:
        return kEnvironment;
    }
}

std::string dump(const nlohmann::ordered_json& value)
{
    return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void printJson(const nlohmann::ordered_json& value)
{
    std::cout << dump(value) << '\n' << std::flush;
}

Result<Date> dateOr(const std::string& text)
{
    if (text.empty()) {
        return today(systemNow());
    }
    auto date = parseDate(text);
    if (!date) {
        return failure(ErrorCode::BadInput, date.error().message, "--as-of");
    }
    return date;
}

} // namespace plumbline::cli
