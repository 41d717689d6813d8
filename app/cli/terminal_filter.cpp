#include "app/cli/terminal_filter.h"

namespace plumbline::cli {

TerminalFilter::TerminalFilter(std::ostream& out) : m_out(out), m_behind(out.rdbuf(this)) {}

TerminalFilter::~TerminalFilter()
{
    sync();
    m_out.rdbuf(m_behind);
}

TerminalFilter::int_type TerminalFilter::overflow(int_type byte)
{
    if (traits_type::eq_int_type(byte, traits_type::eof())) {
        return traits_type::not_eof(byte);
    }
    const auto value = static_cast<unsigned char>(traits_type::to_char_type(byte));
    if (m_half) {
        m_half = false;
        if (value < 0xA0) { // U+0080..U+009F
            return byte;
        }
        m_behind->sputc(static_cast<char>(0xC2));
    }
    if (value == 0xC2) {
        m_half = true;
        return byte;
    }
    const bool steers = value < 0x20 ? value != '\n' && value != '\t' : value == 0x7F;
    return steers ? byte : m_behind->sputc(static_cast<char>(value));
}

int TerminalFilter::sync()
{
    return m_behind->pubsync();
}

} // namespace plumbline::cli
