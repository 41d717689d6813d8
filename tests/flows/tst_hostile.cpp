// A folder with everything in it that should not be: each is skipped with its reason, the others go on.
#include <QTest>

#include <algorithm>
#include <fstream>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <nlohmann/json.hpp>

#include "tests/flows/support/small_workspace.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using nlohmann::json;
using tests::CommandOutcome;
using tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDeep = 100'000;

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

std::string noise(std::size_t bytes)
{
    std::mt19937 random(99);
    std::string out(bytes, '\0');
    std::ranges::generate(out, [&] { return static_cast<char>(random() % 256U); });
    return out;
}

// A DOCX whose document part is `head`, then blanks up to `bytes`.
void writeDocx(const fs::path& file, const std::string& head, std::size_t bytes)
{
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_filename(writer, file.c_str());
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, "word/document.xml");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(std::max(bytes, head.size())));
    archive_write_header(writer, entry);
    archive_write_data(writer, head.data(), head.size());
    const std::string blanks(1'000'000, ' ');
    for (std::size_t written = head.size(); written < bytes;) {
        const std::size_t piece = std::min(blanks.size(), bytes - written);
        archive_write_data(writer, blanks.data(), piece);
        written += piece;
    }
    archive_entry_free(entry);
    archive_write_close(writer);
    archive_write_free(writer);
}

std::string docxOf(const std::string& body)
{
    return R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" +
           body + "</w:body></w:document>";
}

struct Skipped {
    std::string named; // in the path of the report
    std::string says;  // in the reason
};

} // namespace

class TestHostile : public QObject {
    Q_OBJECT

    static void makeFolder(const TemporaryFolder& folder)
    {
        const fs::path documents = folder.path() / "documents";
        folder.write("workspace.yaml", "name: hostile\napproval: {default: approved}\nactor: A Tester\n");
        folder.write("documents/first.md",
                     "# First\n\nThe harrier alarm is acknowledged within 12 minutes.\n");
        folder.write("documents/zz-last.md",
                     "# Last\n\nThe osprey alarm is acknowledged within 30 minutes.\n");
        folder.write("documents/sparse.md", "# Sparse\n");
        fs::resize_file(documents / "sparse.md", 200'000'000);
        writeDocx(documents / "bomb.docx", docxOf("<w:p><w:r><w:t>bomb</w:t></w:r></w:p>"), 200'000'000);
        folder.write("documents/deep.html", repeated("<div>", kDeep) + "deep" + repeated("</div>", kDeep));
        folder.write("documents/deep-quote.md", repeated("> ", kDeep) + "deep\n");
        folder.write("documents/deep-list.md", repeated("- ", kDeep) + "deep\n");
        folder.write("documents/deep-brackets.md",
                     repeated("[", kDeep) + "deep" + repeated("](", kDeep) + "\n");
        writeDocx(documents / "deep.docx",
                  docxOf(repeated("<w:sdt><w:sdtContent>", kDeep) + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>" +
                         repeated("</w:sdtContent></w:sdt>", kDeep)),
                  0);
        folder.write("documents/deep.md.yaml", repeated("[", kDeep));
        folder.write("documents/deep.md", "# Deep sidecar\n\nText.\n");
        for (const char* extension : {"md", "html", "pdf", "docx", "txt"}) {
            folder.write(std::string("documents/noise.") + extension, noise(300'000));
        }
        ::mkfifo((documents / "pipe.md").c_str(), 0644);
        fs::create_symlink("loop.md", documents / "loop.md");
        fs::create_directory_symlink(".", documents / "round");
        fs::create_symlink("/etc/hostname", documents / "outside.txt");
        fs::create_symlink("nowhere.md", documents / "dangling.md");
        folder.write("documents/two\nlines.md",
                     "# Two lines\n\nThe kestrel alarm has a name of two lines.\n");
        folder.write("documents/bad\xff\xfename.md",
                     "# Bad name\n\nThe merlin alarm has a name that is no text.\n");
    }

    // One level below the other, deeper than a process may have files open.
    static void makeDeepFolders(const fs::path& top, int levels)
    {
        int at = ::open(top.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        for (int i = 0; i < levels && at >= 0; ++i) {
            ::mkdirat(at, "d", 0755);
            const int below = ::openat(at, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            ::close(at);
            at = below;
        }
        const int file = ::openat(at, "deepest.md", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        [[maybe_unused]] const auto written = ::write(file, "# Deepest\n", 10);
        ::close(file);
        ::close(at);
    }

    static json indexed(const TemporaryFolder& folder)
    {
        const CommandOutcome outcome =
            tests::plumbline({"--workspace", folder.path().string(), "index", "--json"});
        if (outcome.exitCode != 0) {
            qWarning("index exits %d: %s", outcome.exitCode, outcome.err.c_str());
        }
        return json::parse(outcome.out, nullptr, false);
    }

private slots:
    void initTestCase()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        makeFolder(*m_folder);
        m_report = indexed(*m_folder);
        QVERIFY(m_report.is_object());
    }

    void eachIsSkippedWithItsReasonAndTheOthersGoOn()
    {
        const json& report = m_report;
        const std::vector<Skipped> expected = {{"sparse.md", "200 MB"},
                                               {"bomb.docx", "unpacks to more"},
                                               {"deep.html", "nest"},
                                               {"deep.docx", "nest"},
                                               {"deep.md", "deep.md.yaml"},
                                               {"noise.pdf", ""},
                                               {"noise.docx", "DOCX"},
                                               {"noise.md", ""},
                                               {"noise.html", ""},
                                               {"noise.txt", ""},
                                               {"pipe.md", "regular"},
                                               {"loop.md", "link"},
                                               {"round", "link"},
                                               {"outside.txt", "outside"},
                                               {"dangling.md", "link"},
                                               {"two", "name"},
                                               {"bad", "name"}};
        for (const Skipped& one : expected) {
            const bool found = std::ranges::any_of(report["skipped"], [&](const json& row) {
                return row["path"].get<std::string>().starts_with("documents/" + one.named) &&
                       !row["reason"].get<std::string>().empty() &&
                       row["reason"].get<std::string>().find(one.says) != std::string::npos;
            });
            QVERIFY2(found,
                     (one.named + " is not skipped with '" + one.says + "': " + report["skipped"].dump(1))
                         .c_str());
        }
        for (const json& row : report["skipped"]) {
            const bool printable =
                std::ranges::none_of(row["path"].get<std::string>(), [](char c) { return c == '\n'; });
            QVERIFY2(printable, row.dump().c_str());
        }
    }

    void theGoodDocumentsAnswer()
    {
        const TemporaryFolder& folder = *m_folder;
        for (const char* bird : {"harrier", "osprey"}) {
            const auto outcome =
                tests::plumbline({"--workspace", folder.path().string(), "search", bird, "--json"});
            QCOMPARE(outcome.exitCode, 0);
            QVERIFY2(json::parse(outcome.out)["results"][0]["passage"].get<std::string>().find(bird) !=
                         std::string::npos,
                     bird);
        }
        QCOMPARE(indexed(folder)["updated"].get<int>(), 0);
        QCOMPARE(tests::plumbline({"--workspace", folder.path().string(), "doctor"}).exitCode, 0);
        QCOMPARE(
            tests::plumbline({"--workspace", folder.path().string(), "corpus", "list", "--json"}).exitCode,
            0);
    }

    void foldersDeeperThanAProcessMayOpen()
    {
        const TemporaryFolder folder;
        folder.write("workspace.yaml", "name: deep\napproval: {default: approved}\nactor: A Tester\n");
        folder.write("documents/first.md",
                     "# First\n\nThe harrier alarm is acknowledged within 12 minutes.\n");
        makeDeepFolders(folder.path() / "documents", 1'500);
        const json report = indexed(folder);
        QVERIFY(report.is_object());
        QCOMPARE(report["added"].get<int>(), 1);
        QCOMPARE(report["skipped"].size(), 1U);
        QVERIFY(report["skipped"][0]["reason"].get<std::string>().find("deeper") != std::string::npos);
    }

private:
    std::unique_ptr<TemporaryFolder> m_folder;
    json m_report;
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
