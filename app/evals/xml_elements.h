// Elements of XML inside a running text, read leniently.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::evals {

struct XmlElement {
    std::string name; // empty: the root that holds what stands at the top
    std::vector<std::string> attributes;
    bool hasText = false; // something but white space directly inside
    bool closed = false;
    std::vector<std::unique_ptr<XmlElement>> children;
};

// The elements of `text` below a root without a name. An end tag that does not fit closes nothing and parts
// what stands before it from what comes after: those are no children of one another.
std::unique_ptr<XmlElement> xmlElementsIn(std::string_view text);

// Whether "order.item.1.price" leads somewhere below `root`: names, "@_name" for an attribute, "#text", and a
// number where a name comes more than once.
bool hasXmlPath(const XmlElement& root, std::string_view path);

} // namespace plumbline::evals
