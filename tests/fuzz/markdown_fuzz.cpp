#include "app/corpus/loader.h"
#include "tests/fuzz/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    plumbline::fuzz::checkLoaded(plumbline::corpus::extract("a.md", bytes, {}, {}, {}));
    return 0;
}
