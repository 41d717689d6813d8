#include "app/base/uri.h"

#include <cctype>
#include <charconv>
#include <optional>

namespace plumbline {

namespace {

// The five components of RFC 3986 section 3; an absent one differs from an empty one.
struct Components {
    std::optional<std::string> scheme;
    std::optional<std::string> authority;
    std::string path;
    std::optional<std::string> query;
    std::optional<std::string> fragment;
};

// Takes everything from `mark` on off the end of `text`.
std::optional<std::string> takeTail(std::string_view& text, char mark)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return std::nullopt;
    std::string tail(text.substr(at + 1));
    text = text.substr(0, at);
    return tail;
}

bool isScheme(std::string_view text)
{
    if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0)
        return false;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-' && c != '.')
            return false;
    return true;
}

Components parse(std::string_view text)
{
    Components parts;
    parts.fragment = takeTail(text, '#');
    parts.query = takeTail(text, '?');
    if (const std::size_t colon = text.find(':');
        colon != std::string_view::npos && isScheme(text.substr(0, colon))) {
        parts.scheme = std::string(text.substr(0, colon));
        text = text.substr(colon + 1);
    }
    if (text.starts_with("//")) {
        const std::size_t slash = text.find('/', 2);
        parts.authority = std::string(text.substr(2, slash == std::string_view::npos ? slash : slash - 2));
        text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    }
    parts.path = std::string(text);
    return parts;
}

void dropLastSegment(std::string& path)
{
    const std::size_t slash = path.rfind('/');
    path.erase(slash == std::string::npos ? 0 : slash);
}

// RFC 3986 section 5.2.4.
std::string withoutDotSegments(std::string_view in)
{
    std::string out;
    while (!in.empty()) {
        if (in.starts_with("../")) {
            in.remove_prefix(3);
        } else if (in.starts_with("./") || in.starts_with("/./")) {
            in.remove_prefix(2);
        } else if (in == "/.") {
            in = "/";
        } else if (in.starts_with("/../")) {
            in.remove_prefix(3);
            dropLastSegment(out);
        } else if (in == "/..") {
            in = "/";
            dropLastSegment(out);
        } else if (in == "." || in == "..") {
            in = {};
        } else {
            const std::size_t next = in.find('/', 1);
            out += in.substr(0, next);
            in = next == std::string_view::npos ? std::string_view() : in.substr(next);
        }
    }
    return out;
}

// RFC 3986 section 5.2.3.
std::string mergedPath(const Components& base, const std::string& path)
{
    if (base.authority && base.path.empty())
        return "/" + path;
    const std::size_t slash = base.path.rfind('/');
    return slash == std::string::npos ? path : base.path.substr(0, slash + 1) + path;
}

std::string assembled(const Components& parts)
{
    std::string out;
    if (parts.scheme)
        out += *parts.scheme + ":";
    if (parts.authority)
        out += "//" + *parts.authority;
    out += parts.path;
    if (parts.query)
        out += "?" + *parts.query;
    if (parts.fragment)
        out += "#" + *parts.fragment;
    return out;
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const char* digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

std::string resolveUri(std::string_view base, std::string_view reference)
{
    Components target = parse(reference);
    if (target.scheme || base.empty()) {
        if (target.scheme && target.path.starts_with('/'))
            target.path = withoutDotSegments(target.path);
        return assembled(target);
    }
    const Components from = parse(base);
    target.scheme = from.scheme;
    if (target.authority) {
        target.path = withoutDotSegments(target.path);
        return assembled(target);
    }
    target.authority = from.authority;
    if (target.path.empty()) {
        target.path = from.path;
        if (!target.query)
            target.query = from.query;
    } else if (target.path.starts_with('/')) {
        target.path = withoutDotSegments(target.path);
    } else {
        target.path = withoutDotSegments(mergedPath(from, target.path));
    }
    return assembled(target);
}

UriParts splitFragment(std::string_view uri)
{
    const std::size_t hash = uri.find('#');
    if (hash == std::string_view::npos)
        return {std::string(uri), {}};
    return {std::string(uri.substr(0, hash)), percentDecoded(uri.substr(hash + 1))};
}

} // namespace plumbline
