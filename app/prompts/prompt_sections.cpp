#include "app/prompts/prompt_sections.h"

#include <array>
#include <optional>

#include "app/base/text.h"

namespace plumbline::prompts {

namespace {

constexpr std::string_view kExpected =
    "expected '# System', '# User', '# Example user' or '# Example assistant'";

std::optional<SectionKind> sectionOf(std::string_view line)
{
    for (const SectionKind kind :
         {SectionKind::System, SectionKind::User, SectionKind::ExampleUser, SectionKind::ExampleAssistant}) {
        if (line == headingOf(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view withoutTrailingBlanks(std::string_view line)
{
    const std::size_t last = line.find_last_not_of(" \t");
    return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

class Cutter {
public:
    Cutter(std::string_view text, std::string_view path) : m_lines(split(text, '\n')), m_path(path) {}

    Result<PromptParts> run()
    {
        if (withoutTrailingBlanks(m_lines.front()) != "---") {
            return bad(0, "expected the front matter: '---', YAML, '---'");
        }
        std::size_t end = 1;
        while (end < m_lines.size() && withoutTrailingBlanks(m_lines[end]) != "---") {
            ++end;
        }
        if (end == m_lines.size()) {
            return bad(0, "the front matter is not closed; expected a line '---' after it");
        }
        for (std::size_t i = 1; i < end; ++i) {
            m_parts.frontMatter += "\n";
            m_parts.frontMatter += m_lines[i];
        }
        m_parts.frontMatter += "\n";
        for (std::size_t i = end + 1; i < m_lines.size(); ++i) {
            if (auto taken = take(i); !taken) {
                return tl::unexpected(taken.error());
            }
        }
        close();
        return std::move(m_parts);
    }

private:
    Result<void> take(std::size_t index)
    {
        const std::string_view line = m_lines[index];
        if (line.starts_with("# ") || line == "#") {
            const auto kind = sectionOf(withoutTrailingBlanks(line));
            if (!kind) {
                return bad(index, std::string(kExpected) +
                                      "; a heading that is part of the text is written with a backslash, "
                                      "'\\# …'");
            }
            close();
            m_parts.sections.push_back({*kind, index + 2, ""});
            m_first = index + 1;
            m_end = m_first;
            return {};
        }
        const bool blank = withoutTrailingBlanks(line).empty();
        if (m_parts.sections.empty()) {
            return blank ? Result<void>() : Result<void>(bad(index, std::string(kExpected)));
        }
        m_end = blank ? m_end : index + 1;
        return {};
    }

    void close()
    {
        if (m_parts.sections.empty()) {
            return;
        }
        while (m_first < m_end && withoutTrailingBlanks(m_lines[m_first]).empty()) {
            ++m_first;
        }
        Section& section = m_parts.sections.back();
        section.line = m_first + 1;
        for (std::size_t i = m_first; i < m_end; ++i) {
            section.text += (i > m_first ? "\n" : "");
            section.text += m_lines[i];
        }
    }

    tl::unexpected<Error> bad(std::size_t index, std::string message) const
    {
        return failure(ErrorCode::BadInput, std::move(message),
                       std::string(m_path) + ":" + std::to_string(index + 1) + ":1");
    }

    std::vector<std::string_view> m_lines;
    std::string_view m_path;
    PromptParts m_parts;
    std::size_t m_first = 0; // lines of the section under way
    std::size_t m_end = 0;
};

} // namespace

std::string_view headingOf(SectionKind kind)
{
    constexpr std::array<std::string_view, 4> kHeadings = {"# System", "# User", "# Example user",
                                                           "# Example assistant"};
    return kHeadings[static_cast<std::size_t>(kind)];
}

Result<PromptParts> cutPrompt(std::string_view text, std::string_view path)
{
    return Cutter(text, path).run();
}

} // namespace plumbline::prompts
