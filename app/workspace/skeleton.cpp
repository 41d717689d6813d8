#include "app/workspace/skeleton.h"

#include "app/base/file.h"
#include "app/workspace/config.h"
#include "app/workspace/first_prompt.h"

namespace plumbline::workspace {

namespace fs = std::filesystem;

Result<fs::path> makeSkeleton(const fs::path& folder)
{
    std::error_code error;
    const fs::path home = fs::weakly_canonical(folder, error);
    fs::create_directories(home / ".plumbline", error);
    if (error) {
        return tl::unexpected(fileError(error.value(), "make the folder", (home / ".plumbline").string()));
    }
    const fs::path file = home / "workspace.yaml";
    if (fs::exists(file, error)) {
        return failure(ErrorCode::BadInput, "is there already: this folder is a workspace", file.string());
    }
    const bool hasDocuments = fs::is_directory(home / "documents", error);
    if (auto ignore = writeFileAtomically(home / ".plumbline" / ".gitignore", "*\n"); !ignore) {
        return tl::unexpected(ignore.error());
    }
    // A folder of that name which is there already is somebody's own, documents perhaps.
    const bool ownPrompts = !fs::exists(home / "prompts", error);
    if (ownPrompts) {
        fs::create_directories(home / "prompts" / "policy-answer", error);
        auto prompt = writeFileAtomically(home / "prompts" / "policy-answer" / "v1.md", kFirstPrompt);
        if (!prompt) {
            return tl::unexpected(prompt.error());
        }
    }
    auto written =
        writeFileAtomically(file, initialConfig(home.filename().string(), {hasDocuments ? "documents" : "."},
                                                ownPrompts ? std::vector<std::string>{"prompts/**"}
                                                           : std::vector<std::string>()));
    if (!written) {
        return tl::unexpected(written.error());
    }
    return file;
}

} // namespace plumbline::workspace
