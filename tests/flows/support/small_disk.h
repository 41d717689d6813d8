// A disk of a few megabytes (tmpfs), to be filled or made read-only. Mounting needs root; a test skips with
// problem() otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.h"

namespace plumbline::tests {

class SmallDisk {
public:
    explicit SmallDisk(int megabytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::string& problem() const { return m_problem; } // why there is no disk; empty when there is one
    const std::filesystem::path& path() const { return m_folder.path(); }

    bool setReadOnly(bool readOnly);
    void fillUpTo(std::uint64_t bytesLeft) const; // with one file, replaced at each call
    void free() const;                            // takes that file away

private:
    TemporaryFolder m_folder;
    std::string m_problem;
};

} // namespace plumbline::tests
