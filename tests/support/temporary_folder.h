// A folder that is there for one test and gone after it.
#pragma once

#include <filesystem>
#include <string_view>

namespace plumbline::tests {

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    // Writes `content` to a file below the folder, making parents; gives its path.
    std::filesystem::path write(std::string_view name, std::string_view content) const;

private:
    std::filesystem::path m_path;
};

} // namespace plumbline::tests
