// One loader per format, behind extract(). Text given is valid UTF-8 without byte order mark.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "app/corpus/document.h"
#include "app/corpus/loader.h"

namespace plumbline::corpus {

// `name` stands in errors.
struct LoadRequest {
    std::string name;
    const LoadLimits& limits;
    std::stop_token stop;
};

Result<ExtractedText> loadMarkdown(std::string text, const LoadRequest& request);
Result<ExtractedText> loadPlainText(std::string text, const LoadRequest& request);
Result<ExtractedText> loadHtml(std::string_view text, const LoadRequest& request);
Result<ExtractedText> loadDocx(std::string_view bytes, const LoadRequest& request);
Result<ExtractedText> loadPdf(std::string_view bytes, const LoadRequest& request);

// The Error for text over LoadLimits::textBytes.
Error tooMuchText(const LoadRequest& request);
Error cancelled(const LoadRequest& request);

} // namespace plumbline::corpus
