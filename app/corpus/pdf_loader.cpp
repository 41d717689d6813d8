#include <cmath>
#include <memory>
#include <mutex>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include "app/corpus/format_loaders.h"
#include "app/corpus/pdf_layout.h"
#include "app/corpus/pdf_lines.h"
#include "app/corpus/text_builder.h"

namespace plumbline::corpus {

namespace {

constexpr double kTiny = 2.0; // points

void ignoreMessage(const std::string& /*message*/, void* /*closure*/) {}

void silencePoppler()
{
    static std::once_flag once;
    std::call_once(once, [] { poppler::set_debug_error_function(ignoreMessage, nullptr); });
}

std::string utf8(const poppler::ustring& text)
{
    const poppler::byte_array bytes = text.to_utf8();
    return toValidUtf8(std::string_view(bytes.data(), bytes.size()));
}

PdfWord wordOf(const poppler::text_box& box)
{
    const poppler::rectf place = box.bbox();
    PdfWord word;
    word.text = utf8(box.text());
    word.left = place.left();
    word.right = place.right();
    word.top = place.top();
    word.bottom = place.bottom();
    word.size = box.has_font_info() ? box.get_font_size() : place.height();
    if (!std::isfinite(word.size) || word.size < 0) {
        word.size = place.height();
    }
    const std::string font = box.has_font_info() ? asciiLower(box.get_font_name()) : std::string();
    word.bold = font.find("bold") != std::string::npos || font.find("black") != std::string::npos;
    return word;
}

bool isFinite(const PdfWord& word)
{
    return std::isfinite(word.left) && std::isfinite(word.right) && std::isfinite(word.top) &&
           std::isfinite(word.bottom) && std::abs(word.left) < 1e6 && std::abs(word.top) < 1e6;
}

// The words of a page that its reader sees; the others go to `builder` as hidden.
std::vector<PdfWord> visibleWords(const poppler::page& page, TextBuilder& builder)
{
    const poppler::rectf sheet = page.page_rect(poppler::crop_box);
    std::vector<PdfWord> words;
    std::string tiny;
    std::string outside;
    for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
        PdfWord word = wordOf(box);
        if (!isFinite(word) || trimmed(word.text).empty()) {
            continue;
        }
        if (word.size < kTiny && word.bottom - word.top < kTiny) {
            tiny += word.text + ' ';
        } else if (word.right < 0 || word.bottom < 0 || word.left > sheet.width() ||
                   word.top > sheet.height()) {
            outside += word.text + ' ';
        } else {
            words.push_back(std::move(word));
        }
    }
    builder.hidden(tiny, "tiny text");
    builder.hidden(outside, "off-page text");
    return words;
}

Result<std::vector<PdfPage>> readPages(const poppler::document& file, TextBuilder& builder,
                                       const LoadRequest& request, std::vector<std::string>& warnings)
{
    std::vector<PdfPage> pages;
    std::uint64_t bytes = 0;
    for (int i = 0; i < file.pages(); ++i) {
        if (request.stop.stop_requested()) {
            return tl::unexpected(cancelled(request));
        }
        const std::unique_ptr<poppler::page> page(file.create_page(i));
        pages.push_back(page == nullptr ? PdfPage{} : pdfPage(visibleWords(*page, builder)));
        if (pages.back().lines.empty() && warnings.size() < 20) {
            warnings.push_back("page " + std::to_string(i + 1) + " has no text (scanned?)");
        }
        for (const PdfLine& line : pages.back().lines) {
            bytes += line.text().size();
        }
        if (bytes > request.limits.textBytes || builder.isFull()) {
            return tl::unexpected(tooMuchText(request));
        }
    }
    return pages;
}

} // namespace

Result<ExtractedText> loadPdf(std::string_view bytes, const LoadRequest& request)
{
    silencePoppler();
    if (bytes.substr(0, 1'024).find("%PDF-") == std::string_view::npos) {
        return failure(ErrorCode::BadInput, "is not a PDF file", request.name);
    }
    const std::unique_ptr<poppler::document> file(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (file == nullptr) {
        return failure(ErrorCode::BadInput, "is a broken PDF file", request.name);
    }
    if (file->is_locked()) {
        return failure(ErrorCode::Unsupported, "is encrypted; save it without a password", request.name);
    }
    if (file->pages() > request.limits.pages) {
        return failure(ErrorCode::TooLarge,
                       "has " + std::to_string(file->pages()) + " pages, over the limit of " +
                           std::to_string(request.limits.pages),
                       request.name);
    }
    TextBuilder builder(request.limits.textBytes);
    std::vector<std::string> warnings;
    auto pages = readPages(*file, builder, request, warnings);
    if (!pages) {
        return tl::unexpected(pages.error());
    }
    dropRunningLines(*pages);
    PdfLayout(*pages, builder).write();
    ExtractedText document = builder.take();
    if (builder.isFull()) {
        return tl::unexpected(tooMuchText(request));
    }
    document.warnings = std::move(warnings);
    return document;
}

} // namespace plumbline::corpus
