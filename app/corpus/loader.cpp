#include "app/corpus/loader.h"

#include <algorithm>

#include "app/corpus/decode.h"
#include "app/corpus/format_loaders.h"
#include "app/corpus/front_matter.h"

namespace plumbline::corpus {

namespace {

enum class Format { None, Markdown, PlainText, Html, Pdf, Docx };

Format formatOf(const std::filesystem::path& path)
{
    const std::string extension = asciiLower(path.extension().string());
    if (extension == ".md" || extension == ".markdown") {
        return Format::Markdown;
    }
    if (extension == ".txt") {
        return Format::PlainText;
    }
    if (extension == ".html" || extension == ".htm") {
        return Format::Html;
    }
    if (extension == ".pdf") {
        return Format::Pdf;
    }
    return extension == ".docx" ? Format::Docx : Format::None;
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 500'000) / 1'000'000) + " MB";
}

// A text file that is something else under a wrong name.
Result<void> checkText(std::string_view bytes, const std::string& name)
{
    if (bytes.starts_with("%PDF-")) {
        return failure(ErrorCode::BadInput, "is a PDF under another name; rename it to .pdf", name);
    }
    if (bytes.starts_with("PK\x03\x04")) {
        return failure(ErrorCode::BadInput, "is a ZIP archive or office file under another name", name);
    }
    return {};
}

// The charset that an HTML file names in its first 1024 bytes; windows-1252 when it names none, as browsers
// do.
std::string htmlCharset(std::string_view bytes)
{
    const std::string head = asciiLower(bytes.substr(0, 1'024));
    std::size_t at = head.find("charset=");
    if (at == std::string::npos) {
        return "windows-1252";
    }
    at += 8;
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) {
        ++at;
    }
    const std::size_t end = head.find_first_of("\"' ;/>", at);
    const std::string name = head.substr(at, end == std::string::npos ? 0 : end - at);
    return name.empty() || name == "utf-8" || name == "utf8" || name == "iso-8859-1" ? "windows-1252" : name;
}

Result<ExtractedText> load(Format format, std::string_view bytes, const LoadRequest& request)
{
    if (format == Format::Pdf) {
        return loadPdf(bytes, request);
    }
    if (format == Format::Docx) {
        return loadDocx(bytes, request);
    }
    if (auto checked = checkText(bytes, request.name); !checked) {
        return tl::unexpected(checked.error());
    }
    auto text = decodeText(bytes, format == Format::Html ? htmlCharset(bytes) : std::string());
    if (!text) {
        return failure(text.error().code, text.error().message, request.name);
    }
    if (format == Format::Html) {
        return loadHtml(*text, request);
    }
    return format == Format::Markdown ? loadMarkdown(std::move(*text), request)
                                      : loadPlainText(std::move(*text), request);
}

// The sidecar says what the file itself leaves open.
void fillFrom(FrontMatter& facts, FrontMatter sidecar)
{
    const auto fill = [](auto& own, auto& other) {
        if (own.empty()) {
            own = std::move(other);
        }
    };
    fill(facts.id, sidecar.id);
    fill(facts.title, sidecar.title);
    fill(facts.owner, sidecar.owner);
    fill(facts.version, sidecar.version);
    fill(facts.classification, sidecar.classification);
    fill(facts.tags, sidecar.tags);
    fill(facts.supersedes, sidecar.supersedes);
    facts.state = facts.state ? facts.state : sidecar.state;
    facts.effective = facts.effective ? facts.effective : sidecar.effective;
    facts.expires = facts.expires ? facts.expires : sidecar.expires;
}

} // namespace

Error tooMuchText(const LoadRequest& request)
{
    return {ErrorCode::TooLarge, "holds more than " + megabytes(request.limits.textBytes) + " of text",
            request.name};
}

Error cancelled(const LoadRequest& request)
{
    return {ErrorCode::Cancelled, "cancelled", request.name};
}

bool isSupported(const std::filesystem::path& path)
{
    return formatOf(path) != Format::None;
}

Result<ExtractedText> extract(const std::filesystem::path& path, std::string_view bytes,
                              std::string_view sidecar, const LoadLimits& limits, std::stop_token stop)
{
    const LoadRequest request{path.generic_string(), limits, std::move(stop)};
    const Format format = formatOf(path);
    if (request.stop.stop_requested()) {
        return tl::unexpected(cancelled(request));
    }
    if (format == Format::None) {
        return failure(ErrorCode::Unsupported, "no loader reads files called *" + path.extension().string(),
                       request.name);
    }
    if (bytes.size() > limits.fileBytes) {
        return failure(ErrorCode::TooLarge,
                       "is " + megabytes(bytes.size()) + ", over the limit of " + megabytes(limits.fileBytes),
                       request.name);
    }
    if (trimmed(bytes).empty()) {
        return failure(ErrorCode::BadInput, "has no text", request.name);
    }
    auto document = load(format, bytes, request);
    if (!document) {
        return document;
    }
    if (document->blocks.empty()) {
        const std::string reason = document->warnings.empty() ? "" : ": " + document->warnings.front();
        return failure(ErrorCode::BadInput, "has no text" + reason, request.name);
    }
    if (!sidecar.empty()) {
        auto facts = parseSidecar(sidecar, request.name + ".yaml");
        if (!facts) {
            return tl::unexpected(facts.error());
        }
        fillFrom(document->facts, std::move(*facts));
    }
    return document;
}

} // namespace plumbline::corpus
