// The whole assistant on what a server that we did not write answered it (tests/app/llm/recorded): the same
// bytes, the same outcome as against the server itself.
#include <QTest>

#include "app/base/file.h"
#include "tests/flows/support/served_cases.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/paths.h"

using namespace plumbline;

namespace {

std::string recorded(const std::string& name)
{
    return readFile(tests::sourceDirectory() / "tests/app/llm/recorded/aimock-1.43.0" / name).value_or("");
}

tests::FaultServerOptions cannedAnswers()
{
    tests::FaultServerOptions options;
    for (const tests::ServedCase& one : tests::servedCases())
        options.canned[one.name] = {one.status, one.streamed ? "text/event-stream" : "application/json",
                                    recorded(one.answerFile()), one.cut};
    return options;
}

} // namespace

class TestRecordedModel : public QObject {
    Q_OBJECT

    tests::TemporaryFolder m_root;
    std::unique_ptr<tests::ModelFolder> m_folder;
    tests::FaultServer m_server{cannedAnswers()};

private slots:
    void initTestCase()
    {
        tests::useOwnUserFolders(m_root.path());
        m_folder = std::make_unique<tests::ModelFolder>(m_root.path() / "workspace");
    }

    void asAgainstTheServerItself_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < tests::servedCases().size(); ++i)
            QTest::newRow(tests::servedCases()[i].name.c_str()) << static_cast<int>(i);
    }

    void asAgainstTheServerItself()
    {
        QFETCH(int, index);
        const tests::ServedCase& one = tests::servedCases()[static_cast<std::size_t>(index)];
        QVERIFY(!recorded(one.answerFile()).empty());
        m_folder->serve({.url = m_server.url("/canned/" + one.name)});
        const std::string wrong = tests::wrongWith(one, *m_folder);
        QVERIFY2(wrong.empty(), wrong.c_str());
        QCOMPARE(m_server.requests().back().body, recorded(one.requestFile())); // what it had understood
    }
};

QTEST_GUILESS_MAIN(TestRecordedModel)
#include "tst_recorded_model.moc"
