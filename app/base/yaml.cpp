#include "app/base/yaml.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "app/base/json_values.h"

namespace plumbline {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxNodes = 100'000;
constexpr int kMaxDepth = 64;

// The whole text as a number of type T, or nothing.
template <typename T>
std::optional<T> number(std::string_view text)
{
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    T value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && !text.empty()
               ? std::optional<T>(value)
               : std::nullopt;
}

// "010" is text: it means eight to some readers and ten to others.
bool hasLeadingZero(std::string_view text)
{
    const std::size_t digits = text.find_first_of("0123456789");
    return digits != std::string_view::npos && text[digits] == '0' && digits + 1 < text.size() &&
           text[digits + 1] >= '0' && text[digits + 1] <= '9';
}

ordered_json scalar(const YAML::Node& node)
{
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") { // quoted
        return text;
    }
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
        return nullptr;
    }
    if (text == "true" || text == "True" || text == "TRUE") {
        return true;
    }
    if (text == "false" || text == "False" || text == "FALSE") {
        return false;
    }
    const bool numeric =
        text.find_first_not_of("0123456789+-.eE") == std::string::npos && !hasLeadingZero(text);
    if (numeric) {
        if (const auto integer = number<std::int64_t>(text)) {
            return *integer;
        }
        if (const auto real = number<double>(text); real && std::isfinite(*real)) {
            return *real;
        }
    }
    return text;
}

class Converter {
public:
    explicit Converter(YamlDocument& document) : m_document(document) {}

    Result<ordered_json> convert(const YAML::Node& node, const std::string& pointer, int depth)
    {
        m_document.places.try_emplace(pointer, placeOf(node));
        if (depth > kMaxDepth || ++m_nodes > kMaxNodes) {
            return failure(ErrorCode::TooLarge,
                           depth > kMaxDepth ? "is nested deeper than 64 levels"
                                             : "has more than 100,000 nodes",
                           m_document.where(pointer));
        }
        if (node.IsMap()) {
            return convertMap(node, pointer, depth);
        }
        if (node.IsSequence()) {
            return convertList(node, pointer, depth);
        }
        return node.IsScalar() ? scalar(node) : ordered_json();
    }

private:
    static YamlPlace placeOf(const YAML::Node& node)
    {
        const YAML::Mark mark = node.Mark();
        return {mark.line + 1, mark.column + 1};
    }

    Result<ordered_json> convertMap(const YAML::Node& node, const std::string& pointer, int depth)
    {
        ordered_json object = ordered_json::object();
        // Straight into the vector below: by key it would look through all entries for each one.
        auto& entries = object.get_ref<ordered_json::object_t&>();
        for (const auto& entry : node) {
            const YamlPlace place = placeOf(entry.first);
            if (!entry.first.IsScalar()) {
                return failure(ErrorCode::BadInput, "a key must be a text", at(place));
            }
            const std::string key = entry.first.Scalar();
            const std::string inner = pointer + "/" + pointerPart(key);
            if (!m_document.places.try_emplace(inner, place).second) {
                return failure(ErrorCode::BadInput,
                               "the key '" + key + "' stands here a second time; keep one", at(place));
            }
            auto value = convert(entry.second, inner, depth + 1);
            if (!value) {
                return value;
            }
            entries.ordered_json::object_t::Container::emplace_back(key, std::move(*value));
        }
        return object;
    }

    Result<ordered_json> convertList(const YAML::Node& node, const std::string& pointer, int depth)
    {
        ordered_json list = ordered_json::array();
        for (std::size_t i = 0; i < node.size(); ++i) {
            auto value = convert(node[i], pointer + "/" + std::to_string(i), depth + 1);
            if (!value) {
                return value;
            }
            list.push_back(std::move(*value));
        }
        return list;
    }

    std::string at(const YamlPlace& place) const
    {
        return m_document.fileName + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    }

    YamlDocument& m_document;
    std::size_t m_nodes = 0;
};

// Where the first node of a document stands; what else is in it goes by.
class FirstNode : public YAML::EventHandler {
public:
    YAML::Mark mark;

    void OnDocumentStart(const YAML::Mark& at) override
    {
        mark = at;
        m_found = false;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& at, YAML::anchor_t /*anchor*/) override { take(at); }
    void OnAlias(const YAML::Mark& at, YAML::anchor_t /*anchor*/) override { take(at); }
    void OnScalar(const YAML::Mark& at, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  const std::string& /*value*/) override
    {
        take(at);
    }
    void OnSequenceStart(const YAML::Mark& at, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override
    {
        take(at);
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& at, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override
    {
        take(at);
    }
    void OnMapEnd() override {}

private:
    void take(const YAML::Mark& at)
    {
        mark = m_found ? mark : at;
        m_found = true;
    }

    bool m_found = false;
};

// Documents in the text, 2 at most: YAML::LoadAll finds one after the other without end in some broken texts.
int countDocuments(const std::string& text, YAML::Mark& last)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    FirstNode first;
    int count = 0;
    while (count < 2 && parser.HandleNextDocument(first)) {
        last = first.mark;
        ++count;
    }
    return count;
}

} // namespace

std::string YamlDocument::where(const std::string& pointer) const
{
    for (std::string at = pointer;; at.erase(at.rfind('/'))) {
        if (const auto found = places.find(at); found != places.end()) {
            return fileName + ":" + std::to_string(found->second.line) + ":" +
                   std::to_string(found->second.column);
        }
        if (at.find('/') == std::string::npos) {
            return fileName;
        }
    }
}

Result<YamlDocument> parseYaml(std::string_view text, std::string_view fileName)
{
    YamlDocument document;
    document.fileName = std::string(fileName);
    try {
        const std::string copy(text);
        YAML::Mark last;
        const int count = countDocuments(copy, last);
        if (count > 1) {
            return failure(ErrorCode::BadInput, "holds more than one YAML document; expected one",
                           document.fileName + ":" + std::to_string(last.line + 1));
        }
        if (count == 0) {
            return document;
        }
        auto value = Converter(document).convert(YAML::Load(copy), "", 0);
        if (!value) {
            return tl::unexpected(value.error());
        }
        document.value = std::move(*value);
        return document;
    } catch (const YAML::Exception& error) {
        return failure(ErrorCode::BadInput, "is not YAML: " + error.msg,
                       document.fileName + ":" + std::to_string(error.mark.line + 1) + ":" +
                           std::to_string(error.mark.column + 1));
    }
}

} // namespace plumbline
