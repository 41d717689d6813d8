#include <cerrno>
#include <fstream>

#include <nlohmann/json.hpp>

#include "app/corpus/loader.h"
#include "app/corpus/plain_text.h"

namespace plumbline::corpus {

namespace {

constexpr std::size_t kMaxRowBytes = 16'000'000;

// The next line of `in`; false at the end. Stops reading a line that is over the limit.
bool nextLine(std::istream& in, std::string& line)
{
    line.clear();
    std::streambuf* buffer = in.rdbuf();
    bool any = false;
    for (int c = buffer->sbumpc(); c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
        any = true;
        if (c == '\n') {
            break;
        }
        line.push_back(static_cast<char>(c));
        if (line.size() > kMaxRowBytes) {
            break;
        }
    }
    return any;
}

Result<JsonlDocument> rowOf(std::string_view line, const std::string& where)
{
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded() || !json.is_object()) {
        return failure(ErrorCode::BadInput, R"(expected one JSON object a line: {"_id", "title", "text"})",
                       where);
    }
    JsonlDocument row;
    const auto id = json.find("_id");
    if (id != json.end() && id->is_string()) {
        row.id = id->get<std::string>();
    } else if (id != json.end() && id->is_number_integer()) {
        row.id = id->dump();
    }
    if (row.id.empty()) {
        return failure(ErrorCode::BadInput, "\"_id\" is missing or not a text", where);
    }
    const auto text = json.find("text");
    if (text == json.end() || !text->is_string()) {
        return failure(ErrorCode::BadInput, "\"text\" is missing or not a text", where);
    }
    row.text = text->get<std::string>();
    if (const auto title = json.find("title"); title != json.end() && !title->is_null()) {
        if (!title->is_string()) {
            return failure(ErrorCode::BadInput, "\"title\" is not a text", where);
        }
        row.title = title->get<std::string>();
    }
    return row;
}

} // namespace

Result<void> readJsonl(const std::filesystem::path& path, std::stop_token stop,
                       const std::function<Result<void>(JsonlDocument)>& take)
{
    const std::stop_token stopped = std::move(stop);
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind != std::filesystem::file_type::regular) {
        return kind == std::filesystem::file_type::not_found
                   ? failure(ErrorCode::NotFound, "there is no such file", path.string())
                   : failure(ErrorCode::Unsupported, "not a regular file", path.string());
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return tl::unexpected(fileError(errno, "open", path.string()));
    }
    std::string line;
    for (std::size_t number = 1; nextLine(in, line); ++number) {
        if (stopped.stop_requested()) {
            return failure(ErrorCode::Cancelled, "cancelled", path.string());
        }
        const std::string where = path.string() + ':' + std::to_string(number);
        if (line.size() > kMaxRowBytes) {
            return failure(ErrorCode::TooLarge, "the row is over 16 MB", where);
        }
        std::string_view content = trimmed(line);
        if (number == 1 && content.starts_with("\xEF\xBB\xBF")) {
            content.remove_prefix(3);
        }
        if (content.empty()) {
            continue;
        }
        auto row = rowOf(content, where);
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (auto taken = take(std::move(*row)); !taken) {
            return taken;
        }
    }
    return {};
}

ExtractedText fromJsonl(const JsonlDocument& row)
{
    ExtractedText document;
    const std::string title = foldedWhitespace(row.title);
    const std::string_view text = trimmed(row.text);
    const bool titled = !title.empty() && !text.starts_with(title);
    const std::size_t body = titled ? title.size() + 4 : 0;
    document.text = titled ? "# " + title + "\n\n" + std::string(text) : std::string(text);
    if (titled) {
        document.blocks.push_back({BlockKind::Heading, {2, 2 + title.size()}, 1, false, 0});
    }
    for (Block block : plainTextBlocks(std::string_view(document.text).substr(body))) {
        block.span = {block.span.start + body, block.span.end + body};
        document.blocks.push_back(block);
    }
    blocksToCodePoints(document);
    document.facts.id = row.id;
    document.facts.title = title;
    return document;
}

} // namespace plumbline::corpus
