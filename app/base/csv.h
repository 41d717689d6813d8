// Comma-separated values (RFC 4180), with the line of each record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace plumbline {

struct CsvRecord {
    std::size_t line = 1; // where it begins
    std::vector<std::string> fields;
};

// All records, the header among them. Fields may be quoted, with "" for a quote and line breaks inside; lines
// end with LF or CRLF; a byte order mark at the start and empty lines do not count. BadInput with file:line:
// a quote that is not closed, or text behind a closing one. TooLarge: over 5,000,000 records.
Result<std::vector<CsvRecord>> parseCsv(std::string_view text, std::string_view fileName);

} // namespace plumbline
