// What lies below prompts/: a folder for each prompt, a file for each version.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace plumbline::prompts {

struct IgnoredFile {
    std::string path; // relative to the workspace
    std::string reason;
};

struct PromptFolder {
    std::map<std::string, std::vector<int>, std::less<>> versions; // by prompt, rising
    std::vector<IgnoredFile> ignored;                              // by path
};

// Reads names only, no contents. An absent folder is empty. Links are not followed. Io, Denied.
Result<PromptFolder> scanPrompts(const std::filesystem::path& home);

// "prompts/NAME/vN.md"
std::string versionPath(std::string_view name, int version);

// The text of `text`, a prompt file, with an empty change note; everything else stays as written.
std::string withoutChangeNote(const std::string& text, const std::string& path);

} // namespace plumbline::prompts
