#include "app/base/crash_report.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>

#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

namespace plumbline {

namespace {

constexpr int kMostFrames = 64;
constexpr std::size_t kStackBytes = 64UL * 1024;

// A signal handler is given nothing, so what it needs has to lie where it finds it; written once, before the
// handler is installed.
struct Prepared {
    std::array<char, 4096> path{}; // up to and with "crash-"
    std::array<char, 128> version{};
    std::uintptr_t base = 0;
    std::array<char, kStackBytes> stack{}; // an overflown stack has no room for the handler
};

Prepared& prepared()
{
    static Prepared only;
    return only;
}

// Only what POSIX allows in a signal handler from here on (signal-safety(7)): no allocation, no locale.
void put(int file, const char* text)
{
    (void)!::write(file, text, std::strlen(text));
}

void putNumber(int file, std::uint64_t value, unsigned base)
{
    std::array<char, 24> digits{};
    std::size_t at = digits.size() - 1;
    do {
        digits[--at] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    put(file, &digits[at]);
}

int openReport(const Prepared& from)
{
    std::array<char, 4200> name{};
    std::strcpy(name.data(), from.path.data());
    std::array<char, 24> digits{};
    std::size_t at = digits.size() - 1;
    auto seconds = static_cast<std::uint64_t>(::time(nullptr));
    do {
        digits[--at] = static_cast<char>('0' + seconds % 10);
        seconds /= 10;
    } while (seconds != 0);
    std::strcat(name.data(), &digits[at]);
    std::strcat(name.data(), ".txt");
    return ::open(name.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

void report(int signal)
{
    const Prepared& from = prepared();
    const int file = openReport(from);
    if (file >= 0) {
        put(file, "plumbline ");
        put(file, from.version.data());
        put(file, "\nsignal ");
        putNumber(file, static_cast<std::uint64_t>(signal), 10);
        put(file, "\nbase 0x");
        putNumber(file, from.base, 16);
        put(file, "\ncode\n");
        std::array<void*, kMostFrames> frames{};
        const int count = ::backtrace(frames.data(), kMostFrames);
        for (int i = 0; i < count; ++i) {
            put(file, "0x");
            putNumber(file, reinterpret_cast<std::uintptr_t>(frames[static_cast<std::size_t>(i)]), 16);
            put(file, "\n");
        }
        ::close(file);
    }
    (void)::raise(signal); // SA_RESETHAND has put the system's own end back
}

} // namespace

void installCrashReport(const std::filesystem::path& folder, std::string_view version)
{
    Prepared& into = prepared();
    const std::string start = (folder / "crash-").string();
    if (start.size() >= into.path.size()) {
        return;
    }
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    std::ranges::copy(start, into.path.begin());
    std::ranges::copy(version.substr(0, into.version.size() - 1), into.version.begin());
    ::dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* base) { // the first is the program itself
            *static_cast<std::uintptr_t*>(base) = info->dlpi_addr;
            return 1;
        },
        &into.base);
    std::array<void*, 1> first{};
    (void)::backtrace(first.data(), 1); // loads libgcc now: later it could not allocate
    stack_t stack{};
    stack.ss_sp = into.stack.data();
    stack.ss_size = into.stack.size();
    (void)::sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = report;
    action.sa_flags =
        static_cast<int>(static_cast<unsigned>(SA_ONSTACK) | static_cast<unsigned>(SA_RESETHAND) |
                         static_cast<unsigned>(SA_NODEFER));
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
        (void)::sigaction(signal, &action, nullptr);
    }
}

} // namespace plumbline
