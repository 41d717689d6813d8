// A report of our own when the program dies of a signal: version, signal and addresses of code, and nothing
// that was in memory.
#pragma once

#include <filesystem>
#include <string_view>

namespace plumbline {

// From now on SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT write `folder`/crash-SECONDS.txt (mode 0600)
// and then end the process as they would have. The folder is made at once. Call it once, early in
// main(). The report can be read with `addr2line -e PROGRAM`, after taking `base` off each address.
void installCrashReport(const std::filesystem::path& folder, std::string_view version);

} // namespace plumbline
