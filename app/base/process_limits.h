// What this process must not leave behind when it dies.
#pragma once

namespace plumbline {

// No core dump, and no other process of the user may read this one's memory: keys lie in it. Call it first in
// main(). Under AddressSanitizer the second part is left out: its leak check reads that way.
void forbidCoreDumps();

} // namespace plumbline
