// What a style or an attribute hides from the reader of a rendered page, and where raw HTML in Markdown does
// so.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

// Why the declarations of a style attribute hide their element: "style display:none", "white text", ...;
// empty when they do not. White text on a background of its own is visible.
std::string hidingReason(std::string_view style, bool onBackground);

// True when the declarations give a background other than white.
bool setsBackground(std::string_view style);

bool isVoidElement(std::string_view name); // br, img, ... : no content, no end tag

// Comments and hidden elements in `text` from byte `from` on, spans in BYTES, in reading order, not
// overlapping. `isCode` says whether a byte stands in code, where markup is only text.
std::vector<HiddenText> hiddenMarkup(std::string_view text, std::size_t from,
                                     const std::function<bool(std::size_t)>& isCode);

} // namespace plumbline::corpus
