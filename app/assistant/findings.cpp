#include "app/assistant/findings.h"

namespace plumbline::assistant {

std::vector<Finding> sourceFindings(const std::vector<Source>& sources)
{
    std::vector<Finding> findings;
    for (const Source& source : sources) {
        if (source.passage.approval == corpus::Approval::ByDefault) {
            findings.push_back(
                {"approved_by_default",
                 source.passage.document +
                     " carries no approval of its own; the workspace's approval.default lets it speak"});
        }
    }
    return findings;
}

} // namespace plumbline::assistant
