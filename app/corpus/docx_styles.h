// What the styles and the numbering of a DOCX say about a paragraph.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline::corpus {

// The place of a paragraph in a list; numbering 0 takes a paragraph out of the list that its style puts it
// in.
struct DocxNumbering {
    int id = 0;
    int level = 0;
};

struct DocxStyle {
    std::string name; // lower case
    std::string basedOn;
    std::optional<int> outline; // heading level from 0
    std::optional<DocxNumbering> numbering;
    bool hidden = false;
};

class DocxStyles {
public:
    DocxStyles(std::string_view stylesXml, std::string_view numberingXml);

    int headingLevel(const std::string& style) const; // 1..6; 0 = no heading
    std::optional<DocxNumbering> numbering(const std::string& style) const;
    bool isHidden(const std::string& style) const;
    bool isOrdered(const DocxNumbering& numbering) const;
    bool isQuote(const std::string& style) const;
    bool isCode(const std::string& style) const;
    // A list style without numbering of its own ("List Bullet", "List Number 2").
    std::optional<bool> listByName(const std::string& style) const; // true = ordered

private:
    void readStyles(std::string_view xml);
    void readNumbering(std::string_view xml);
    // The first answer along the chain of `basedOn`.
    template <typename Ask>
    auto inherited(const std::string& style, Ask ask) const
        -> decltype(ask(std::declval<const DocxStyle&>()));

    std::map<std::string, DocxStyle> m_styles;
    std::map<int, int> m_abstractOf; // of a numbering
    std::map<std::pair<int, int>, std::string>
        m_formats; // (abstract numbering, level) -> "decimal", "bullet"
};

} // namespace plumbline::corpus
