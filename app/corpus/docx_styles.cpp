#include "app/corpus/docx_styles.h"

#include <algorithm>
#include <cstdlib>

#include "app/base/text.h"
#include "app/corpus/xml_reader.h"

namespace plumbline::corpus {

namespace {

int number(const std::string& text)
{
    return std::atoi(text.c_str());
}

bool isOn(const XmlReader& xml)
{
    const std::string value = xml.attribute("val");
    return value != "0" && value != "false" && value != "off";
}

} // namespace

DocxStyles::DocxStyles(std::string_view stylesXml, std::string_view numberingXml)
{
    if (!stylesXml.empty()) {
        readStyles(stylesXml);
    }
    if (!numberingXml.empty()) {
        readNumbering(numberingXml);
    }
}

void DocxStyles::readStyles(std::string_view text)
{
    XmlReader xml(text);
    std::string id;
    while (xml.next()) {
        if (xml.event() != XmlReader::Event::Start) {
            continue;
        }
        const std::string_view name = xml.name();
        if (name == "style") {
            id = xml.attribute("styleId");
            m_styles[id] = {};
        } else if (id.empty()) {
            continue;
        } else if (name == "name") {
            m_styles[id].name = asciiLower(xml.attribute("val"));
        } else if (name == "basedOn") {
            m_styles[id].basedOn = xml.attribute("val");
        } else if (name == "outlineLvl") {
            m_styles[id].outline = number(xml.attribute("val"));
        } else if (name == "numPr") {
            m_styles[id].numbering.emplace();
        } else if (name == "numId" && m_styles[id].numbering) {
            m_styles[id].numbering->id = number(xml.attribute("val"));
        } else if (name == "ilvl" && m_styles[id].numbering) {
            m_styles[id].numbering->level = number(xml.attribute("val"));
        } else if (name == "vanish") {
            m_styles[id].hidden = isOn(xml);
        }
    }
}

void DocxStyles::readNumbering(std::string_view text)
{
    XmlReader xml(text);
    int abstract = -1;
    int level = 0;
    int numbering = -1;
    while (xml.next()) {
        const std::string_view name = xml.name();
        if (xml.event() != XmlReader::Event::Start) {
            continue;
        }
        if (name == "abstractNum") {
            abstract = number(xml.attribute("abstractNumId"));
        } else if (name == "lvl") {
            level = number(xml.attribute("ilvl"));
        } else if (name == "numFmt" && abstract >= 0 && numbering < 0) {
            m_formats[{abstract, level}] = xml.attribute("val");
        } else if (name == "num") {
            numbering = number(xml.attribute("numId"));
        } else if (name == "abstractNumId" && numbering >= 0) {
            m_abstractOf[numbering] = number(xml.attribute("val"));
        }
    }
}

template <typename Ask>
auto DocxStyles::inherited(const std::string& style, Ask ask) const
    -> decltype(ask(std::declval<const DocxStyle&>()))
{
    std::string id = style;
    for (int step = 0; step < 20; ++step) { // a chain may be a ring in a broken file
        const auto found = m_styles.find(id);
        if (found == m_styles.end()) {
            break;
        }
        if (auto answer = ask(found->second)) {
            return answer;
        }
        id = found->second.basedOn;
    }
    return {};
}

int DocxStyles::headingLevel(const std::string& style) const
{
    const auto level = inherited(style, [](const DocxStyle& each) -> std::optional<int> {
        if (each.name == "title") {
            return 1;
        }
        if (each.name.starts_with("heading ")) {
            return std::clamp(number(each.name.substr(8)), 1, 6);
        }
        if (each.outline && *each.outline >= 0 && *each.outline < 9) {
            return std::min(*each.outline + 1, 6);
        }
        return std::nullopt;
    });
    if (level) {
        return *level;
    }
    // A file without styles still names them by their usual ids.
    const std::string id = asciiLower(style);
    if (!m_styles.contains(style) && id.starts_with("heading") && id.size() == 8) {
        return std::clamp(number(id.substr(7)), 0, 6);
    }
    return !m_styles.contains(style) && id == "title" ? 1 : 0;
}

std::optional<DocxNumbering> DocxStyles::numbering(const std::string& style) const
{
    return inherited(style, [](const DocxStyle& each) { return each.numbering; });
}

bool DocxStyles::isHidden(const std::string& style) const
{
    return inherited(style, [](const DocxStyle& each) { return each.hidden; });
}

bool DocxStyles::isOrdered(const DocxNumbering& numbering) const
{
    const auto abstract = m_abstractOf.find(numbering.id);
    if (abstract == m_abstractOf.end()) {
        return false;
    }
    const auto format = m_formats.find({abstract->second, numbering.level});
    return format != m_formats.end() && format->second != "bullet" && format->second != "none";
}

bool DocxStyles::isQuote(const std::string& style) const
{
    return inherited(
        style, [](const DocxStyle& each) { return each.name == "quote" || each.name == "intense quote"; });
}

bool DocxStyles::isCode(const std::string& style) const
{
    return inherited(style, [](const DocxStyle& each) {
        return each.name == "html preformatted" || each.name == "code" || each.name == "source code" ||
               each.name == "macro text" || each.name == "plain text";
    });
}

std::optional<bool> DocxStyles::listByName(const std::string& style) const
{
    std::string name = asciiLower(style);
    std::erase(name, ' ');
    const auto found = m_styles.find(style);
    if (found != m_styles.end()) {
        name = found->second.name;
        std::erase(name, ' ');
    }
    if (name.starts_with("listnumber")) {
        return true;
    }
    return name.starts_with("listbullet") ? std::optional<bool>(false) : std::nullopt;
}

} // namespace plumbline::corpus
