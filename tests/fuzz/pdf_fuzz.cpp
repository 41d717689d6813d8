#include "app/corpus/loader.h"
#include "tests/fuzz/invariants.h"

// fontconfig, which poppler asks for fonts, keeps what it read until the end of the process.
extern "C" const char*
__lsan_default_suppressions() // NOLINT(bugprone-reserved-identifier): the sanitizer's name
{
    return "leak:libfontconfig\n";
}

// Few pages and little text: what is looked for is a place that breaks, and a short run finds more of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    plumbline::corpus::LoadLimits limits;
    limits.pages = 20;
    limits.textBytes = 200'000;
    plumbline::fuzz::checkLoaded(plumbline::corpus::extract("a.pdf", bytes, {}, limits, {}));
    return 0;
}
