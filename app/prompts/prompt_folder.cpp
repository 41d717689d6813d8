#include "app/prompts/prompt_folder.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/prompts/prompt_file.h"

namespace plumbline::prompts {

namespace fs = std::filesystem;

namespace {

class Scan {
public:
    explicit Scan(const fs::path& home) : m_top(home / "prompts") {}

    Result<PromptFolder> run()
    {
        std::error_code error;
        if (!fs::exists(m_top, error) && !error) {
            return std::move(m_out);
        }
        for (const std::string& name : namesIn(m_top)) {
            if (name == "labels.yaml" || name.starts_with('.')) {
                continue;
            }
            const fs::path inside = m_top / name;
            if (!isPlain(inside, fs::file_type::directory)) {
                ignore("prompts/" + name,
                       "expected a folder for each prompt, with its versions v1.md, v2.md, …");
            } else if (!isPromptName(name)) {
                ignore("prompts/" + name, "a prompt's name has lower-case letters, digits and '-' only");
            } else {
                takePrompt(name);
            }
        }
        if (m_error) {
            return tl::unexpected(fileError(m_error.value(), "read the folder", m_place));
        }
        return std::move(m_out);
    }

private:
    std::vector<std::string> namesIn(const fs::path& folder)
    {
        std::vector<std::string> names;
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
            names.push_back(at->path().filename().string());
        }
        if (error && !m_error) {
            m_error = error;
            m_place = folder.string();
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    static bool isPlain(const fs::path& path, fs::file_type type)
    {
        std::error_code ignored;
        return fs::symlink_status(path, ignored).type() == type;
    }

    void takePrompt(const std::string& name)
    {
        std::vector<int> versions;
        for (const std::string& file : namesIn(m_top / name)) {
            const int version = versionOfFile(file);
            const std::string path = "prompts/" + name + "/" + file;
            if (file.starts_with('.')) {
                continue;
            }
            if (version == 0) {
                ignore(path, "expected a version, v1.md, v2.md, …");
            } else if (!isPlain(m_top / name / file, fs::file_type::regular)) {
                ignore(path, "is no plain file; links are not followed");
            } else {
                versions.push_back(version);
            }
        }
        std::sort(versions.begin(), versions.end());
        if (!versions.empty()) {
            m_out.versions.emplace(name, std::move(versions));
        }
    }

    // A name may hold anything; a list of them is shown to people.
    void ignore(const std::string& path, const char* reason)
    {
        m_out.ignored.push_back({toValidUtf8(path), reason});
    }

    fs::path m_top;
    PromptFolder m_out;
    std::error_code m_error;
    std::string m_place;
};

} // namespace

Result<PromptFolder> scanPrompts(const fs::path& home)
{
    return Scan(home).run();
}

std::string versionPath(std::string_view name, int version)
{
    return "prompts/" + std::string(name) + "/v" + std::to_string(version) + ".md";
}

std::string withoutChangeNote(const std::string& text, const std::string& path)
{
    std::string out;
    bool front = true;
    bool inNote = false;
    bool written = false;
    std::size_t number = 0;
    for (std::size_t from = 0; from < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', from), text.size() - 1) + 1;
        const std::string line = text.substr(from, end - from);
        const bool closes = front && number > 0 && line.starts_with("---");
        from = end;
        inNote = front && !closes && inNote && (line.starts_with(' ') || trimmed(line).empty());
        if (front && line.starts_with("change_note:")) {
            inNote = true;
        }
        if (!written && (inNote || closes)) {
            out += "change_note: \"\"\n";
            written = true;
        }
        front = front && !closes;
        out += inNote ? std::string() : line;
    }
    // A front matter written in another style than one key a line stays as it is.
    const auto parsed = parsePrompt(out, path);
    return parsed && parsed->changeNote.empty() ? out : text;
}

} // namespace plumbline::prompts
