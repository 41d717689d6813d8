#include "app/evals/xml_elements.h"

#include <algorithm>

#include "app/base/text.h"

namespace plumbline::evals {

namespace {

bool isNameStart(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || byte >= 0x80;
}

bool isNameByte(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t nameEnd(std::string_view text, std::size_t at)
{
    if (at >= text.size() || !isNameStart(text[at]))
        return at;
    while (at < text.size() && isNameByte(text[at]))
        ++at;
    return at;
}

// The '>' of the tag that begins at `at`, quotes skipped; npos when another tag begins before it.
std::size_t tagEnd(std::string_view text, std::size_t at)
{
    char quote = 0;
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '<')
            return std::string_view::npos;
        else if (c == '>')
            return i;
    }
    return std::string_view::npos;
}

std::size_t declarationEnd(std::string_view text, std::size_t at)
{
    const auto endOf = [&](std::string_view close) {
        const std::size_t found = text.find(close, at + 2);
        return found == std::string_view::npos ? text.size() - 1 : found + close.size() - 1;
    };
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--"))
        return endOf("-->");
    if (rest.starts_with("<![CDATA["))
        return endOf("]]>");
    return endOf(rest.starts_with("<?") ? "?>" : ">");
}

std::vector<std::string> attributesOf(std::string_view inside)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < inside.size();) {
        const std::size_t end = nameEnd(inside, i);
        if (end == i) {
            const char c = inside[i];
            const bool quote = c == '"' || c == '\'';
            const std::size_t close = quote ? inside.find(c, i + 1) : i;
            i = close == std::string_view::npos ? inside.size() : close + 1;
            continue;
        }
        names.emplace_back(inside.substr(i, end - i));
        i = end;
    }
    return names;
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    std::unique_ptr<XmlElement> read()
    {
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == '<')
                i = takeTag(i);
            else if (!isBlank(m_text[i]))
                m_open.back()->hasText = true;
        }
        return std::move(m_root);
    }

private:
    std::size_t takeTag(std::size_t at)
    {
        const char next = at + 1 < m_text.size() ? m_text[at + 1] : '\0';
        if (next == '!' || next == '?') {
            m_open.back()->hasText = m_open.back()->hasText || m_text.substr(at).starts_with("<![CDATA[");
            return declarationEnd(m_text, at);
        }
        const bool closes = next == '/';
        const std::size_t start = at + (closes ? 2 : 1);
        const std::size_t end = nameEnd(m_text, start);
        const std::size_t close = end == start ? std::string_view::npos : tagEnd(m_text, at);
        if (close == std::string_view::npos) {
            m_open.back()->hasText = true;
            return at;
        }
        const std::string_view name = m_text.substr(start, end - start);
        if (closes)
            closeElement(name);
        else
            openElement(name, m_text.substr(end, close - end));
        return close;
    }

    void openElement(std::string_view name, std::string_view inside)
    {
        auto element = std::make_unique<XmlElement>();
        element->name = name;
        while (!inside.empty() && isBlank(inside.back()))
            inside.remove_suffix(1);
        element->closed = inside.ends_with('/');
        element->attributes = attributesOf(inside);
        XmlElement* const added = element.get();
        m_open.back()->children.push_back(std::move(element));
        if (!added->closed)
            m_open.push_back(added);
    }

    void closeElement(std::string_view name)
    {
        if (m_open.size() > 1 && m_open.back()->name == name) {
            m_open.back()->closed = true;
            m_open.pop_back();
        } else {
            m_open.resize(1);
        }
    }

    std::string_view m_text;
    std::unique_ptr<XmlElement> m_root = std::make_unique<XmlElement>();
    std::vector<XmlElement*> m_open{m_root.get()};
};

bool leadsOn(const XmlElement& element, const std::vector<std::string_view>& path, std::size_t at)
{
    if (at == path.size())
        return true;
    const std::string_view key = path[at];
    const bool last = at + 1 == path.size();
    if (key == "#text")
        return last && element.hasText && !(element.children.empty() && element.attributes.empty());
    if (key.starts_with("@_"))
        return last && std::ranges::find(element.attributes, key.substr(2)) != element.attributes.end();
    std::vector<const XmlElement*> named;
    for (const auto& child : element.children)
        if (child->name == key)
            named.push_back(child.get());
    if (named.size() == 1)
        return leadsOn(*named.front(), path, at + 1);
    if (named.empty() || last)
        return !named.empty();
    for (std::size_t i = 0; i < named.size(); ++i)
        if (std::to_string(i) == path[at + 1])
            return leadsOn(*named[i], path, at + 2);
    return false;
}

} // namespace

std::unique_ptr<XmlElement> xmlElementsIn(std::string_view text)
{
    return Reader(text).read();
}

bool hasXmlPath(const XmlElement& root, std::string_view path)
{
    return !path.empty() && leadsOn(root, split(path, '.'), 0);
}

} // namespace plumbline::evals
