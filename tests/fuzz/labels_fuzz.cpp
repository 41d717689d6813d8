// A labels file that parses is written and parsed again as the same.
#include "app/prompts/labels.h"
#include "tests/fuzz/require.h"

using namespace plumbline;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto book = prompts::parseLabels(bytes, "labels.yaml");
    require(book || !book.error().where.empty());
    if (book) {
        const std::string written = prompts::writeLabels(*book);
        const auto again = prompts::parseLabels(written, "labels.yaml");
        require(again.has_value() && prompts::writeLabels(*again) == written);
    }
    return 0;
}
