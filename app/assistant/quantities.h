// Amounts with their units in running text: "24 hours", "£10,000", "5 %", "2 business days".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::assistant {

struct Quantity {
    std::string value; // digits without thousands separators: "10000", "1.5"
    std::string unit;  // singular, lower case: "hour", "business day", "%", "£", "" for a bare number
};

// In reading order. Numbers inside identifiers (PAY-009, TLS1.2) and dates are not quantities.
std::vector<Quantity> quantities(std::string_view text);

} // namespace plumbline::assistant
