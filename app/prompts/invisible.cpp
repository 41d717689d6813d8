#include "app/prompts/invisible.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <unicode/utf8.h>

#include "app/prompts/template_text.h"

namespace plumbline::prompts {

bool isInvisible(char32_t character)
{
    struct Range {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array<Range, 17> kRanges = {{{0x00, 0x08},
                                                       {0x0B, 0x1F},
                                                       {0x7F, 0x9F},
                                                       {0xAD, 0xAD},
                                                       {0x61C, 0x61C},
                                                       {0x115F, 0x1160},
                                                       {0x180E, 0x180E},
                                                       {0x200B, 0x200B},
                                                       {0x200E, 0x200F},
                                                       {0x2028, 0x202E},
                                                       {0x2060, 0x206F},
                                                       {0x3164, 0x3164},
                                                       {0xFEFF, 0xFEFF},
                                                       {0xFFA0, 0xFFA0},
                                                       {0xFFF9, 0xFFFB},
                                                       {0xE0000, 0xE007F},
                                                       {0xE0100, 0xE01EF}}};
    return std::any_of(kRanges.begin(), kRanges.end(), [&](const Range& range) {
        return character >= range.first && character <= range.last;
    });
}

std::optional<Invisible> firstInvisible(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t at = 0; at < size;) {
        const auto from = static_cast<std::size_t>(at);
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        if (character < 0) {
            return Invisible{0xFFFD, lineColumn(text, from)};
        }
        if (isInvisible(static_cast<char32_t>(character))) {
            return Invisible{static_cast<char32_t>(character), lineColumn(text, from)};
        }
    }
    return std::nullopt;
}

std::string refusal(const Invisible& found)
{
    if (found.character == 0xFFFD) {
        return "is not UTF-8 here; save the file as UTF-8";
    }
    std::array<char, 16> code{};
    std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(found.character));
    return std::string("the invisible character ") + code.data() +
           " stands here; take it out: what a person reads must be what the model gets";
}

} // namespace plumbline::prompts
