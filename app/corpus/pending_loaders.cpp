#include "app/corpus/format_loaders.h"

namespace plumbline::corpus {

Result<ExtractedText> loadPdf(std::string_view, const LoadRequest& request)
{
    return failure(ErrorCode::Unsupported, "PDF is not read yet", request.name);
}

} // namespace plumbline::corpus
