// Chosen members of a ZIP archive in memory.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline::corpus {

// The contents of those of `wanted` that are there. The sum of what is unpacked never passes `limit` bytes,
// whatever the archive says of its sizes. BadInput: no ZIP archive, or broken. Unsupported: encrypted.
// TooLarge: over `limit`.
Result<std::map<std::string, std::string>>
readZipMembers(std::string_view archive, const std::set<std::string>& wanted, std::uint64_t limit);

} // namespace plumbline::corpus
