#include "app/base/diff_words.h"

#include <algorithm>
#include <functional>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "app/base/sequence_match.h"

namespace plumbline {

namespace {

constexpr std::size_t kMaxTokens = 20'000; // a longer line is marked whole

enum class Kind { Word, Space, Other };

Kind kindOf(UChar32 character)
{
    if (character >= 0 && character < 0x80) {
        const bool word = (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
                          (character >= 'A' && character <= 'Z') || character == '_';
        const bool space = character == ' ' || (character >= '\t' && character <= '\r');
        return word ? Kind::Word : space ? Kind::Space : Kind::Other;
    }
    if (character < 0) {
        return Kind::Other;
    }
    // Marks belong to the letter before them.
    const bool mark = (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
    return u_isalnum(character) != 0 || mark ? Kind::Word : Kind::Other;
}

bool joins(std::string_view line, std::size_t at)
{
    const auto letter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (at == 0 || at + 1 >= line.size()) {
        return false;
    }
    const char before = line[at - 1];
    const char after = line[at + 1];
    return (line[at] == '\'' && letter(before) && letter(after)) ||
           ((line[at] == '.' || line[at] == ',') && digit(before) && digit(after));
}

// The spans of the tokens that are not `kept`.
std::vector<Span> spansOf(const WordTokens& tokens, const std::vector<bool>& kept)
{
    std::vector<Span> spans;
    for (std::size_t i = 0; i < tokens.texts.size(); ++i) {
        if (kept[i]) {
            continue;
        }
        const Span span{tokens.starts[i], tokens.starts[i + 1]};
        const bool bridged = i >= 2 && !spans.empty() && spans.back().end == tokens.starts[i - 1] &&
                             std::all_of(tokens.texts[i - 1].begin(), tokens.texts[i - 1].end(),
                                         [](char c) { return c == ' '; });
        if (!spans.empty() && (spans.back().end == span.start || bridged)) {
            spans.back().end = span.end;
        } else {
            spans.push_back(span);
        }
    }
    return spans;
}

} // namespace

WordTokens wordTokens(std::string_view line)
{
    WordTokens out;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(line.data());
    const auto size = static_cast<std::int64_t>(line.size());
    std::int64_t at = 0;
    std::size_t codePoint = 0;
    std::size_t begun = 0;
    Kind open = Kind::Other;
    const auto close = [&](std::size_t end) {
        if (end > begun) {
            const std::string_view text = line.substr(begun, end - begun);
            out.texts.push_back(text);
            if (open != Kind::Space) {
                out.bag.push_back(std::hash<std::string_view>()(text));
            }
        }
    };
    while (at < size) {
        const auto from = static_cast<std::size_t>(at);
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        Kind kind = kindOf(character);
        if (kind == Kind::Other && open == Kind::Word && joins(line, from)) {
            kind = Kind::Word;
        }
        if (from == 0 || kind != open || kind == Kind::Other) {
            close(from);
            begun = from;
            open = kind;
            out.starts.push_back(codePoint);
        }
        // A malformed sequence is as many code points as CodePoints counts: one for each of its bytes.
        if (character < 0) {
            at = static_cast<std::int64_t>(from) + 1;
        }
        ++codePoint;
    }
    close(line.size());
    out.starts.push_back(codePoint);
    std::sort(out.bag.begin(), out.bag.end());
    return out;
}

double likeness(const WordTokens& left, const WordTokens& right)
{
    if (left.bag.empty() || right.bag.empty()) {
        return left.bag.empty() && right.bag.empty() ? 1 : 0;
    }
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < left.bag.size() && j < right.bag.size();) {
        if (left.bag[i] == right.bag[j]) {
            ++common;
            ++i;
            ++j;
        } else {
            left.bag[i] < right.bag[j] ? ++i : ++j;
        }
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(left.bag.size() + right.bag.size());
}

WordSpans differingWords(const WordTokens& left, const WordTokens& right)
{
    if (left.texts.size() > kMaxTokens || right.texts.size() > kMaxTokens) {
        return {{{0, left.starts.back()}}, {{0, right.starts.back()}}};
    }
    SymbolTable symbols;
    std::vector<std::uint32_t> leftSymbols;
    std::vector<std::uint32_t> rightSymbols;
    for (const auto text : left.texts) {
        leftSymbols.push_back(symbols.number(text));
    }
    for (const auto text : right.texts) {
        rightSymbols.push_back(symbols.number(text));
    }
    std::vector<bool> leftKept(leftSymbols.size(), false);
    std::vector<bool> rightKept(rightSymbols.size(), false);
    for (const MatchedPair& pair : longestCommonSubsequence(leftSymbols, rightSymbols)) {
        leftKept[pair.left] = true;
        rightKept[pair.right] = true;
    }
    return {spansOf(left, leftKept), spansOf(right, rightKept)};
}

} // namespace plumbline
