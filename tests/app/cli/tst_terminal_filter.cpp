// What reaches a terminal of what documents and servers say.
#include <QTest>

#include <sstream>

#include "app/cli/terminal_filter.h"
#include "app/cli/terminal_text.h"

using namespace plumbline;

class TestTerminalFilter : public QObject {
    Q_OBJECT

private slots:
    void leavesOutWhatSteers_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("text, lines and tabs stay") << QByteArray("a\tb\nGr\xC3\xBC\xC3\x9F"
                                                                 "e \xE2\x82\xAC 5\n")
                                                   << QByteArray("a\tb\nGr\xC3\xBC\xC3\x9F"
                                                                 "e \xE2\x82\xAC 5\n");
        QTest::newRow("an escape sequence loses its escape")
            << QByteArray("\x1b[2Jgone") << QByteArray("[2Jgone");
        QTest::newRow("so does the one-character form") << QByteArray("\xC2\x9B"
                                                                      "2Jgone")
                                                        << QByteArray("2Jgone");
        QTest::newRow("carriage return, bell, backspace, delete") << QByteArray("a\rb\x07"
                                                                                "c\x08"
                                                                                "d\x7F")
                                                                  << QByteArray("abcd");
        QTest::newRow("a no-break space is no control")
            << QByteArray("10\xC2\xA0kg") << QByteArray("10\xC2\xA0kg");
    }

    void leavesOutWhatSteers()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, shown);
        std::ostringstream out;
        {
            const cli::TerminalFilter filter(out);
            for (const char byte : written) { // split anywhere
                out << byte;
            }
        }
        QCOMPARE(QByteArray::fromStdString(out.str()), shown);
        QCOMPARE(QByteArray::fromStdString(cli::terminalSafe(written.toStdString())), shown);
        out << '\x1b'; // the filter is gone
        QVERIFY(out.str().ends_with('\x1b'));
    }
};

QTEST_APPLESS_MAIN(TestTerminalFilter)
#include "tst_terminal_filter.moc"
