// A stream of events gives the same events however it is cut.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "app/base/text.h"
#include "app/llm/sse_parser.h"

using namespace plumbline;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

std::vector<llm::SseEvent> eventsOf(std::string_view bytes, std::size_t piece)
{
    std::vector<llm::SseEvent> events;
    llm::SseParser parser(1 << 16);
    while (!bytes.empty()) {
        const std::size_t length = std::min(piece, bytes.size());
        if (!parser.feed(bytes.substr(0, length), [&](const llm::SseEvent& each) { events.push_back(each); }))
            break;
        bytes.remove_prefix(length);
    }
    return events;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = eventsOf(bytes, bytes.size() + 1);
    const auto cut = eventsOf(bytes, data[0] % 16U + 1);
    require(whole.size() == cut.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        require(whole[i].data == cut[i].data && whole[i].type == cut[i].type);
        require(!whole[i].data.empty() && isValidUtf8(whole[i].data) && isValidUtf8(whole[i].type));
    }
    return 0;
}
