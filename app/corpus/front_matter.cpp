#include "app/corpus/front_matter.h"

#include <algorithm>
#include <array>
#include <set>

#include <yaml-cpp/yaml.h>

namespace plumbline::corpus {

namespace {

constexpr std::size_t kMaxBytes = 65'536;
constexpr std::size_t kMaxListItems = 1'000;
constexpr std::array<std::string_view, 10> kKeys = {"id",    "title",     "owner",   "version",
                                                    "state", "effective", "expires", "classification",
                                                    "tags",  "supersedes"};

std::string place(std::string_view fileName, const YAML::Mark& mark, int linesBefore)
{
    if (mark.is_null()) {
        return std::string(fileName);
    }
    return std::string(fileName) + ':' + std::to_string(mark.line + 1 + linesBefore) + ':' +
           std::to_string(mark.column + 1);
}

std::vector<std::string> commaList(std::string_view text)
{
    std::vector<std::string> items;
    for (const std::string_view part : split(text, ',')) {
        if (const std::string_view item = trimmed(part); !item.empty()) {
            items.emplace_back(item);
        }
    }
    return items;
}

// One key with its value as text; the caller adds the place to the error.
Result<void> setText(FrontMatter& facts, std::string_view key, const std::string& value)
{
    const auto date = [&](std::optional<Date>& into) -> Result<void> {
        auto parsed = parseDate(value);
        if (!parsed) {
            return failure(ErrorCode::BadInput, std::string(key) + ": " + parsed.error().message);
        }
        into = *parsed;
        return {};
    };
    if (key == "id") {
        facts.id = value;
    } else if (key == "title") {
        facts.title = value;
    } else if (key == "owner") {
        facts.owner = value;
    } else if (key == "version") {
        facts.version = value;
    } else if (key == "classification") {
        facts.classification = value;
    } else if (key == "tags") {
        facts.tags = commaList(value);
    } else if (key == "supersedes") {
        facts.supersedes = commaList(value);
    } else if (key == "effective") {
        return date(facts.effective);
    } else if (key == "expires") {
        return date(facts.expires);
    } else if (key == "state") {
        auto state = parseState(value);
        if (!state) {
            return failure(ErrorCode::BadInput, "state: " + state.error().message);
        }
        facts.state = *state;
    }
    return {};
}

Result<void> checkDates(const FrontMatter& facts, const std::string& where)
{
    if (facts.effective && facts.expires && *facts.expires <= *facts.effective) {
        return failure(ErrorCode::BadInput,
                       "expires (" + plumbline::toString(*facts.expires) + ") is not after effective (" +
                           plumbline::toString(*facts.effective) + ")",
                       where);
    }
    return {};
}

// Reads the keys of one YAML mapping.
class Reader {
public:
    Reader(std::string_view fileName, int linesBefore) : m_fileName(fileName), m_linesBefore(linesBefore) {}

    Result<FrontMatter> read(const YAML::Node& root)
    {
        for (const auto& entry : root) {
            if (!entry.first.IsScalar()) {
                continue;
            }
            const std::string key = entry.first.Scalar();
            if (std::ranges::find(kKeys, key) == kKeys.end()) {
                continue;
            }
            if (!m_seen.insert(key).second) {
                return failure(ErrorCode::BadInput, "'" + key + "' stands here twice; keep one",
                               at(entry.first));
            }
            if (auto taken = take(key, entry.second); !taken) {
                return tl::unexpected(taken.error());
            }
            if (key == "expires") {
                m_expiresAt = at(entry.second);
            }
        }
        if (auto checked = checkDates(m_facts, m_expiresAt); !checked) {
            return tl::unexpected(checked.error());
        }
        return m_facts;
    }

private:
    std::string at(const YAML::Node& node) const { return place(m_fileName, node.Mark(), m_linesBefore); }

    Result<void> take(const std::string& key, const YAML::Node& value)
    {
        if (value.IsNull()) {
            return {};
        }
        const bool list = key == "tags" || key == "supersedes";
        if (value.IsScalar()) {
            auto set = setText(m_facts, key, std::string(trimmed(value.Scalar())));
            return set ? set : failure(set.error().code, set.error().message, at(value));
        }
        if (!list || !value.IsSequence()) {
            return failure(ErrorCode::BadInput,
                           key + (list ? ": expected a list of texts" : ": expected a single text"),
                           at(value));
        }
        std::vector<std::string>& into = key == "tags" ? m_facts.tags : m_facts.supersedes;
        for (const YAML::Node& item : value) {
            if (!item.IsScalar() || into.size() >= kMaxListItems) {
                return failure(ErrorCode::BadInput, key + ": expected a list of at most 1000 texts",
                               at(item));
            }
            into.emplace_back(trimmed(item.Scalar()));
        }
        return {};
    }

    std::string_view m_fileName;
    int m_linesBefore;
    FrontMatter m_facts;
    std::set<std::string> m_seen;
    std::string m_expiresAt;
};

// nullopt: the YAML is well formed but no mapping.
Result<std::optional<FrontMatter>> parseMapping(std::string_view yaml, std::string_view fileName,
                                                int linesBefore)
{
    if (yaml.size() > kMaxBytes) {
        return failure(ErrorCode::TooLarge, "front matter is over 64 KB", std::string(fileName));
    }
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (root.IsNull()) {
            return FrontMatter{};
        }
        if (!root.IsMap()) {
            return std::nullopt;
        }
        auto facts = Reader(fileName, linesBefore).read(root);
        if (!facts) {
            return tl::unexpected(facts.error());
        }
        return std::move(*facts);
    } catch (const YAML::Exception& error) {
        return failure(ErrorCode::BadInput, "front matter is not valid YAML: " + error.msg,
                       place(fileName, error.mark, linesBefore));
    }
}

// The line that starts at `from`, without its end; `next` is where the following one starts.
std::string_view lineAt(std::string_view text, std::size_t from, std::size_t& next)
{
    const std::size_t end = std::min(text.find('\n', from), text.size());
    next = std::min(end + 1, text.size());
    std::string_view line = text.substr(from, end - from);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
        line.remove_suffix(1);
    }
    return line;
}

} // namespace

Result<ParsedFrontMatter> parseFrontMatter(std::string_view text, std::string_view fileName)
{
    std::size_t body = 0;
    if (!text.starts_with("---") || lineAt(text, 0, body) != "---") {
        return ParsedFrontMatter{};
    }
    const std::size_t first = body;
    while (body < text.size() && body <= kMaxBytes + first) {
        const std::size_t from = body;
        const std::string_view line = lineAt(text, from, body);
        if (line != "---" && line != "...") {
            continue;
        }
        auto facts = parseMapping(text.substr(first, from - first), fileName, 1);
        if (!facts) {
            return tl::unexpected(facts.error());
        }
        if (!*facts) {
            return ParsedFrontMatter{}; // text between two rules, not facts
        }
        return ParsedFrontMatter{std::move(**facts), body};
    }
    return ParsedFrontMatter{};
}

Result<FrontMatter> parseSidecar(std::string_view yaml, std::string_view fileName)
{
    if (yaml.starts_with("\xEF\xBB\xBF")) {
        yaml.remove_prefix(3);
    }
    auto facts = parseMapping(yaml, fileName, 0);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    if (!*facts) {
        return failure(ErrorCode::BadInput, "expected keys such as 'id:' and 'version:'",
                       std::string(fileName) + ":1:1");
    }
    return std::move(**facts);
}

Result<FrontMatter> frontMatterFromMeta(const std::map<std::string, std::string>& meta,
                                        std::string_view fileName)
{
    FrontMatter facts;
    for (const std::string_view key : kKeys) {
        const auto found = meta.find(std::string(key));
        if (found == meta.end() || trimmed(found->second).empty()) {
            continue;
        }
        if (auto set = setText(facts, key, foldedWhitespace(found->second)); !set) {
            return failure(set.error().code, "meta element " + set.error().message, std::string(fileName));
        }
    }
    if (auto checked = checkDates(facts, std::string(fileName)); !checked) {
        return tl::unexpected(checked.error());
    }
    return facts;
}

} // namespace plumbline::corpus
