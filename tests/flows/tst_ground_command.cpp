// plumbline ground: rows in, verdicts out, without a workspace.
#include <QTest>

#include <fstream>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/text.h"
#include "tests/flows/support/small_workspace.h"

using namespace plumbline;
using nlohmann::json;
using tests::TemporaryFolder;

namespace {

std::vector<json> rowsOf(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::vector<json> rows;
    for (std::string line; std::getline(in, line);) {
        rows.push_back(json::parse(line));
    }
    return rows;
}

} // namespace

class TestGroundCommand : public QObject {
    Q_OBJECT

private slots:
    void givesAVerdictForEachRowAndGoesOnPastBadOnes()
    {
        const TemporaryFolder folder; // no workspace
        const auto in = folder.write(
            "in.jsonl",
            R"({"id":"true","answer":"Grüße! The limit is £10k a day.","sources":["Nothing.","The falcon limit is £10,000 a day."]}
{"id":"false","answer":"The falcon limit is £20,000 a day.","sources":["The falcon limit is £10,000 a day."]}
{"id":3,"answer":"The falcon limit is £20,000 a day.","sources":[]}
{"id":4,"answer":"The falcon limit is £20,000 a day.","sources":"The falcon limit"}
{"id":5,"sources":["The falcon limit"]}
)");
        const auto out = folder.path() / "out.jsonl";
        const auto outcome = tests::plumbline({"ground", "--in", in.string(), "--out", out.string()});
        QCOMPARE(outcome.exitCode, 2);
        const auto rows = rowsOf(out);
        QCOMPARE(rows.size(), 5U);
        QVERIFY(rows[0]["verdict"] == json("supported"));
        QVERIFY(rows[0]["score"].get<double>() >= 0.5);
        const json evidence = rows[0]["sentences"][1]["evidence"][0];
        QVERIFY(evidence["source"] == json(1));
        QVERIFY(evidence["start"] == json(0));
        QVERIFY(rows[1]["verdict"] == json("unsupported"));
        const json sentence = rows[1]["sentences"][0];
        QVERIFY(sentence["verdict"] == json("unsupported"));
        const json reason = sentence["reasons"][0];
        QVERIFY(reason["kind"] == json("number"));
        const std::string answer = "The falcon limit is £20,000 a day.";
        QCOMPARE(std::string(CodePoints(answer).slice({reason["start"], reason["end"]})),
                 std::string("£20,000"));
        for (const std::size_t bad : {2U, 3U, 4U}) {
            QVERIFY(rows[bad]["error"]["code"] == json("bad_input"));
        }
    }

    void exitsZeroWhateverTheVerdicts()
    {
        const TemporaryFolder folder;
        const auto in =
            folder.write("in.jsonl", R"({"id":1,"answer":"It costs £7.","sources":["It costs £9."]})"
                                     "\n");
        const auto out = folder.path() / "out.jsonl";
        QCOMPARE(tests::plumbline({"ground", "--in", in.string(), "--out", out.string()}).exitCode, 0);
        QVERIFY(rowsOf(out)[0]["verdict"] == json("unsupported"));
    }
};

QTEST_GUILESS_MAIN(TestGroundCommand)
#include "tst_ground_command.moc"
