// Keeps what steers a terminal out of what is printed on one: documents, servers and tickets are data.
#pragma once

#include <ostream>
#include <streambuf>

namespace plumbline::cli {

// While it lives, control characters (C0 but line ends and tabs, DEL, C1) that are written to `out` are left
// out. For terminals only: a pipe or a file gets the bytes as they are.
class TerminalFilter final : public std::streambuf {
public:
    explicit TerminalFilter(std::ostream& out);
    ~TerminalFilter() override;
    TerminalFilter(const TerminalFilter&) = delete;
    TerminalFilter& operator=(const TerminalFilter&) = delete;

protected:
    int_type overflow(int_type byte) override;
    int sync() override;

private:
    std::ostream& m_out;
    std::streambuf* m_behind;
    bool m_half = false; // the last byte was 0xC2, which begins a C1 character or another
};

} // namespace plumbline::cli
