#include "app/corpus/docx_styles.h"
#include "app/corpus/docx_writer.h"
#include "app/corpus/loader.h"
#include "tests/fuzz/invariants.h"

using namespace plumbline;

// An archive as a whole, or else (the compressed bytes are hard to change with effect) its three parts of
// text, each behind a zero.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("PK")) {
        fuzz::checkLoaded(corpus::extract("a.docx", bytes, {}, {}, {}));
        return 0;
    }
    std::vector<std::string_view> parts = split(bytes, '\0');
    parts.resize(3);
    const corpus::LoadLimits limits;
    const corpus::LoadRequest request{"a.docx", limits, {}};
    const corpus::DocxStyles styles(parts[1], parts[2]);
    corpus::DocxWriter writer(styles, request);
    if (writer.read(std::string(parts[0]))) {
        fuzz::checkDocument(writer.take());
    }
    return 0;
}
