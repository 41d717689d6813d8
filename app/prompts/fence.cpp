#include "app/prompts/fence.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <unicode/utf8.h>

#include "app/base/digest.h"
#include "app/base/text.h"
#include "app/prompts/invisible.h"

namespace plumbline::prompts {

namespace {

constexpr std::size_t kMarkDigits = 16;

constexpr std::array<std::string_view, 7> kRoles = {"system", "user",      "assistant", "human",
                                                    "ai",     "developer", "tool"};
// Only as headings: as labels they are everyday words.
constexpr std::array<std::string_view, 4> kHeadings = {"instruction", "instructions", "response", "input"};

std::string reference(char32_t character)
{
    return "&#" + std::to_string(static_cast<std::uint32_t>(character)) + ";";
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// The word at the beginning, in lower case; letters only.
std::string wordAt(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size() &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z'))) {
        ++end;
    }
    return asciiLower(text.substr(0, end));
}

template <std::size_t Count>
bool holds(const std::array<std::string_view, Count>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Bytes of "&amp;", "&lt;", "&quot;" or "&#123;" at the beginning of `text`, and what it stands for; 0 for
// anything else.
std::size_t referenceSize(std::string_view text, char32_t& character)
{
    struct Named {
        std::string_view text;
        char32_t character;
    };
    static constexpr std::array<Named, 3> kNamed = {{{"&amp;", '&'}, {"&lt;", '<'}, {"&quot;", '"'}}};
    for (const Named& one : kNamed) {
        if (text.starts_with(one.text)) {
            character = one.character;
            return one.text.size();
        }
    }
    if (!text.starts_with("&#")) {
        return 0;
    }
    std::uint32_t number = 0;
    const char* end = text.data() + std::min<std::size_t>(text.size(), 9);
    const auto read = std::from_chars(text.data() + 2, end, number);
    const bool scalar = number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF);
    if (read.ec != std::errc() || read.ptr == text.data() + text.size() || *read.ptr != ';' || !scalar) {
        return 0;
    }
    character = static_cast<char32_t>(number);
    return static_cast<std::size_t>(read.ptr - text.data()) + 1;
}

void append(std::string& out, char32_t character)
{
    std::array<std::uint8_t, 4> bytes{};
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, static_cast<std::uint32_t>(character));
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

class Escaper {
public:
    explicit Escaper(std::string_view text) : m_text(text) {}

    std::string run()
    {
        bool lineStart = true;
        while (m_at < m_text.size()) {
            if (lineStart) {
                roleLine();
                if (m_at >= m_text.size()) {
                    break;
                }
            }
            lineStart = m_text[m_at] == '\n';
            character();
        }
        return std::move(m_out);
    }

private:
    // "  ## System" and "> Assistant :" up to what gives them away, which is escaped. What may stand before a
    // role: blanks, and the marks that Markdown puts around words.
    void roleLine()
    {
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        const std::string_view line = m_text.substr(m_at, end - m_at);
        const std::size_t begin = line.find_first_not_of(" \t#>*_-");
        if (begin == std::string_view::npos) {
            return;
        }
        const std::string word = wordAt(line.substr(begin));
        const std::size_t heading = std::min(line.find('#'), begin);
        const bool isHeading = heading < begin;
        if (!holds(kRoles, word) && !(isHeading && holds(kHeadings, word))) {
            return;
        }
        const std::size_t after =
            std::min(line.find_first_not_of(" \t*_#", begin + word.size()), line.size());
        const bool colon = after < line.size() && line[after] == ':';
        if (isHeading && (colon || after == line.size())) {
            replaceAt(heading);
        } else if (colon) {
            replaceAt(after);
        }
    }

    void replaceAt(std::size_t offset)
    {
        m_out += m_text.substr(m_at, offset);
        m_out += reference(static_cast<char32_t>(m_text[m_at + offset]));
        m_at += offset + 1;
    }

    void character()
    {
        const std::string_view rest = m_text.substr(m_at);
        const char c = rest.front();
        if (c == '<' && opensTag(rest)) {
            m_out += "&lt;";
            ++m_at;
        } else if (char32_t unused = 0; c == '&' && referenceSize(rest, unused) > 0) {
            m_out += "&amp;";
            ++m_at;
        } else if (c == '[' && opensToken(rest)) {
            m_out += reference('[');
            ++m_at;
        } else {
            plain();
        }
    }

    static bool opensTag(std::string_view rest)
    {
        const char next = rest.size() > 1 ? rest[1] : ' ';
        return !isBlank(next) && next != '\n' && next != '=' && !(next >= '0' && next <= '9');
    }

    // [INST], [/INST], [SYSTEM_PROMPT], [TOOL_CALLS]: capitals only, as the templates of models have them.
    static bool opensToken(std::string_view rest)
    {
        std::size_t at = rest.substr(1).starts_with('/') ? 2 : 1;
        const std::size_t begin = at;
        while (at < rest.size() && ((rest[at] >= 'A' && rest[at] <= 'Z') || rest[at] == '_')) {
            ++at;
        }
        return at - begin >= 3 && at < rest.size() && rest[at] == ']';
    }

    void plain()
    {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(m_text.data());
        auto next = static_cast<std::int64_t>(m_at);
        UChar32 character = 0;
        U8_NEXT(bytes, next, static_cast<std::int64_t>(m_text.size()), character);
        if (isInvisible(static_cast<char32_t>(character))) {
            m_out += reference(static_cast<char32_t>(character));
        } else {
            m_out += m_text.substr(m_at, static_cast<std::size_t>(next) - m_at);
        }
        m_at = static_cast<std::size_t>(next);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

std::string attribute(std::string_view name, std::string_view value)
{
    std::string escaped;
    for (const char c : escapeUntrusted(value)) {
        if (c == '"') {
            escaped += "&quot;";
        } else if (c == '\n' || c == '\t' || c == '>') {
            escaped += reference(static_cast<char32_t>(c));
        } else {
            escaped += c;
        }
    }
    return " " + std::string(name) + "=\"" + escaped + "\"";
}

std::string tagged(std::string_view tag, std::string_view mark, std::string_view attributes,
                   std::string_view body)
{
    const std::string name = std::string(tag) + "-" + std::string(mark);
    return "<" + name + std::string(attributes) + ">\n" + std::string(body) + "\n</" + name + ">";
}

} // namespace

std::string cleanText(std::string_view value)
{
    const std::string text = toValidUtf8(value);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            out += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            out += '\n';
        }
    }
    return out;
}

std::string escapeUntrusted(std::string_view value)
{
    return Escaper(cleanText(value)).run();
}

std::string unescapeUntrusted(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        char32_t character = 0;
        const std::size_t size = text.front() == '&' ? referenceSize(text, character) : 0;
        if (size > 0) {
            append(out, character);
        } else {
            out += text.front();
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

std::string fenceMark(const std::vector<std::string_view>& texts)
{
    Sha256 digest;
    for (const std::string_view text : texts) {
        digest.add(std::to_string(text.size()) + ":");
        digest.add(text);
    }
    std::string mark = digest.hex().substr(0, kMarkDigits);
    const auto occurs = [&](std::string_view text) { return text.find(mark) != std::string_view::npos; };
    while (std::any_of(texts.begin(), texts.end(), occurs)) {
        mark = sha256Hex(mark).substr(0, kMarkDigits);
    }
    return mark;
}

std::string fenced(std::string_view tag, std::string_view mark, std::string_view value)
{
    return tagged(tag, mark, "", escapeUntrusted(value));
}

std::string fencedPassages(std::string_view mark, const std::vector<PassageValue>& passages)
{
    std::string body;
    for (const PassageValue& passage : passages) {
        const std::string attributes =
            attribute("number", std::to_string(passage.number)) + attribute("document", passage.document) +
            attribute("version", passage.version) + attribute("title", passage.title) +
            attribute("heading", passage.heading);
        body +=
            (body.empty() ? "" : "\n") + tagged("passage", mark, attributes, escapeUntrusted(passage.text));
    }
    return tagged("passages", mark, "", body);
}

std::vector<std::string> untrustedIn(std::string_view message, std::string_view mark)
{
    std::vector<std::string> out;
    const std::string closer = "-" + std::string(mark) + ">";
    std::size_t at = 0;
    while ((at = message.find("-" + std::string(mark), at)) != std::string_view::npos) {
        const std::size_t open = message.rfind('<', at);
        const std::string_view tag = message.substr(open + 1, at - open - 1);
        const std::size_t begin = message.find(">\n", at);
        if (begin == std::string_view::npos) {
            break;
        }
        if (tag == "passages" || tag.starts_with('/')) {
            at = begin;
            continue;
        }
        const std::string end = "\n</" + std::string(tag) + closer;
        const std::size_t finish = message.find(end, begin + 1);
        if (finish == std::string_view::npos) {
            break;
        }
        out.push_back(unescapeUntrusted(message.substr(begin + 2, std::max(finish, begin + 2) - begin - 2)));
        at = finish + end.size();
    }
    return out;
}

} // namespace plumbline::prompts
