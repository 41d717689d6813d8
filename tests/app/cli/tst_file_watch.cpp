#include <QTest>

#include <future>

#include "app/cli/file_watch.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using cli::FileWatch;

class TestFileWatch : public QObject {
    Q_OBJECT

private slots:
    void anEditEndsTheWait_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("a file is written") << 0;
        QTest::newRow("a file is made below a folder") << 1;
        QTest::newRow("a file is removed") << 2;
        QTest::newRow("an edit between making the watch and waiting") << 3;
    }

    void anEditEndsTheWait()
    {
        QFETCH(int, what);
        const tests::TemporaryFolder folder;
        const auto suite = folder.write("suites/a.yaml", "one");
        folder.write("prompts/p/v1.md", "text");
        FileWatch watch({suite, folder.path() / "prompts"});
        const auto edit = [&] {
            if (what == 1) {
                folder.write("prompts/p/v2.md", "more");
            } else if (what == 2) {
                std::filesystem::remove(folder.path() / "prompts/p/v1.md");
            } else {
                folder.write("suites/a.yaml", "longer than before");
            }
        };
        if (what == 3) {
            edit();
            QVERIFY(watch.wait({}));
            return;
        }
        auto waiting = std::async(std::launch::async, [&] { return watch.wait({}); });
        edit();
        QVERIFY(waiting.get());
    }

    void aStopEndsItToo()
    {
        const tests::TemporaryFolder folder;
        FileWatch watch({folder.path() / "not there"});
        std::stop_source stop;
        auto waiting = std::async(std::launch::async, [&] { return watch.wait(stop.get_token()); });
        stop.request_stop();
        QVERIFY(!waiting.get());
    }
};

QTEST_APPLESS_MAIN(TestFileWatch)
#include "tst_file_watch.moc"
