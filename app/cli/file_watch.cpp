#include "app/cli/file_watch.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace plumbline::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kBetweenLooks{200};

// False when stopped.
bool pause(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kBetweenLooks, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

FileWatch::FileWatch(std::vector<fs::path> places) : m_places(std::move(places)), m_last(look()) {}

FileWatch::Look FileWatch::look() const
{
    Look seen;
    const auto take = [&](const fs::path& file) {
        std::error_code gone;
        const auto time = fs::last_write_time(file, gone);
        const auto size = gone ? std::uintmax_t{0} : fs::file_size(file, gone);
        if (!gone) {
            seen[file.string()] = {time.time_since_epoch().count(), size};
        }
    };
    for (const fs::path& place : m_places) {
        std::error_code failed;
        if (!fs::is_directory(place, failed)) {
            take(place);
            continue;
        }
        for (fs::recursive_directory_iterator at(place, failed), end; !failed && at != end;
             at.increment(failed)) {
            if (at->is_regular_file(failed)) {
                take(at->path());
            }
        }
    }
    return seen;
}

bool FileWatch::wait(const std::stop_token& stop)
{
    while (pause(stop)) {
        Look now = look();
        if (now == m_last) {
            continue;
        }
        // An editor may still be writing: until two looks are the same.
        for (Look next; pause(stop); now = std::move(next)) {
            next = look();
            if (next == now) {
                m_last = std::move(now);
                return true;
            }
        }
    }
    return false;
}

} // namespace plumbline::cli
