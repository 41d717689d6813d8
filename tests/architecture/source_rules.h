// The rules of the house that a machine can check: who may include whom, which library stands where, how long
// files may be. Reads source files as text; knows nothing of this build but the graph it is given.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::tests {

// "floor/room" -> the rooms it stands on.
using RoomGraph = std::map<std::string, std::set<std::string>>;

// Reads "floor/room: floor/room ..." lines and closes the graph over what rooms stand on.
RoomGraph parseGraph(std::string_view text);

// Every break of a rule below `root`/app and `root`/ui, as "path:line: what", in the order of the paths. A
// floor that the graph does not name at all (a build without the console) is not held against it.
std::vector<std::string> brokenRules(const std::filesystem::path& root, const RoomGraph& graph);

} // namespace plumbline::tests
