#include "app/base/process_limits.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace plumbline {

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__)
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace plumbline
