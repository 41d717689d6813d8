// URI references, as far as JSON Schema needs them: resolving one against a base and taking off the fragment.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// RFC 3986 section 5.2 (strict). An empty base gives the reference as it stands.
std::string resolveUri(std::string_view base, std::string_view reference);

struct UriParts {
    std::string withoutFragment;
    std::string fragment; // percent-decoded, without '#'
};

UriParts splitFragment(std::string_view uri);

} // namespace plumbline
