// There is one path: the page's service, `search`, `retrieve`, `ask` and a case of a suite give the same,
// byte for byte.
#include <QTest>

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/cli/json_output.h"
#include "app/evals/run_repository.h"
#include "tests/flows/support/small_workspace.h"
#include "tests/support/paths.h"

using namespace plumbline;
using nlohmann::json;

namespace {

const std::vector<std::string> kQuestions = {"Who approves break-glass access?",
                                             "card dispute deadline",
                                             "How long are security logs kept?",
                                             "payments-api",
                                             "K8S-003 node patching",
                                             "recall of a duplicate payment",
                                             "zzz nothing like this"};

// document, place and score of every passage, as one line each.
std::string lines(const json& passages)
{
    std::string text;
    for (const json& passage : passages) {
        text += passage["document"].get<std::string>() + "@" + passage["version"].get<std::string>() + " " +
                passage["start"].dump() + "-" + passage["end"].dump() + " " + passage["score"].dump() + " " +
                passage["scores"].dump() + "\n";
    }
    return text;
}

std::string documentsOf(const json& passages)
{
    std::string text;
    std::vector<std::string> seen;
    for (const json& passage : passages) {
        const std::string id = passage["document"];
        if (std::ranges::find(seen, id) == seen.end()) {
            seen.push_back(id);
            text += id + "\n";
        }
    }
    return text;
}

} // namespace

class TestOnePath : public QObject {
    Q_OBJECT

    tests::TemporaryFolder m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;

private slots:
    void initTestCase()
    {
        const auto sample = tests::sourceDirectory() / "corpus";
        for (const char* part : {"workspace.yaml", "documents", "synonyms.yaml", "prompts"}) {
            std::filesystem::copy(sample / part, m_folder.path() / part,
                                  std::filesystem::copy_options::recursive);
        }
        auto opened = workspace::Workspace::open(m_folder.path());
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().describe().c_str());
        m_workspace = std::move(*opened);
        QVERIFY(m_workspace->indexer().run(m_workspace->indexOptions(), {}, {}).has_value());
    }

    void pageSearchRetrieveAndAskAgree_data()
    {
        QTest::addColumn<QString>("question");
        for (const std::string& question : kQuestions) {
            QTest::newRow(question.c_str()) << QString::fromStdString(question);
        }
    }

    void pageSearchRetrieveAndAskAgree()
    {
        QFETCH(QString, question);
        const std::string text = question.toStdString();
        const std::string home = m_folder.path().string();
        const std::string date = "2026-11-24";
        // What the pages call.
        const auto profile = m_workspace->profile("");
        const retrieval::SearchRequest request{text, tests::day(date), *profile, 10, true};
        const auto page = m_workspace->searcher().search(request, {});
        QVERIFY(page.has_value());
        const std::string ofPage = lines(json::parse(cli::toJson(*page, true)["results"].dump()));
        // What an answer is made from.
        assistant::TurnRequest turn;
        turn.question = text;
        turn.asOf = tests::day(date);
        turn.profile = *profile;
        turn.prompt = *m_workspace->prompt({}, assistant::kEmbedded);
        const auto answer = m_workspace->assistant().ask(turn, {});
        QVERIFY(answer.has_value());
        QCOMPARE(lines(json::parse(cli::toJson(answer->search, false)["results"].dump())), ofPage);
        // The commands.
        const auto searched =
            tests::plumbline({"--workspace", home, "search", text, "--as-of", date, "--json"});
        QCOMPARE(searched.exitCode, 0);
        const json results = json::parse(searched.out)["results"];
        QCOMPARE(lines(results), ofPage);
        const auto asked =
            json::parse(tests::plumbline({"--workspace", home, "ask", text, "--as-of", date, "--json"}).out);
        QCOMPARE(asked["trace"].get<std::string>(), answer->trace);
        QCOMPARE(asked["answer"].get<std::string>(), answer->text());
        const auto queries = m_folder.write("q.jsonl", json({{"_id", "q"}, {"text", text}}).dump() + "\n");
        const std::string run = (m_folder.path() / "run").string();
        QCOMPARE(tests::plumbline({"--workspace", home, "retrieve", "--queries", queries.string(), "--run",
                                   run, "--as-of", date})
                     .exitCode,
                 0);
        std::ifstream in(run);
        std::string ofRun;
        for (std::string q, q0, id, rank, score, tag; in >> q >> q0 >> id >> rank >> score >> tag;) {
            ofRun += id + "\n";
        }
        const std::string ofSearch = documentsOf(results);
        QCOMPARE(ofRun.substr(0, ofSearch.size()), ofSearch);
    }

    // What the page's service, the command and a case of a suite make of one question. Only times may differ.
    void anEvalCaseGivesWhatAskAndThePageGive_data() { pageSearchRetrieveAndAskAgree_data(); }

    void anEvalCaseGivesWhatAskAndThePageGive()
    {
        QFETCH(QString, question);
        const std::string home = m_folder.path().string();
        const std::string date = "2026-11-24";
        const auto withoutTimes = [](json answer) {
            answer.erase("latency_ms");
            return answer.dump();
        };
        assistant::TurnRequest turn;
        turn.question = question.toStdString();
        turn.asOf = tests::day(date);
        turn.profile = *m_workspace->profile("");
        turn.prompt = *m_workspace->prompt({}, assistant::kEmbedded);
        const auto page = m_workspace->assistant().ask(turn, {});
        QVERIFY(page.has_value());
        const std::string ofPage = withoutTimes(json::parse(cli::toJson(turn, *page).dump()));
        const auto asked =
            tests::plumbline({"--workspace", home, "ask", turn.question, "--as-of", date, "--json"});
        QCOMPARE(withoutTimes(json::parse(asked.out)), ofPage);
        const auto suite = m_folder.write("suites/one.jsonl",
                                          json({{"id", "q"}, {"question", turn.question}}).dump() + "\n");
        const auto run =
            tests::plumbline({"--workspace", home, "eval", "run", suite.string(), "--as-of", date, "--json"});
        QVERIFY2(run.exitCode == 0, run.err.c_str());
        const auto kept =
            m_workspace->runs().result(json::parse(run.out)["run"].get<std::string>(), {"q", 0, 0});
        QVERIFY2(kept.has_value(), kept ? "" : kept.error().describe().c_str());
        QCOMPARE(withoutTimes(json::parse(kept->answerJson)), ofPage);
        QCOMPARE(kept->output, page->text());
    }

    void theSameQuestionGivesTheSameBytesTwice()
    {
        const std::string home = m_folder.path().string();
        const auto ask = [&] {
            json answer =
                json::parse(tests::plumbline({"--workspace", home, "ask", "Who approves break-glass access?",
                                              "--as-of", "2026-11-24", "--json"})
                                .out);
            answer.erase("latency_ms");
            return answer.dump();
        };
        const std::string first = ask();
        QVERIFY(first.size() > 100);
        QCOMPARE(ask(), first);
    }
};

QTEST_GUILESS_MAIN(TestOnePath)
#include "tst_one_path.moc"
