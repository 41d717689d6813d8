// Looks for a key where it must never be: in what a program printed and in every file it left behind.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::tests {

class KeySearch {
public:
    // `key`: at least 24 bytes, and like nothing else in the files.
    explicit KeySearch(const std::string& key);

    // How the key stands in `bytes`: "plain", "its first half", "its second half", "percent-encoded", "hex"
    // or "base64" (at any of the three places it can begin); empty = it does not.
    std::string foundIn(std::string_view bytes) const;

    // "PATH: how" for each file below `folder` that holds it, in its name or in its content. `own` is where
    // the key has to stand. A file that cannot be read counts as found. `looked` counts the files.
    std::vector<std::string> filesBelow(const std::filesystem::path& folder, const std::filesystem::path& own,
                                        int& looked) const;

private:
    struct Form {
        std::string how;
        std::string bytes;
    };
    std::vector<Form> m_forms;
};

} // namespace plumbline::tests
