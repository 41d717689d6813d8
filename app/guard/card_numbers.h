// Payment card numbers in running text.
#pragma once

#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::guard {

// Spans (code points) of card numbers: 13 to 19 digits, in groups parted by single blanks or hyphens or not at all, of an issuer range in
// use (ISO/IEC 7812: Visa, Mastercard with its 2-series, American Express, Discover, Diners, JCB, Maestro, UnionPay), whose check digit is right
// (Luhn). Masked numbers and longer runs of digits are none.
std::vector<Span> cardNumbers(std::string_view text);

} // namespace plumbline::guard
