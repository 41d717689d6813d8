// DOCX and PDF files made for a test.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

namespace plumbline::tests {

// A ZIP archive of the members.
inline std::string zip(const std::map<std::string, std::string>& members)
{
    std::string out(8'000'000, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, out.data(), out.size(), &used);
    for (const auto& [name, content] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    out.resize(used);
    return out;
}

inline std::string wordPart(std::string_view root, std::string_view content)
{
    const std::string name = "w:" + std::string(root);
    return "<?xml version=\"1.0\"?><" + name +
           " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" +
           std::string(content) + "</" + name + ">";
}

// A DOCX with this body, the usual styles, and two numberings: 1 = "1." with bullets below it, 2 = bullets.
inline std::string docx(std::string_view body, std::map<std::string, std::string> others = {})
{
    std::string styles;
    for (const auto& [id, name] : std::map<std::string, std::string>{{"Title", "Title"},
                                                                     {"Heading1", "heading 1"},
                                                                     {"Heading2", "heading 2"},
                                                                     {"ListNumber", "List Number"},
                                                                     {"ListBullet", "List Bullet"},
                                                                     {"Code", "Source Code"},
                                                                     {"Quote", "Quote"}}) {
        styles += "<w:style w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/></w:style>";
    }
    const auto level = [](int number, std::string_view format) {
        return "<w:lvl w:ilvl=\"" + std::to_string(number) + "\"><w:numFmt w:val=\"" + std::string(format) +
               "\"/></w:lvl>";
    };
    const std::string numbering =
        "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal") + level(1, "bullet") +
        "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">" + level(0, "bullet") +
        "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>";
    others["word/document.xml"] = wordPart("document", "<w:body>" + std::string(body) + "</w:body>");
    others["word/styles.xml"] = wordPart("styles", styles);
    others["word/numbering.xml"] = wordPart("numbering", numbering);
    return zip(others);
}

// A paragraph of one run.
inline std::string wordParagraph(std::string_view text, std::string_view paragraph = {},
                                 std::string_view run = {})
{
    return "<w:p><w:pPr>" + std::string(paragraph) + "</w:pPr><w:r><w:rPr>" + std::string(run) +
           "</w:rPr><w:t>" + std::string(text) + "</w:t></w:r></w:p>";
}

inline std::string wordStyle(std::string_view id)
{
    return "<w:pStyle w:val=\"" + std::string(id) + "\"/>";
}

inline std::string wordNumbering(int id, int level)
{
    return "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" +
           std::to_string(id) + "\"/></w:numPr>";
}

// Text at a place of an A4 page, in Helvetica; points from its top left corner.
struct PdfText {
    double x = 0;
    double y = 0;
    double size = 10;
    std::string text; // ASCII without brackets
    bool bold = false;
};

inline std::string pdfContent(const std::vector<PdfText>& page)
{
    std::string content;
    for (const PdfText& piece : page) {
        char place[100];
        std::snprintf(place, sizeof place, "BT /%s %g Tf %g %g Td (", piece.bold ? "B" : "F", piece.size,
                      piece.x, 842 - piece.y);
        content += place + piece.text + ") Tj ET\n";
    }
    return content;
}

inline std::string pdf(const std::vector<std::vector<PdfText>>& pages)
{
    std::string kids;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        kids += std::to_string(5 + 2 * i) + " 0 R ";
    }
    std::vector<std::string> objects = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [" + kids + "] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"};
    for (const auto& page : pages) {
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                          std::to_string(objects.size() + 2) +
                          " 0 R /Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>");
        const std::string content = pdfContent(page);
        objects.push_back("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
                          "\nendstream");
    }
    std::string out = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char entry[30];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
        table += entry;
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(out.size());
    return out + "xref\n0 " + std::to_string(objects.size() + 1) + "\n" + table + "trailer << /Size " +
           std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

} // namespace plumbline::tests
