// Whether a text is, or holds, HTML.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::evals {

// Empty: a page or a piece of one, all of whose text stands inside elements, with at least one element of
// HTML or a custom one. Else why not, for a person. Follows the tree that a browser builds as far as it
// decides whether text ends up outside of every element.
std::string whyNotHtml(std::string_view text);

// Two signs of markup at least, of: a tag that opens and one that closes, an entity, a comment, an attribute,
// a DOCTYPE, a common element.
bool looksLikeHtml(std::string_view text);

} // namespace plumbline::evals
