#include "app/corpus/zip_members.h"

#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

namespace plumbline::corpus {

namespace {

constexpr int kMaxEntries = 20'000;

struct FreeArchive {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

tl::unexpected<Error> broken(archive* reader)
{
    const char* reason = archive_error_string(reader);
    return failure(ErrorCode::BadInput,
                   std::string("is a broken ZIP archive: ") + (reason == nullptr ? "unreadable" : reason));
}

Result<std::string> readMember(archive* reader, std::uint64_t limit)
{
    std::string content;
    std::array<char, 65'536> buffer{};
    while (true) {
        const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
        if (got == 0) {
            return content;
        }
        if (got < 0) {
            return broken(reader);
        }
        if (content.size() + static_cast<std::size_t>(got) > limit) {
            return failure(ErrorCode::TooLarge, "unpacks to more than the limit");
        }
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

} // namespace

Result<std::map<std::string, std::string>>
readZipMembers(std::string_view bytes, const std::set<std::string>& wanted, std::uint64_t limit)
{
    const std::unique_ptr<archive, FreeArchive> reader(archive_read_new());
    archive_read_support_format_zip_seekable(
        reader.get()); // by its directory: what is not wanted is not unpacked
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return broken(reader.get());
    }
    std::map<std::string, std::string> members;
    std::uint64_t left = limit;
    for (int entries = 0; entries < kMaxEntries; ++entries) {
        archive_entry* entry = nullptr;
        const int state = archive_read_next_header(reader.get(), &entry);
        if (state == ARCHIVE_EOF) {
            return members;
        }
        if (state <= ARCHIVE_FAILED) {
            return broken(reader.get());
        }
        // Raw bytes: in the locale "C" a name that is not ASCII has no other form.
        const char* name = archive_entry_pathname(entry);
        if (name == nullptr || !wanted.contains(name)) {
            continue;
        }
        if (archive_entry_is_encrypted(entry) != 0) {
            return failure(ErrorCode::Unsupported, "is encrypted");
        }
        auto content = readMember(reader.get(), left);
        if (!content) {
            return tl::unexpected(content.error());
        }
        left -= content->size();
        members[name] = std::move(*content);
    }
    return failure(ErrorCode::TooLarge, "holds more than 20000 files");
}

} // namespace plumbline::corpus
