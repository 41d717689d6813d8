// The arrows and sizes of the house, held against every source file; and the checker held against planted
// breaks.
#include <QtTest>

#include <fstream>
#include <sstream>

#include "tests/architecture/source_rules.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline::tests;

namespace {

constexpr const char* kSmallHouse =
    "app/base: \napp/store: app/base\napp/net: app/base\napp/retrieval: app/store\n"
    "ui/jobs: app/base\nui/widgets: ui/jobs\nui/assistant: ui/widgets app/retrieval\n"
    "ui/corpus: ui/widgets\nui/shell: ui/assistant ui/corpus\n";

} // namespace

class ArchitectureTest : public QObject {
    Q_OBJECT

private slots:
    void theHouseKeepsItsRules()
    {
        std::ifstream in(PLUMBLINE_GRAPH_FILE);
        std::stringstream text;
        text << in.rdbuf();
        const RoomGraph graph = parseGraph(text.str());
        QVERIFY2(graph.contains("app/base") && graph.size() > 5, "the graph of this build cannot be read");
        QStringList broken;
        for (const std::string& one : brokenRules(sourceDirectory(), graph))
            broken << QString::fromStdString(one);
        QVERIFY2(broken.isEmpty(), qPrintable(QStringLiteral("\n") + broken.join(QStringLiteral("\n"))));
    }

    void theGraphHasNoCircle()
    {
        std::ifstream in(PLUMBLINE_GRAPH_FILE);
        std::stringstream text;
        text << in.rdbuf();
        for (const auto& [room, below] : parseGraph(text.str()))
            QVERIFY2(!below.contains(room), room.c_str());
    }

    void seesAPlantedBreak_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("complaint"); // empty: nothing to complain about
        const auto row = [](const char* name, const char* path, const QByteArray& content,
                            const char* complaint) {
            QTest::newRow(name) << QByteArray(path) << content << QByteArray(complaint);
        };
        row("an arrow of the graph is fine", "app/store/a.cpp", "#include \"app/base/x.h\"\n", "");
        row("an arrow over two steps is fine", "app/retrieval/a.cpp", "#include \"app/base/x.h\"\n", "");
        row("the own room is fine", "app/base/a.cpp", "#include \"app/base/x.h\"\n", "");
        row("an arrow upwards", "app/base/a.cpp", "\n#include \"app/store/x.h\"\n",
            "app/base/a.cpp:2: includes \"app/store/x.h\": the graph has no way");
        row("an arrow to a neighbour", "app/net/a.cpp", "#include \"app/store/x.h\"\n",
            "the graph has no way");
        row("from the engine into the console", "app/store/a.h", "#include \"ui/jobs/x.h\"\n",
            "the graph has no way");
        row("a room that no CMake line names", "app/cellar/a.cpp", "#include \"app/base/x.h\"\n",
            "the graph has no way");
        row("an include that is not rooted", "app/store/a.cpp", "#include \"x.h\"\n",
            "rooted at the repository");
        row("Qt in the engine", "app/base/a.cpp", "#include <QString>\n", "free of Qt");
        row("Qt by its folder in the engine", "app/base/a.h", "#  include <QtCore/QString>\n", "free of Qt");
        row("Qt in the console is fine", "ui/widgets/a.h", "#include <QString>\n", "");
        row("a page that knows another", "ui/assistant/a.cpp", "#include \"ui/corpus/x.h\"\n",
            "a page knows no other page");
        row("the shell knows the pages", "ui/shell/a.cpp", "#include \"ui/corpus/x.h\"\n", "");
        row("SQLite outside the store", "app/retrieval/a.cpp", "#include <sqlite3.h>\n", "app/store only");
        row("SQLiteCpp outside the store", "ui/widgets/a.cpp", "#include <SQLiteCpp/Database.h>\n",
            "app/store only");
        row("SQLite in the store is fine", "app/store/a.h", "#include <SQLiteCpp/Database.h>\n", "");
        row("curl outside the net", "app/store/a.cpp", "#include <curl/curl.h>\n", "app/net only");
        row("curl in the net is fine", "app/net/a.cpp", "#include <curl/curl.h>\n", "");
        row("Xapian outside retrieval", "app/store/a.cpp", "#include <xapian.h>\n", "app/retrieval only");
        row("Xapian in a header of retrieval", "app/retrieval/a.h", "#include <xapian.h>\n", "in no header");
        row("Xapian in a source of retrieval is fine", "app/retrieval/a.cpp", "#include <xapian.h>\n", "");
        row("Eigen in a header of retrieval", "app/retrieval/a.h", "#include <Eigen/Dense>\n",
            "in no header");
        row("a thread on a page", "ui/corpus/a.cpp", "#include <thread>\n", "ui/jobs only");
        row("a future of Qt on a page", "ui/corpus/a.h", "#include <QFutureWatcher>\n", "ui/jobs only");
        row("a future in the jobs is fine", "ui/jobs/a.h", "#include <QFutureWatcher>\n", "");
        row("a thread in the engine is fine", "app/base/a.cpp", "#include <thread>\n", "");
        row("400 lines of source are fine", "app/base/a.cpp", QByteArray("\n").repeated(400), "");
        row("401 lines of source", "app/base/a.cpp", QByteArray("\n").repeated(401), "over its 400 lines");
        row("201 lines of header", "app/base/a.h", QByteArray("\n").repeated(201), "over its 200 lines");
        row("301 lines of window", "ui/shell/main_window_menu.cpp", QByteArray("\n").repeated(301),
            "over its 300 lines");
        row("work left over", "app/base/a.cpp", "// TODO: later\n", "work is left over");
        row("a pattern of X is not work left over", "app/base/a.cpp", "\"file-XXXXXX\"\n", "");
    }

    void seesAPlantedBreak()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, complaint);
        const TemporaryFolder folder;
        folder.write(path.toStdString(), content.toStdString());
        const auto broken = brokenRules(folder.path(), parseGraph(kSmallHouse));
        QCOMPARE(broken.empty(), complaint.isEmpty());
        if (!complaint.isEmpty())
            QVERIFY2(broken.front().find(complaint.toStdString()) != std::string::npos,
                     broken.front().c_str());
    }

    void aBuildWithoutTheConsoleStillChecksItsLibraries()
    {
        const TemporaryFolder folder;
        folder.write("ui/widgets/a.cpp", "#include \"app/base/x.h\"\n#include <thread>\n");
        const auto broken = brokenRules(folder.path(), parseGraph("app/base: \n"));
        QCOMPARE(broken.size(), std::size_t{1});
        QVERIFY(broken.front().starts_with("ui/widgets/a.cpp:2: "));
    }
};

QTEST_APPLESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
