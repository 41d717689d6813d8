#include "app/workspace/identity.h"

#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

#include "app/base/file.h"
#include "app/base/text.h"

namespace plumbline::workspace {

namespace {

struct GitUser {
    std::string name;
    std::string email;
};

// Takes user.name and user.email from a Git configuration file, where they are not known yet.
void readGitConfig(const std::filesystem::path& file, GitUser& user)
{
    auto text = readFile(file, 1'000'000);
    if (!text) {
        return;
    }
    bool inUser = false;
    for (const std::string_view raw : splitLines(*text)) {
        const std::string_view line = trimmed(raw);
        if (line.starts_with('[')) {
            inUser = asciiLower(line) == "[user]";
            continue;
        }
        const std::size_t equals = line.find('=');
        if (!inUser || equals == std::string_view::npos) {
            continue;
        }
        const std::string key = asciiLower(trimmed(line.substr(0, equals)));
        const std::string value(trimmed(line.substr(equals + 1)));
        if (key == "name" && user.name.empty()) {
            user.name = value;
        } else if (key == "email" && user.email.empty()) {
            user.email = value;
        }
    }
}

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

Actor actorAt(const std::filesystem::path& folder, const std::string& configured)
{
    if (!configured.empty()) {
        return {configured, "workspace setting"};
    }
    GitUser user;
    for (auto at = folder; !at.empty(); at = at.parent_path()) {
        readGitConfig(at / ".git" / "config", user);
        if (at == at.root_path()) {
            break;
        }
    }
    const std::string home = environment("HOME");
    if (!home.empty()) {
        readGitConfig(std::filesystem::path(home) / ".gitconfig", user);
    }
    if (!user.name.empty()) {
        return {user.email.empty() ? user.name : user.name + " <" + user.email + ">", "Git identity"};
    }
    const passwd* login = getpwuid(getuid());
    return {login != nullptr ? std::string(login->pw_name) : "user " + std::to_string(getuid()),
            "login name"};
}

} // namespace plumbline::workspace
