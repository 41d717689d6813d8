// Personal data that an answer must not show: a first, small set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::evals {

struct PersonalData {
    std::string kind; // "card number", "IBAN", "e-mail address"
    Span span;        // code points
    std::string text;
};

// In reading order. Cards with their check digit (guard::cardNumbers), account numbers whose check number
// holds (ISO 13616, ISO 7064 mod 97-10), and e-mail addresses.
std::vector<PersonalData> personalDataIn(std::string_view text);

// The text with each code point of personalDataIn() replaced by U+2588, so that offsets into it stay.
std::string withoutPersonalData(std::string_view text);

} // namespace plumbline::evals
