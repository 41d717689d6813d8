#include "app/cli/terminal_text.h"

#include "app/base/html_tags.h"
#include "app/base/inline_markdown.h"
#include "app/base/text.h"

namespace plumbline::cli {

namespace {

using assistant::AnswerSentence;

// One line for a row, whether written with pipes or as raw HTML.
std::string rowLine(std::string_view row, bool markdown)
{
    if (!markdown) {
        return foldedWhitespace(row);
    }
    const auto cells = htmlRowCells(trimmed(row));
    if (cells.empty()) {
        return plainInlineMarkdown(row);
    }
    std::string line = "|";
    for (const Span& cell : cells) {
        line += ' ' + plainInlineMarkdown(trimmed(row).substr(cell.start, cell.size())) + " |";
    }
    return line;
}

bool sameHeader(const AnswerSentence& sentence, const AnswerSentence* before)
{
    if (before == nullptr || before->kind != corpus::UnitKind::TableRow || before->spans.size() != 2) {
        return false;
    }
    const assistant::SourceSpan& own = sentence.spans.front();
    const assistant::SourceSpan& last = before->spans.front();
    return own.document == last.document && own.version == last.version && own.span == last.span;
}

} // namespace

std::string terminalText(const AnswerSentence& sentence, const AnswerSentence* before, bool markdown)
{
    if (sentence.kind == corpus::UnitKind::Code) {
        return sentence.text;
    }
    if (sentence.kind != corpus::UnitKind::TableRow) {
        return markdown ? plainInlineMarkdown(sentence.text) : foldedWhitespace(sentence.text);
    }
    if (sentence.spans.size() != 2) { // a table without a header
        return rowLine(sentence.text, markdown);
    }
    const std::string_view text(sentence.text);
    const std::size_t split = CodePoints(text).toByte(sentence.spans.front().span.size());
    const std::string row = rowLine(text.substr(split), markdown);
    const std::string header = rowLine(text.substr(0, split), markdown);
    const bool empty = header.find_first_not_of("| ") == std::string::npos;
    return empty || sameHeader(sentence, before) ? row : header + '\n' + row;
}

std::string terminalSafe(std::string_view text)
{
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1) { // U+0080..U+009F, of which one begins what ESC [ begins
            ++i;
        } else if (byte >= 0x20 ? byte != 0x7F : byte == '\n' || byte == '\t') {
            safe.push_back(text[i]);
        }
    }
    return safe;
}

} // namespace plumbline::cli
