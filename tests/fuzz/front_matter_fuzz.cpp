#include "app/corpus/front_matter.h"
#include "tests/fuzz/invariants.h"

using namespace plumbline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto parsed = corpus::parseFrontMatter(bytes, "a.md");
    fuzz::require(!parsed || parsed->bodyByte <= size);
    fuzz::require(parsed || !parsed.error().where.empty());
    const auto sidecar = corpus::parseSidecar(bytes, "a.yaml");
    fuzz::require(sidecar || !sidecar.error().where.empty());
    return 0;
}
