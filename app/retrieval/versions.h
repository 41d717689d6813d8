// Versions of the libraries behind the index, for `doctor`.
#pragma once

#include <string>

namespace plumbline::retrieval {

std::string xapianVersion();

} // namespace plumbline::retrieval
