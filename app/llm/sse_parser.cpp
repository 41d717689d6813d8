#include "app/llm/sse_parser.h"

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

tl::unexpected<Error> tooLarge(std::size_t limit)
{
    return failure(ErrorCode::TooLarge,
                   "streams an event over the limit of " + std::to_string(limit) + " bytes");
}

} // namespace

Result<void> SseParser::feed(std::string_view bytes, const EventFn& onEvent)
{
    if (m_overflown)
        return tooLarge(m_maxEventBytes);
    while (!bytes.empty()) {
        if (m_afterReturn) {
            m_afterReturn = false;
            if (bytes.front() == '\n') {
                bytes.remove_prefix(1);
                continue;
            }
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        const std::string_view piece = bytes.substr(0, end);
        if (m_line.size() + m_data.size() + piece.size() > m_maxEventBytes) {
            m_overflown = true;
            return tooLarge(m_maxEventBytes);
        }
        m_line.append(piece);
        if (end == std::string_view::npos)
            break;
        m_afterReturn = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        endLine(onEvent);
    }
    return {};
}

void SseParser::endLine(const EventFn& onEvent)
{
    std::string_view line = m_line;
    if (m_first && line.starts_with(kByteOrderMark))
        line.remove_prefix(kByteOrderMark.size());
    m_first = false;
    if (line.empty()) {
        dispatch(onEvent);
    } else if (line.front() != ':') {
        const std::size_t colon = line.find(':');
        std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        takeField(line.substr(0, colon), value);
    }
    m_line.clear();
}

void SseParser::takeField(std::string_view name, std::string_view value)
{
    if (name == "event") {
        m_type = value;
    } else if (name == "data") {
        if (m_hasData)
            m_data += '\n';
        m_data += value;
        m_hasData = true;
    }
}

void SseParser::dispatch(const EventFn& onEvent)
{
    // The standard drops an event whose data is empty, even when it has a data line.
    if (!m_data.empty())
        onEvent({toValidUtf8(m_type), toValidUtf8(m_data)});
    m_type.clear();
    m_data.clear();
    m_hasData = false;
}

} // namespace plumbline::llm
