// A folder of prompts: what is listed, what a reference means, labels that move, released versions that stay.
#include <fstream>
#include <thread>

#include <QtTest>

#include "app/base/file.h"
#include "app/base/process.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/prompt_library.h"
#include "app/store/migrations.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::prompts;
namespace fs = std::filesystem;

namespace {

const Actor kAda{"Ada Byron", "workspace setting"};
const Timestamp kAt = *parseTimestamp("2026-11-20T09:00:00.000Z");

std::string promptText(const std::string& system, const std::string& note = "First.")
{
    return "---\ntitle: T\ntask: answer\nchange_note: " + note +
           "\nvariables:\n  question: {kind: question}\n---\n# System\n" + system +
           "\n# User\n{{question}}\n";
}

// A workspace folder with a store and prompts.
class Place {
public:
    Place()
    {
        fs::create_directories(home() / ".plumbline");
        (void)store::migrate(home() / ".plumbline" / "t.db");
    }

    fs::path home() const { return m_folder.path(); }
    PromptLibrary library() const { return {home(), home() / ".plumbline" / "t.db"}; }

    void write(const std::string& path, const std::string& text) const
    {
        fs::create_directories((home() / path).parent_path());
        std::ofstream(home() / path, std::ios::binary) << text;
    }

    std::string git(std::vector<std::string> arguments) const
    {
        ProcessRequest request;
        request.arguments = {"git",           "-C", home().string(),         "-c",
                             "user.name=Ada", "-c", "user.email=a@b.example"};
        request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
        const auto done = runProcess(request, {});
        return done ? done->output + done->errors : done.error().describe();
    }

private:
    tests::TemporaryFolder m_folder;
};

std::string problemOf(const Result<PromptVersion>& prompt)
{
    return prompt ? "loaded " + prompt->id() : prompt.error().describe();
}

} // namespace

class PromptLibraryTest : public QObject {
    Q_OBJECT

private slots:
    void readsReferences_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("a name") << QByteArray("answer") << QByteArray("answer") << 0 << QByteArray();
        QTest::newRow("a version") << QByteArray("answer@v12") << QByteArray("answer") << 12 << QByteArray();
        QTest::newRow("a label") << QByteArray("a-1@canary") << QByteArray("a-1") << 0
                                 << QByteArray("canary");
        QTest::newRow("a label with v") << QByteArray("a@vip") << QByteArray("a") << 0 << QByteArray("vip");
        for (const char* bad : {"", "@v1", "answer@", "answer@v0", "answer@v99999999999", "Answer", "../x",
                                "a@b@c", "a@V1", "a/b", "a@v1 "}) {
            QTest::newRow(*bad == '\0' ? "nothing" : bad)
                << QByteArray(bad) << QByteArray() << -1 << QByteArray();
        }
    }

    void readsReferences()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, name);
        QFETCH(int, version);
        QFETCH(QByteArray, label);
        const auto reference = parseReference(text.toStdString());
        QCOMPARE(reference.has_value(), version >= 0);
        if (reference) {
            QCOMPARE(reference->name, name.toStdString());
            QCOMPARE(reference->version, version);
            QCOMPARE(reference->label, label.toStdString());
        } else {
            QVERIFY(reference.error().code == ErrorCode::BadInput);
        }
    }

    void aWorkspaceWithoutPromptsHasNone()
    {
        const Place place;
        QVERIFY(place.library().list().value().prompts.empty());
        QCOMPARE(
            problemOf(place.library().load("answer")),
            std::string("prompt answer: this workspace has no prompts; they are files prompts/NAME/vN.md"));
        QCOMPARE(place.library().remember(kAda, kAt).value(), 0);
    }

    void listsVersionsAndSaysWhatItIgnores()
    {
        const Place place;
        place.write("prompts/answer/v10.md", promptText("ten"));
        place.write("prompts/answer/v2.md", promptText("two"));
        place.write("prompts/answer/v3.md", "broken");
        place.write("prompts/answer/notes.txt", "");
        place.write("prompts/answer/.hidden", "");
        place.write("prompts/README.md", "");
        place.write("prompts/Wrong Name/v1.md", promptText("x"));
        place.write("prompts/empty/v0.md", "");
        fs::create_symlink("v2.md", place.home() / "prompts/answer/v4.md");
        const auto listing = place.library().list();
        QVERIFY2(listing.has_value(), listing ? "" : listing.error().describe().c_str());
        QCOMPARE(listing->prompts.size(), std::size_t{1});
        const auto& versions = listing->prompts[0].versions;
        QCOMPARE(versions.size(), std::size_t{3});
        QCOMPARE(versions[0].version, 2);
        QVERIFY(versions[0].prompt.has_value() && !versions[0].problem);
        QCOMPARE(versions[1].version, 3);
        QVERIFY(!versions[1].prompt);
        QCOMPARE(versions[1].problem->where, std::string("prompts/answer/v3.md:1:1"));
        QCOMPARE(versions[2].version, 10);
        std::string ignored;
        for (const IgnoredFile& file : listing->ignored) {
            ignored += file.path + "|";
        }
        QCOMPARE(ignored, std::string("prompts/README.md|prompts/Wrong Name|prompts/answer/notes.txt|"
                                      "prompts/answer/v4.md|prompts/empty/v0.md|"));
        QCOMPARE(problemOf(place.library().load("answer")), std::string("loaded answer@v10"));
        QCOMPARE(problemOf(place.library().load("answer@v2")), std::string("loaded answer@v2"));
        QCOMPARE(problemOf(place.library().load("answer@v5")),
                 std::string("answer@v5: there is no such version; there are: v2, v3, v10"));
        QCOMPARE(problemOf(place.library().load("other")),
                 std::string("prompt other: there is no such prompt; there are: answer"));
        QCOMPARE(problemOf(place.library().load("answer@canary")),
                 std::string("answer@canary: there is no such label"));
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(place.library().list(stopped.get_token()).error().code == ErrorCode::Cancelled);
    }

    void movesLabels()
    {
        const Place place;
        const PromptLibrary library = place.library();
        place.write("prompts/answer/v1.md", promptText("one"));
        place.write("prompts/answer/v2.md", promptText("two"));
        const auto first = library.moveLabel({"answer", 1, "production", " The first. ", {}}, kAda, kAt);
        QVERIFY2(first.has_value(), first ? "" : first.error().describe().c_str());
        QCOMPARE(first->why, std::string("The first."));
        QCOMPARE(first->digest, library.load("answer@v1")->digest);
        QCOMPARE(problemOf(library.load("answer")), std::string("loaded answer@v1"));
        QVERIFY(library.moveLabel({"answer", 2, "production", "Better.", 1}, kAda, kAt).has_value());
        QVERIFY(library.moveLabel({"answer", 1, "canary", "Compare.", 0}, kAda, kAt).has_value());
        QCOMPARE(problemOf(library.load("answer@production")), std::string("loaded answer@v2"));
        QCOMPARE(problemOf(library.load("answer@none")),
                 std::string("answer@none: there is no such label; there are: canary, production"));
        const auto listing = library.list();
        QCOMPARE(listing->prompts[0].versions[0].labels, std::vector<std::string>{"canary"});
        QCOMPARE(listing->prompts[0].labels.moves.size(), std::size_t{3});
        QCOMPARE(listing->prompts[0].labels.moves[1].who.name, std::string("Ada Byron"));
        QVERIFY(listing->ignored.empty());
    }

    void refusesMoves_data()
    {
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<int>("expected"); // -1 = not said
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char* name, const char* label, int version, const char* why, int expected,
                            const char* error) {
            QTest::newRow(name) << QByteArray(label) << version << QByteArray(why) << expected
                                << QByteArray(error);
        };
        row("a label like a version", "v2", 1, "x", -1, "label v2: a label is a word");
        row("no label", "", 1, "x", -1, "label : a label is a word");
        row("no reason", "canary", 1, " \n", -1, "why: a move needs a reason");
        row("a reason with hidden characters", "canary", 1, "a\u202E", -1, "why: a move needs a reason");
        row("no version", "canary", 0, "x", -1, "prompt answer: expected a version from 1");
        row("a version that is not there", "canary", 9, "x", -1, "answer@v9: there is no such version");
        row("a version that cannot be read", "canary", 3, "x", -1,
            "prompts/answer/v3.md:1:1: expected the front");
        row("there already", "production", 1, "x", -1, "prompts/labels.yaml: 'production' is at v1 already");
        row("moved meanwhile", "production", 2, "x", 2,
            "prompts/labels.yaml: 'production' is at v1 now: someone");
        row("set meanwhile", "canary", 2, "x", 1, "prompts/labels.yaml: 'canary' is nowhere now");
    }

    void refusesMoves()
    {
        QFETCH(QByteArray, label);
        QFETCH(int, version);
        QFETCH(QByteArray, why);
        QFETCH(int, expected);
        QFETCH(QByteArray, error);
        const Place place;
        place.write("prompts/answer/v1.md", promptText("one"));
        place.write("prompts/answer/v2.md", promptText("two"));
        place.write("prompts/answer/v3.md", "broken");
        QVERIFY(
            place.library().moveLabel({"answer", 1, "production", "The first.", {}}, kAda, kAt).has_value());
        const auto before = readFile(place.home() / "prompts/labels.yaml");
        LabelRequest request{"answer", version, label.toStdString(), why.toStdString(), {}};
        if (expected >= 0) {
            request.expected = expected;
        }
        const auto moved = place.library().moveLabel(request, kAda, kAt);
        QVERIFY(!moved.has_value());
        QVERIFY2(QByteArray::fromStdString(moved.error().describe()).startsWith(error),
                 moved.error().describe().c_str());
        QCOMPARE(readFile(place.home() / "prompts/labels.yaml").value(), before.value());
        QVERIFY(place.library().moveLabel({"answer", 2, "canary", "x", {}}, Actor(), kAt).error().where ==
                "actor");
    }

    void losesNoMoveWhenManyMoveAtOnce()
    {
        const Place place;
        place.write("prompts/answer/v1.md", promptText("one"));
        std::vector<std::thread> movers;
        for (int i = 0; i < 8; ++i) {
            movers.emplace_back([&, i] {
                const auto moved = place.library().moveLabel(
                    {"answer", 1, "label-" + std::to_string(i), "x", {}}, kAda, kAt);
                if (!moved) {
                    qWarning("%s", moved.error().describe().c_str());
                }
            });
        }
        for (std::thread& mover : movers) {
            mover.join();
        }
        QCOMPARE(place.library().labels()->at("answer").moves.size(), std::size_t{8});
    }

    void refusesAChangedReleasedVersion()
    {
        const Place place;
        const PromptLibrary library = place.library();
        place.write("prompts/answer/v1.md", promptText("Only from the passages."));
        QVERIFY(library.moveLabel({"answer", 1, "production", "The first.", {}}, kAda, kAt).has_value());
        // Notes may be mended: nothing that is rendered comes of them.
        place.write("prompts/answer/v1.md", promptText("Only from the passages.", "Typing error mended."));
        QCOMPARE(problemOf(library.load("answer")), std::string("loaded answer@v1"));
        place.write("prompts/answer/v1.md", promptText("From anywhere."));
        place.write("prompts/answer/v7.md", promptText("x"));
        const std::string refused =
            "prompts/answer/v1.md: was changed after its release on 2026-11-20; restore it or make v8";
        QCOMPARE(problemOf(library.load("answer")), refused);
        QCOMPARE(problemOf(library.load("answer@v1")), refused);
        const auto listing = library.list();
        QCOMPARE(listing->prompts[0].versions[0].problem->describe(), refused);
        QVERIFY(listing->prompts[0].versions[0].prompt.has_value());
        QVERIFY(!library.moveLabel({"answer", 1, "canary", "x", {}}, kAda, kAt).has_value());
        place.write("prompts/answer/v1.md", promptText("Only from the passages."));
        QCOMPARE(problemOf(library.load("answer")), std::string("loaded answer@v1"));
    }

    void saysWhereALabelPointsAtNothing()
    {
        const Place place;
        place.write("prompts/answer/v1.md", promptText("one"));
        place.write("prompts/answer/v2.md", promptText("two"));
        QVERIFY(place.library().moveLabel({"answer", 1, "production", "x", {}}, kAda, kAt).has_value());
        fs::remove(place.home() / "prompts/answer/v1.md");
        QCOMPARE(problemOf(place.library().load("answer")),
                 std::string(
                     "prompts/labels.yaml:4:5: 'production' points at answer@v1, whose file is gone; restore "
                     "prompts/answer/v1.md or move the label"));
    }

    void makesTheNextVersion_data()
    {
        QTest::addColumn<QByteArray>("note");
        QTest::newRow("a plain note") << QByteArray("change_note: First of all.\n");
        QTest::newRow("a block") << QByteArray("change_note: |\n  One.\n\n  Two.\n");
        QTest::newRow("in two lines") << QByteArray("change_note: \"One\n  two\"\n");
        QTest::newRow("none") << QByteArray("");
    }

    void makesTheNextVersion()
    {
        QFETCH(QByteArray, note);
        const Place place;
        const std::string tail =
            "variables:\n  question: {kind: question}\n---\n# User\n{{question}}\nchange_note: stays\n---\n";
        place.write("prompts/answer/v9.md", "---\ntitle: T\ntask: answer\n" + note.toStdString() + tail);
        QCOMPARE(problemOf(place.library().load("answer")), std::string("loaded answer@v9"));
        const auto path = place.library().makeNext("answer");
        QVERIFY2(path.has_value(), path ? "" : path.error().describe().c_str());
        QCOMPARE(*path, std::string("prompts/answer/v10.md"));
        const auto next = place.library().load("answer");
        QCOMPARE(problemOf(next), std::string("loaded answer@v10"));
        QCOMPARE(next->changeNote, std::string());
        QCOMPARE(next->digest, place.library().load("answer@v9")->digest);
        QVERIFY(next->text.ends_with(note.isEmpty() ? tail.substr(tail.find("---")) : tail));
        QVERIFY(place.library().makeNext("nobody").error().code == ErrorCode::NotFound);
    }

    void remembersTextsOutsideOfARepository()
    {
        const Place place;
        place.write("prompts/answer/v1.md", promptText("one"));
        QCOMPARE(place.library().remember(kAda, kAt).value(), 1);
        QCOMPARE(place.library().remember(kAda, kAt).value(), 0);
        place.write("prompts/answer/v1.md", promptText("two"));
        QCOMPARE(place.library().remember({"Grace", "login name"}, kAt).value(), 1);
        place.write("prompts/answer/v1.md", promptText("one"));
        QCOMPARE(place.library().remember(kAda, kAt).value(), 1);
        const auto past = place.library().history("answer", 1);
        QVERIFY2(past.has_value(), past ? "" : past.error().describe().c_str());
        QCOMPARE(past->size(), std::size_t{3});
        QCOMPARE(past->at(1).author, std::string("Grace"));
        QCOMPARE(past->at(1).text, promptText("two"));
        QCOMPARE(past->at(1).at, std::string("2026-11-20T09:00:00.000Z"));
        QVERIFY(past->at(1).commit.empty());
        QVERIFY(place.library().history("answer", 2)->empty());
    }

    // A clone without all its objects fetches a missing one, by the program that its own settings name.
    void startsNothingThatARepositoryNames()
    {
        const Place place;
        place.git({"init", "-q"});
        place.write("prompts/answer/v1.md", promptText("one"));
        place.git({"add", "-A"});
        place.git({"commit", "-qm", "First"});
        const std::string blob = place.git({"rev-parse", "HEAD:prompts/answer/v1.md"}).substr(0, 40);
        const fs::path marker = place.home() / "started";
        place.git({"config", "core.repositoryformatversion", "1"});
        place.git({"config", "extensions.partialClone", "origin"});
        place.git({"config", "remote.origin.promisor", "true"});
        place.git({"config", "remote.origin.url", "ext::touch " + marker.string()});
        place.git({"config", "protocol.ext.allow", "always"});
        fs::remove(place.home() / ".git/objects" / blob.substr(0, 2) / blob.substr(2));
        place.git({"cat-file", "-p", blob});
        QVERIFY(fs::exists(marker)); // the trap works
        fs::remove(marker);
        const auto past = place.library().history("answer", 1);
        QVERIFY(!past || past->empty()); // by version of git an error, or nothing: no text is made up
        QVERIFY(!fs::exists(marker));
    }

    void takesHistoryFromGit()
    {
        const Place place;
        place.git({"init", "-q"});
        QVERIFY(place.library().history("answer", 1)->empty()); // no commit yet
        place.write("prompts/draft/v1.md", promptText("one"));
        place.git({"add", "-A"});
        place.git({"commit", "-qm", "First \"draft\" für alle"});
        fs::create_directories(place.home() / "prompts/answer");
        place.git({"mv", "prompts/draft/v1.md", "prompts/answer/v1.md"});
        place.git({"commit", "-qm", "Rename"});
        place.write("prompts/answer/v1.md", promptText("two"));
        place.git({"commit", "-qam", "Second"});
        place.write("prompts/answer/v2.md", promptText("not committed"));
        const auto past = place.library().history("answer", 1);
        QVERIFY2(past.has_value(), past ? "" : past.error().describe().c_str());
        QCOMPARE(past->size(), std::size_t{3});
        QCOMPARE(past->at(0).subject, std::string("Second"));
        QCOMPARE(past->at(0).text, promptText("two"));
        QCOMPARE(past->at(2).subject, std::string("First \"draft\" für alle"));
        QCOMPARE(past->at(2).text, promptText("one"));
        QCOMPARE(past->at(2).author, std::string("Ada <a@b.example>"));
        QCOMPARE(past->at(2).commit.size(), std::size_t{40});
        QVERIFY(past->at(2).at.starts_with("20"));
        // What Git does not have yet, the store keeps.
        QCOMPARE(place.library().remember(kAda, kAt).value(), 1);
        QCOMPARE(place.library().history("answer", 2)->at(0).text, promptText("not committed"));
    }
};

QTEST_APPLESS_MAIN(PromptLibraryTest)
#include "tst_prompt_library.moc"
