// Server-sent events out of a stream of bytes, however it is cut.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline::llm {

struct SseEvent {
    std::string type; // of its "event:" line; empty = "message"
    std::string data; // lines joined by LF; valid UTF-8 (malformed bytes as U+FFFD)
};

// Incremental; lines end in LF, CR or CRLF; comments, `id` and `retry` are passed over; an event without data
// is none. Source: WHATWG HTML, section 9.2.6 "Interpreting an event stream".
class SseParser {
public:
    using EventFn = std::function<void(const SseEvent&)>;

    explicit SseParser(std::size_t maxEventBytes = std::size_t{4} << 20U) : m_maxEventBytes(maxEventBytes) {}

    // Calls `onEvent` for each event that is complete. TooLarge: an event over the limit; nothing more is
    // taken after that.
    Result<void> feed(std::string_view bytes, const EventFn& onEvent);

    // Bytes are held of an event whose end has not come.
    bool insideEvent() const { return !m_line.empty() || !m_data.empty() || m_hasData; }

private:
    void endLine(const EventFn& onEvent);
    void takeField(std::string_view name, std::string_view value);
    void dispatch(const EventFn& onEvent);

    std::size_t m_maxEventBytes;
    std::string m_line;
    std::string m_type;
    std::string m_data;
    bool m_hasData = false;
    bool m_afterReturn = false; // the last byte was CR: a LF now belongs to it
    bool m_first = true;        // no line has ended yet: it may begin with a byte order mark
    bool m_overflown = false;
};

} // namespace plumbline::llm
