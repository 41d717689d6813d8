#include <algorithm>
#include <climits>
#include <memory>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "app/base/text.h"
#include "app/evals/assertion_check.h"
#include "app/evals/html_shape.h"
#include "app/evals/js_text.h"
#include "app/evals/xml_elements.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Paths = std::vector<std::string>;

Paths requiredPaths(const ordered_json& value)
{
    Paths paths;
    if (value.is_string()) {
        if (value.get_ref<const std::string&>().empty())
            return {""}; // asks for a name that no element has
        for (const std::string_view part : split(value.get<std::string>(), ','))
            paths.emplace_back(jsTrim(part));
        return paths;
    }
    const bool named = value.is_object() && !value.empty();
    if (named && !(value.contains("requiredElements") && value["requiredElements"].is_array()))
        throw NotExecutable{"the value must be a text, a list, or a mapping with requiredElements"};
    for (const auto& item : named ? value["requiredElements"] : value)
        paths.push_back(jsString(item));
    return paths;
}

std::string missingOf(const XmlElement& root, const Paths& paths)
{
    std::string missing;
    for (const std::string& path : paths)
        if (!hasXmlPath(root, path))
            missing += (missing.empty() ? "'" : ", '") + path + "'";
    return missing;
}

// A list of declarations between brackets, which promptfoo refuses and we do not want to expand.
bool hasInternalSubset(std::string_view text)
{
    const std::size_t at = text.find("<!DOCTYPE");
    if (at == std::string_view::npos)
        return false;
    char quote = 0;
    for (const char c : text.substr(at)) {
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == '>')
            return c == '[';
    }
    return false;
}

bool isWellFormed(const std::string& text)
{
    if (text.size() > INT_MAX)
        throw NotExecutable{"the output is too long"};
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(xmlNewParserCtxt(),
                                                                               xmlFreeParserCtxt);
    if (!context)
        throw NotExecutable{"the XML reader does not start"};
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        xmlFreeDoc);
    return document && context->wellFormed != 0 && context->nsWellFormed != 0;
}

Judgement isXml(const Checked& checked)
{
    const Paths paths = requiredPaths(checked.value);
    std::string why;
    if (hasInternalSubset(checked.text))
        why = "its DOCTYPE declares entities or elements, which is not taken";
    else if (!isWellFormed(checked.text))
        why = "the output is no well-formed XML";
    else if (const std::string missing = missingOf(*xmlElementsIn(checked.text), paths); !missing.empty())
        why = "the XML lacks " + missing;
    return holds(checked, why.empty(), why, "the output is XML");
}

// Those elements that are whole and stand in no whole one; siblings stand together.
void takeWhole(XmlElement& parent, std::vector<std::unique_ptr<XmlElement>>& groups)
{
    auto group = std::make_unique<XmlElement>();
    for (auto& child : parent.children) {
        if (child->closed)
            group->children.push_back(std::move(child));
        else
            takeWhole(*child, groups);
    }
    if (!group->children.empty())
        groups.push_back(std::move(group));
}

bool someHolds(const XmlElement& group, const Paths& paths)
{
    if (missingOf(group, paths).empty())
        return true;
    return std::ranges::any_of(group.children, [&](const std::unique_ptr<XmlElement>& element) {
        return std::ranges::all_of(paths, [&](const std::string& path) {
            const std::size_t dot = std::min(path.find('.'), path.size());
            if (path.substr(0, dot) != element->name)
                return false;
            return dot == path.size() || hasXmlPath(*element, std::string_view(path).substr(dot + 1));
        });
    });
}

Judgement containsXml(const Checked& checked)
{
    const Paths paths = requiredPaths(checked.value);
    std::vector<std::unique_ptr<XmlElement>> groups;
    const auto root = xmlElementsIn(checked.text);
    takeWhole(*root, groups);
    const bool found =
        std::ranges::any_of(groups, [&](const auto& group) { return someHolds(*group, paths); });
    return holds(checked, found,
                 groups.empty() ? "the output contains no XML"
                                : "no XML in the output has all that is asked for",
                 "the output contains XML");
}

Judgement isHtml(const Checked& checked)
{
    const std::string why = whyNotHtml(checked.text);
    return holds(checked, why.empty(), why, "the output is HTML");
}

Judgement containsHtml(const Checked& checked)
{
    return holds(checked, looksLikeHtml(checked.text), "the output contains no HTML",
                 "the output contains HTML");
}

} // namespace

CheckTable markupChecks()
{
    return {{"is-xml", isXml},
            {"contains-xml", containsXml},
            {"is-html", isHtml},
            {"contains-html", containsHtml}};
}

} // namespace plumbline::evals
