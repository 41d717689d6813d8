// Damage to what lies under .plumbline: the same answer as before, or one line that names the file and what
// to do. Never a crash, never another answer.
#include <QTest>

#include <fstream>
#include <random>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/flows/support/run_folder.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using tests::CommandOutcome;
using tests::RunFolder;
using tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 4'096;

std::string readAll(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void writeAll(const fs::path& file, const std::string& content)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
}

// A workspace with its state kept aside, so that each damage begins from a whole one.
class Whole {
public:
    Whole() : m_runs(m_home.path(), 12)
    {
        m_runs.write(0);
        if (m_runs.command({"index"}).exitCode != 0) {
            qFatal("the workspace to be damaged cannot be indexed");
        }
        fs::copy(m_runs.state(), kept(), fs::copy_options::recursive);
        m_before = results();
    }

    const RunFolder& runs() const { return m_runs; }
    fs::path database() const { return m_runs.state() / "plumbline.db"; }

    void restore() const
    {
        fs::remove_all(m_runs.state());
        fs::copy(kept(), m_runs.state(), fs::copy_options::recursive);
    }

    // Files below the index folder, relative to it.
    std::vector<std::string> indexFiles() const
    {
        std::vector<std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(kept() / "index")) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path().lexically_relative(kept() / "index").generic_string());
            }
        }
        std::ranges::sort(files);
        return files;
    }

    // What is wrong with the answer of the damaged workspace; empty when it is the one before or a line that
    // says `file` and `advice`.
    std::string wrongAnswer(const std::string& file, const std::string& advice) const
    {
        const CommandOutcome outcome = search();
        if (outcome.exitCode == 0) {
            return parsed(outcome) == m_before
                       ? ""
                       : "another answer than before the damage: " + outcome.out.substr(0, 400);
        }
        if (const std::string unlike = tests::unlikeOneLine(outcome); !unlike.empty()) {
            return unlike;
        }
        const bool says =
            outcome.err.find(file) != std::string::npos && outcome.err.find(advice) != std::string::npos;
        return says ? "" : "the line does not say '" + file + "' and '" + advice + "': " + outcome.err;
    }

    bool answers() const { return search().exitCode == 0; }

private:
    fs::path kept() const { return m_kept.path() / "state"; }
    CommandOutcome search() const
    {
        return m_runs.command({"search", "falconmark of run policy 7", "--top", "40", "--json"});
    }
    nlohmann::json results() const { return parsed(search()); }
    static nlohmann::json parsed(const CommandOutcome& outcome)
    {
        return nlohmann::json::parse(outcome.out, nullptr, false).value("results", nlohmann::json());
    }

    TemporaryFolder m_home;
    TemporaryFolder m_kept;
    RunFolder m_runs;
    nlohmann::json m_before;
};

// Commands that must end by themselves with a code of the contract, whatever lies under .plumbline.
std::string crashed(const RunFolder& runs)
{
    for (const std::vector<std::string>& command : {std::vector<std::string>{"ask", "What stands in run 0?"},
                                                    {"corpus", "list"},
                                                    {"doctor"},
                                                    {"index"}}) {
        const CommandOutcome outcome = runs.command(command);
        if (outcome.exitCode < 0 || outcome.exitCode > 3 ||
            outcome.err.find("internal error") != std::string::npos) {
            return command.front() + " exits " + std::to_string(outcome.exitCode) + ": " + outcome.err;
        }
    }
    return "";
}

} // namespace

class TestDamage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_whole = std::make_unique<Whole>(); }
    void cleanupTestCase() { m_whole.reset(); }
    void init() { m_whole->restore(); }

    void anyPageOfTheDatabaseOverwritten()
    {
        const std::string whole = readAll(m_whole->database());
        std::mt19937 random(4'711);
        int noticed = 0;
        for (std::size_t page = 0; page < whole.size() / kPage; ++page) {
            m_whole->restore();
            std::string broken = whole;
            for (std::size_t i = 0; i < kPage; ++i) {
                broken[page * kPage + i] = static_cast<char>(random() % 256U);
            }
            writeAll(m_whole->database(), broken);
            const std::string wrong = m_whole->wrongAnswer("plumbline.db", "`plumbline index");
            QVERIFY2(wrong.empty(), ("page " + std::to_string(page) + ": " + wrong).c_str());
            noticed += m_whole->answers() ? 0 : 1;
            if (page % 8 == 0) {
                const std::string bad = crashed(m_whole->runs());
                QVERIFY2(bad.empty(), ("page " + std::to_string(page) + ": " + bad).c_str());
            }
        }
        qInfo("%zu pages, %d of them needed for the answer", whole.size() / kPage, noticed);
        QVERIFY(noticed > 0);
    }

    void aStoredTextThatIsNotAsItWasRead()
    {
        // As a disk that loses bits would leave it: SQLite has nothing to notice it by.
        std::string content = readAll(m_whole->database());
        const std::string words = "falconmark of run 0 stands in";
        const std::size_t at = content.find(words);
        QVERIFY(at != std::string::npos);
        for (std::size_t i = at; i != std::string::npos; i = content.find(words, i + 1)) {
            content.replace(i, words.size(), "falconmark of run 9 stands in");
        }
        writeAll(m_whole->database(), content);
        QVERIFY(!m_whole->answers());
        QCOMPARE(m_whole->wrongAnswer("plumbline.db", "`plumbline index --rebuild`"), std::string());
        QCOMPARE(m_whole->runs().command({"index", "--rebuild"}).exitCode, 0);
        QVERIFY(m_whole->answers());
    }

    void aDamagedDatabase_data()
    {
        QTest::addColumn<int>("cutAt"); // in percent; -1 = not
        QTest::addColumn<int>("overwriteAt");
        QTest::newRow("its head is overwritten") << -1 << 0;
        QTest::newRow("its middle is overwritten") << -1 << 50;
        QTest::newRow("cut in half") << 50 << -1;
        QTest::newRow("cut to its first bytes") << 1 << -1;
    }

    void aDamagedDatabase()
    {
        QFETCH(int, cutAt);
        QFETCH(int, overwriteAt);
        std::string content = readAll(m_whole->database());
        const auto percent = [&](int share) {
            return content.size() * static_cast<std::size_t>(share) / 100U;
        };
        if (cutAt >= 0) {
            content.resize(percent(cutAt));
        } else {
            const std::size_t from = percent(overwriteAt);
            std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(from),
                        std::min(content.size() - from, 8 * kPage), '\x5a');
        }
        writeAll(m_whole->database(), content);
        QCOMPARE(m_whole->wrongAnswer("plumbline.db", "`plumbline index"), std::string());
        QCOMPARE(crashed(m_whole->runs()), std::string());
        QCOMPARE(m_whole->runs().command({"doctor"}).exitCode, 3);
        // What the line says: remove it and index.
        fs::remove(m_whole->database());
        QCOMPARE(m_whole->runs().command({"index"}).exitCode, 0);
        QVERIFY(m_whole->answers());
        QCOMPARE(m_whole->runs().command({"doctor"}).exitCode, 0);
        QVERIFY(m_whole->runs().strays().empty());
    }

    void anyFileOfTheIndexDamaged_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("deleted") << "deleted";
        QTest::newRow("emptied") << "emptied";
        QTest::newRow("cut in half") << "cut";
        QTest::newRow("a bit flipped") << "flipped";
        QTest::newRow("a page overwritten") << "overwritten";
    }

    void anyFileOfTheIndexDamaged()
    {
        QFETCH(QString, kind);
        for (const std::string& file : m_whole->indexFiles()) {
            for (const std::size_t share : {2U, 30U, 55U, 99U}) {
                m_whole->restore();
                const fs::path path = m_whole->runs().state() / "index" / file;
                std::string content = readAll(path);
                const std::size_t at = content.size() * share / 100U;
                if (kind == "deleted") {
                    fs::remove(path);
                } else if (kind == "emptied") {
                    writeAll(path, "");
                } else if (kind == "cut") {
                    writeAll(path, content.substr(0, at));
                } else if (kind == "flipped") {
                    content[at] = static_cast<char>(content[at] ^ 0x10);
                    writeAll(path, content);
                } else {
                    content.replace(at, std::min<std::size_t>(512, content.size() - at), 512, '\xA5');
                    writeAll(path, content);
                }
                const std::string where = file + " at " + std::to_string(share) + " %: ";
                const std::string name = file.substr(0, file.find('/'));
                const std::string wrong = m_whole->wrongAnswer(name, "`plumbline index --rebuild`");
                QVERIFY2(wrong.empty(), (where + wrong).c_str());
                if (kind == "deleted" || kind == "emptied") {
                    break;
                }
            }
            QCOMPARE(crashed(m_whole->runs()), std::string());
            QCOMPARE(m_whole->runs().command({"index", "--rebuild"}).exitCode, 0);
            QVERIFY2(m_whole->answers(), file.c_str());
            QCOMPARE(m_whole->runs().command({"doctor"}).exitCode, 0);
        }
    }

    void theWholeIndexFolderGone()
    {
        fs::remove_all(m_whole->runs().state() / "index");
        QCOMPARE(m_whole->wrongAnswer("index", "`plumbline index --rebuild`"), std::string());
        QVERIFY(!m_whole->answers());
        QCOMPARE(m_whole->runs().command({"index", "--rebuild"}).exitCode, 0);
        QVERIFY(m_whole->answers());
    }

private:
    std::unique_ptr<Whole> m_whole;
};

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"
