#include "app/corpus/docx_writer.h"
#include "app/corpus/format_loaders.h"
#include "app/corpus/xml_reader.h"
#include "app/corpus/zip_members.h"

namespace plumbline::corpus {

namespace {

// The texts of the comments beside the page.
void readComments(const std::string& part, DocxWriter& writer)
{
    XmlReader xml(part);
    std::string text;
    bool inText = false;
    while (xml.next()) {
        if (xml.event() == XmlReader::Event::Text) {
            text += inText ? xml.text() : std::string_view{};
            continue;
        }
        const bool starts = xml.event() == XmlReader::Event::Start;
        inText = starts && xml.name() == "t";
        if (!starts && xml.name() == "comment") {
            writer.comment(text);
            text.clear();
        } else if (!starts && xml.name() == "p") {
            text += ' ';
        }
    }
}

} // namespace

Result<ExtractedText> loadDocx(std::string_view bytes, const LoadRequest& request)
{
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
        return failure(ErrorCode::Unsupported,
                       "is encrypted, or an old Word file (.doc); save it as DOCX without a password",
                       request.name);
    }
    if (!bytes.starts_with("PK")) {
        return failure(ErrorCode::BadInput, "is not a DOCX file", request.name);
    }
    auto parts = readZipMembers(bytes,
                                {"word/document.xml", "word/styles.xml", "word/numbering.xml",
                                 "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"},
                                request.limits.unpackedBytes);
    if (!parts) {
        const std::string limit =
            parts.error().code == ErrorCode::TooLarge
                ? " (" + std::to_string(request.limits.unpackedBytes / 1'000'000) + " MB unpacked)"
                : "";
        return failure(parts.error().code, parts.error().message + limit, request.name);
    }
    if (!parts->contains("word/document.xml")) {
        return failure(ErrorCode::BadInput, "is not a DOCX file: it has no word/document.xml", request.name);
    }
    const DocxStyles styles((*parts)["word/styles.xml"], (*parts)["word/numbering.xml"]);
    DocxWriter writer(styles, request);
    for (const char* part : {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}) {
        if (!parts->contains(part)) {
            continue;
        }
        if (auto read = writer.read((*parts)[part]); !read) {
            return tl::unexpected(read.error());
        }
    }
    readComments((*parts)["word/comments.xml"], writer);
    ExtractedText document = writer.take();
    if (writer.isFull()) {
        return tl::unexpected(tooMuchText(request));
    }
    return document;
}

} // namespace plumbline::corpus
