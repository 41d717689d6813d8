// Characters that a person does not see: controls, marks of writing direction, zero-width and tag characters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline::prompts {

// C0 and C1 controls but tab and line feed, soft hyphen, U+061C, U+115F, U+180E, U+200B, U+200E, U+200F,
// U+2028 to U+202E, U+2060 to U+206F, U+3164, U+FEFF, U+FFF9 to U+FFFB, tags and variation selectors of
// plane 14. Not the joiners U+200C and U+200D and the selectors U+FE00 to U+FE0F: Persian, Hindi and emoji
// are written with them.
bool isInvisible(char32_t character);

struct Invisible {
    char32_t character = 0; // U+FFFD for bytes that are not UTF-8
    std::string lineColumn; // both from 1
};
std::optional<Invisible> firstInvisible(std::string_view text);

// The line of an error that refuses it.
std::string refusal(const Invisible& found);

} // namespace plumbline::prompts
