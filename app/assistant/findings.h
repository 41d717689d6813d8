// What a reader must know of an answer's sources beside the answer.
#pragma once

#include <vector>

#include "app/assistant/answer.h"

namespace plumbline::assistant {

// "approved_by_default" for each source that only the workspace's default lets speak.
std::vector<Finding> sourceFindings(const std::vector<Source>& sources);

} // namespace plumbline::assistant
