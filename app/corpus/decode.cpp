#include "app/corpus/decode.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "app/base/text.h"

namespace plumbline::corpus {

namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

Result<std::string> convert(std::string_view bytes, const std::string& charset)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset.c_str(), &status));
    if (U_FAILURE(status)) {
        return failure(ErrorCode::Unsupported, "the encoding '" + charset.substr(0, 40) + "' is not known");
    }
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::u16string wide(bytes.size() + 1, u'\0');
    const auto length = ucnv_toUChars(converter.get(), wide.data(), static_cast<std::int32_t>(wide.size()),
                                      bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) {
        return failure(ErrorCode::BadInput, "is not valid " + charset.substr(0, 40) + "; save it as UTF-8");
    }
    std::string out;
    icu::UnicodeString(false, wide.data(), length).toUTF8String(out);
    return toValidUtf8(out); // lone surrogates
}

// Line of the first malformed byte, from 1; 0 when there is none.
std::size_t malformedLine(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    std::size_t line = 1;
    for (std::int64_t at = 0; at < size;) {
        UChar32 character = 0;
        line += text[static_cast<std::size_t>(at)] == '\n' ? 1U : 0U;
        U8_NEXT(bytes, at, size, character);
        if (character < 0) {
            return line;
        }
    }
    return 0;
}

// The kind of UTF-16 that mostly Latin text without a mark shows by its zero bytes; empty = none.
std::string_view zeroPattern(std::string_view bytes)
{
    const std::string_view head = bytes.substr(0, 4'096);
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == '\0') {
            (i % 2 == 0 ? even : odd) += 1;
        }
    }
    if (bytes.size() % 2 == 0 && odd * 3 > head.size() && even * 20 < head.size()) {
        return "UTF-16LE";
    }
    if (bytes.size() % 2 == 0 && even * 3 > head.size() && odd * 20 < head.size()) {
        return "UTF-16BE";
    }
    return {};
}

bool looksBinary(std::string_view bytes)
{
    const auto control = std::ranges::count_if(bytes.substr(0, 65'536), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1B';
    });
    return static_cast<std::size_t>(control) * 50 > std::min<std::size_t>(bytes.size(), 65'536);
}

} // namespace

Result<std::string> decodeText(std::string_view bytes, std::string_view charset)
{
    if (bytes.starts_with("\xFF\xFE")) {
        return convert(bytes.substr(2), "UTF-16LE");
    }
    if (bytes.starts_with("\xFE\xFF")) {
        return convert(bytes.substr(2), "UTF-16BE");
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
        charset = {};
    }
    if (const std::string_view pattern = zeroPattern(bytes); !pattern.empty()) {
        return convert(bytes, std::string(pattern));
    }
    if (looksBinary(bytes)) {
        return failure(ErrorCode::BadInput, "is a binary file, not text");
    }
    const std::size_t line = malformedLine(bytes);
    if (line == 0) {
        return std::string(
            bytes); // also where another charset is named: real UTF-8 is hardly ever anything else
    }
    if (!charset.empty() && asciiLower(charset) != "utf-8") {
        return convert(bytes, std::string(charset));
    }
    return failure(ErrorCode::BadInput,
                   "is not valid UTF-8 (line " + std::to_string(line) + "); save it as UTF-8");
}

} // namespace plumbline::corpus
