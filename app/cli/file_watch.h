// Waits for an edit of files and folders, by looking at them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace plumbline::cli {

class FileWatch {
public:
    // Files, and folders with all below them. What is not there yet may come to be.
    explicit FileWatch(std::vector<std::filesystem::path> places);

    // Blocks until one of them was written, made or removed since the last look, and then stood still for one
    // more look; false when stopped.
    bool wait(const std::stop_token& stop);

private:
    using Look = std::map<std::string, std::pair<std::int64_t, std::uintmax_t>>; // time and size, by path
    Look look() const;

    std::vector<std::filesystem::path> m_places;
    Look m_last;
};

} // namespace plumbline::cli
