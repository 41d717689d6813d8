// Front matter: the facts of a document, as YAML between "---" lines at the head of a Markdown file, as a
// sidecar
// "<file>.yaml", or as <meta name=... content=...> in HTML. Format: resources/docs/documents.md.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/corpus/document.h"

namespace plumbline::corpus {

struct ParsedFrontMatter {
    FrontMatter facts;
    std::size_t bodyByte = 0; // where the body starts in the text given; 0 when there is no front matter
};

// Reads front matter at the head of `text`. No front matter is not an error. Unknown keys are kept out
// silently; a known key with a bad value (date, state, wrong type, the key twice) is BadInput
// "file:line:column".
Result<ParsedFrontMatter> parseFrontMatter(std::string_view text, std::string_view fileName);

// The same keys from a sidecar file's content (no "---" lines needed) or from HTML meta elements.
Result<FrontMatter> parseSidecar(std::string_view yaml, std::string_view fileName);
Result<FrontMatter> frontMatterFromMeta(const std::map<std::string, std::string>& meta,
                                        std::string_view fileName);

} // namespace plumbline::corpus
