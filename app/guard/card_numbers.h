// Payment card numbers in running text.
#pragma once

#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::guard {

// Spans (code points) of card numbers: 12 to 19 digits, in one piece or in groups parted by single blanks or
// dashes, of an issuer range in use (ISO/IEC 7812: Visa, Mastercard with its 2-series, American Express,
// Discover, Diners, JCB, Maestro, UnionPay, Mir), whose check digit is right (Luhn). An expiry or a code
// behind the number is not part of it. Masked numbers, longer runs of digits, decimals and pieces of digests
// are none. Numbers for tests count as well.
std::vector<Span> cardNumbers(std::string_view text);

} // namespace plumbline::guard
