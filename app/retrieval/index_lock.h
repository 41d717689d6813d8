// One writer to an index at a time, across processes. The lock goes with the process: a killed one leaves
// nothing behind.
#pragma once

#include <filesystem>
#include <memory>

#include "app/base/result.h"

namespace plumbline::retrieval {

class IndexLock {
public:
    // Conflict names the process that holds it.
    static Result<std::unique_ptr<IndexLock>> take(const std::filesystem::path& file);
    ~IndexLock();
    IndexLock(const IndexLock&) = delete;
    IndexLock& operator=(const IndexLock&) = delete;

private:
    explicit IndexLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace plumbline::retrieval
