#include "app/evals/markup_text.h"

#include <algorithm>

#include "app/base/text.h"

namespace plumbline::evals {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// U+FFFE and U+FFFF are the only well-formed UTF-8 above U+0020 that XML 1.0 leaves out.
bool isForbidden(std::string_view text, std::size_t at)
{
    return text.substr(at).starts_with("\xEF\xBF\xBE") || text.substr(at).starts_with("\xEF\xBF\xBF");
}

} // namespace

std::string escapedMarkup(std::string_view text)
{
    const std::string valid = toValidUtf8(text);
    std::string out;
    out.reserve(valid.size() + valid.size() / 8);
    for (std::size_t at = 0; at < valid.size(); ++at) {
        const char c = valid[at];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\'') {
            out += "&#39;";
        } else if (c == '\n' || c == '\t') {
            out += c;
        } else if (c == '\r') {
            out += "&#13;";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += kReplacement;
        } else if (isForbidden(valid, at)) {
            out += kReplacement;
            at += 2;
        } else {
            out += c;
        }
    }
    return out;
}

std::string escapedMarkdown(std::string_view text)
{
    const std::string line = foldedWhitespace(withoutControls(toValidUtf8(text), ' '));
    std::string out;
    for (const char c : line) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '@': // a word joiner, or GitHub calls the person of that name
            out += "@&#8288;";
            break;
        case '#':
            out += "&#35;";
            break;
        case ':': // no automatic link
            out += "&#58;";
            break;
        default:
            if (std::string_view("\\`*_{}[]()!|~$").find(c) != std::string_view::npos) {
                out += '\\';
            }
            out += c;
        }
    }
    return out;
}

std::string markdownCode(std::string_view text)
{
    std::string line = foldedWhitespace(withoutControls(toValidUtf8(text), ' '));
    std::ranges::replace(line, '`', '\'');
    std::string out;
    for (const char c : line) {
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    }
    return out.empty() ? "` `" : "`" + out + "`";
}

} // namespace plumbline::evals
