#include "app/retrieval/versions.h"

#include <xapian.h>

namespace plumbline::retrieval {

std::string xapianVersion()
{
    return Xapian::version_string();
}

} // namespace plumbline::retrieval
