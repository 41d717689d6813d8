// One mover of labels at a time, across processes. The lock goes with the process.
#pragma once

#include <filesystem>
#include <memory>

#include "app/base/result.h"

namespace plumbline::prompts {

class LabelsLock {
public:
    // Waits up to 2 s for another process; then Conflict. Io, Denied.
    static Result<std::unique_ptr<LabelsLock>> take(const std::filesystem::path& file);
    ~LabelsLock();
    LabelsLock(const LabelsLock&) = delete;
    LabelsLock& operator=(const LabelsLock&) = delete;

private:
    explicit LabelsLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace plumbline::prompts
