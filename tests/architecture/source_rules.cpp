#include "tests/architecture/source_rules.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

namespace plumbline::tests {

namespace {

namespace fs = std::filesystem;

struct SourceFile {
    std::string path; // "app/store/database.cpp"
    std::string floor;
    std::string room; // "app/store"
    bool header = false;
};

// A library that may be included only in one room; everywhere else `says` is the complaint.
struct LibraryRule {
    std::regex include;
    std::string floor; // "" = both
    std::function<bool(const SourceFile&)> allowed;
    std::string says;
};

const std::vector<LibraryRule>& libraryRules()
{
    const auto in = [](std::string room) {
        return [room](const SourceFile& file) { return file.room == room; };
    };
    const auto inSources = [](std::string room) {
        return [room](const SourceFile& file) { return file.room == room && !file.header; };
    };
    const auto nowhere = [](const SourceFile&) { return false; };
    static const std::vector<LibraryRule> kRules = {
        {std::regex("<(Q[A-Z]|Qt|qt6keychain).*"), "app", nowhere, "the engine is free of Qt"},
        {std::regex("<(sqlite3|SQLiteCpp/).*"), "", in("app/store"), "SQLite stands in app/store only"},
        {std::regex("<curl/.*"), "", in("app/net"), "curl stands in app/net only"},
        {std::regex("<(xapian|Eigen/|Spectra/|unsupported/Eigen/).*"), "", inSources("app/retrieval"),
         "Xapian and Eigen stand in app/retrieval only, and in no header"},
        {std::regex("<(thread|future|QThread|QThreadPool|QFuture|QFutureWatcher|QPromise|QtConcurrent).*"),
         "ui", in("ui/jobs"), "threads and futures stand in ui/jobs only"},
    };
    return kRules;
}

bool isPage(const std::string& room)
{
    static const std::set<std::string> kShared = {"ui/jobs", "ui/widgets", "ui/passages", "ui/spending",
                                                  "ui/shell"};
    return room.starts_with("ui/") && !kShared.contains(room);
}

// "app/store" of "app/store/database.h"; nothing for a path that is not below a room.
std::optional<std::string> roomOf(const std::string& path)
{
    const std::size_t first = path.find('/');
    const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
    const bool known = path.starts_with("app/") || path.starts_with("ui/");
    return known && second != std::string::npos ? std::optional(path.substr(0, second)) : std::nullopt;
}

std::size_t lineLimit(const SourceFile& file)
{
    if (file.header)
        return 200;
    return file.path.starts_with("ui/shell/main_window") ? 300 : 400;
}

class Inspection {
public:
    explicit Inspection(const RoomGraph& graph) : m_graph(graph)
    {
        for (const auto& [room, ignored] : graph)
            m_floors.insert(room.substr(0, room.find('/')));
    }

    void inspect(const fs::path& root, const SourceFile& file)
    {
        std::ifstream in(root / file.path);
        std::string line;
        m_line = 0;
        while (std::getline(in, line)) {
            ++m_line;
            static const std::regex kInclude(R"(^\s*#\s*include\s*(<[^>]+>|"[^"]+").*)");
            static const std::regex kPostponed(R"(\b(TODO|FIXME|XXX)\b)");
            std::smatch match;
            if (std::regex_match(line, match, kInclude))
                inspectInclude(file, match[1].str());
            if (std::regex_search(line, kPostponed))
                complain(file, "says that work is left over; do it, or write an issue");
        }
        if (m_line > lineLimit(file))
            complain(file, "is over its " + std::to_string(lineLimit(file)) + " lines");
    }

    std::vector<std::string> take() { return std::move(m_broken); }

private:
    void inspectInclude(const SourceFile& file, const std::string& included)
    {
        for (const LibraryRule& rule : libraryRules()) {
            const bool concerns = rule.floor.empty() || rule.floor == file.floor;
            if (concerns && std::regex_match(included, rule.include) && !rule.allowed(file))
                complain(file, "includes " + included + ": " + rule.says);
        }
        if (included.front() != '"' || included.ends_with(".moc\""))
            return;
        const auto target = roomOf(included.substr(1, included.size() - 2));
        if (!target) {
            complain(file, "includes " + included + ": includes are rooted at the repository");
            return;
        }
        if (*target == file.room)
            return;
        if (isPage(file.room) && isPage(*target))
            complain(file, "includes " + included + ": a page knows no other page");
        if (!m_floors.contains(file.floor))
            return;
        const auto room = m_graph.find(file.room);
        if (room == m_graph.end() || !room->second.contains(*target))
            complain(file,
                     "includes " + included + ": the graph has no way from " + file.room + " to " + *target);
    }

    void complain(const SourceFile& file, const std::string& what)
    {
        m_broken.push_back(file.path + ":" + std::to_string(m_line) + ": " + what);
    }

    const RoomGraph& m_graph;
    std::set<std::string> m_floors;
    std::vector<std::string> m_broken;
    std::size_t m_line = 0;
};

std::vector<SourceFile> sourceFiles(const fs::path& root)
{
    std::vector<SourceFile> files;
    for (const std::string floor : {"app", "ui"}) {
        if (!fs::is_directory(root / floor))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / floor)) {
            const std::string extension = entry.path().extension().string();
            const std::string path = fs::relative(entry.path(), root).generic_string();
            const auto room = roomOf(path);
            if (entry.is_regular_file() && room && (extension == ".cpp" || extension == ".h"))
                files.push_back({path, floor, *room, extension == ".h"});
        }
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

} // namespace

RoomGraph parseGraph(std::string_view text)
{
    RoomGraph graph;
    std::istringstream lines{std::string(text)};
    std::string line;
    while (std::getline(lines, line)) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos)
            continue;
        std::istringstream rooms(line.substr(colon + 1));
        graph[line.substr(0, colon)].insert(std::istream_iterator<std::string>(rooms), {});
    }
    bool grown = true;
    while (grown) {
        grown = false;
        for (auto& [room, below] : graph) {
            const std::set<std::string> known = below;
            for (const std::string& next : known)
                if (const auto further = graph.find(next); further != graph.end())
                    below.insert(further->second.begin(), further->second.end());
            grown = grown || below.size() > known.size();
        }
    }
    return graph;
}

std::vector<std::string> brokenRules(const fs::path& root, const RoomGraph& graph)
{
    Inspection inspection(graph);
    for (const SourceFile& file : sourceFiles(root))
        inspection.inspect(root, file);
    return inspection.take();
}

} // namespace plumbline::tests
