// Bytes of a text file to UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline::corpus {

// By byte order mark (UTF-8, UTF-16), else by `charset` when it names one, else UTF-8; UTF-16 without a mark
// is recognised by its zero bytes. BadInput: not text, or bytes that the encoding does not have, with the
// line.
Result<std::string> decodeText(std::string_view bytes, std::string_view charset = {});

} // namespace plumbline::corpus
