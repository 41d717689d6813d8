// Ranking against judged collections that nobody here wrote, through the whole engine: rows imported, every
// query asked with the default profile, nDCG@10 held against SQLite FTS5's on the same rows.
#include <QtTest>

#include <cmath>
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

#include "app/workspace/skeleton.h"
#include "app/workspace/workspace.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using nlohmann::json;

namespace {

constexpr std::size_t kDepth = 100;     // documents a query, as `plumbline retrieve` gives by default
constexpr double kGainOverFts5 = 0.015; // in the mean of the collections

// FTS5: porter unicode61, bm25() over the words of the query joined by OR.
struct Collection {
    const char* name;
    double fts5;
};
constexpr std::array<Collection, 5> kCollections = {{{"cranfield", 0.389},
                                                     {"npl", 0.436},
                                                     {"tatqa", 0.623},
                                                     {"squad2dev", 0.903},
                                                     {"anthropic_code", 0.689}}};

using Judgements = std::map<std::string, std::map<std::string, int>>; // query -> document -> grade

std::filesystem::path folderOf(const std::string& collection)
{
    return *tests::sharedData() / "retrieval" / collection;
}

// Queries with at least one relevant document: the others have no ideal to be held against.
Judgements readJudgements(const std::filesystem::path& file)
{
    Judgements judgements;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line); // names of the columns
    while (std::getline(in, line)) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        judgements[line.substr(0, first)][line.substr(first + 1, second - first - 1)] =
            std::stoi(line.substr(second + 1));
    }
    std::erase_if(judgements, [](const auto& query) {
        return std::ranges::none_of(query.second, [](const auto& grade) { return grade.second > 0; });
    });
    return judgements;
}

std::map<std::string, std::string> readQueries(const std::filesystem::path& file)
{
    std::map<std::string, std::string> queries;
    std::ifstream in(file);
    std::string line;
    while (std::getline(in, line)) {
        const json row = json::parse(line);
        queries[row.at("_id").get<std::string>()] = row.at("text").get<std::string>();
    }
    return queries;
}

double discounted(const std::vector<int>& gains)
{
    double sum = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(gains.size(), 10); ++i) {
        sum += gains[i] / std::log2(static_cast<double>(i) + 2);
    }
    return sum;
}

// Jarvelin & Kekalainen 2002 with linear gain, as trec_eval has it.
double ndcg(const std::map<std::string, int>& grades, const std::vector<retrieval::Passage>& ranked)
{
    std::vector<int> gains;
    for (const retrieval::Passage& passage : ranked) {
        const auto grade = grades.find(passage.document);
        gains.push_back(grade == grades.end() ? 0 : grade->second);
    }
    std::vector<int> ideal;
    for (const auto& [document, grade] : grades) {
        if (grade > 0) {
            ideal.push_back(grade);
        }
    }
    std::ranges::sort(ideal, std::greater<>());
    return discounted(gains) / discounted(ideal);
}

} // namespace

class RetrievalQuality : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!tests::sharedData() || !std::filesystem::is_directory(*tests::sharedData() / "retrieval")) {
            QSKIP("the judged collections are not there: whole test skipped");
        }
        qInfo("%-16s %8s %8s %8s %8s %10s", "collection", "queries", "FTS5", "nDCG@10", "gain", "ms/query");
    }

    void ranksNoWorseThanFts5_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < kCollections.size(); ++i) {
            QTest::addRow("on %s", kCollections[i].name) << static_cast<int>(i);
        }
    }

    void ranksNoWorseThanFts5()
    {
        QFETCH(int, index);
        const Collection& collection = kCollections[static_cast<std::size_t>(index)];
        const tests::TemporaryFolder home;
        QVERIFY(workspace::makeSkeleton(home.path()));
        auto opened = workspace::Workspace::open(home.path());
        QVERIFY2(opened, opened ? "" : opened.error().describe().c_str());
        importRows(**opened, folderOf(collection.name) / "corpus.jsonl");
        if (!QTest::currentTestFailed()) {
            ask(**opened, collection);
        }
    }

    void gainsInTheMean()
    {
        if (m_figures.size() < kCollections.size()) {
            QSKIP("not every collection was asked");
        }
        double ours = 0;
        double fts5 = 0;
        for (const Collection& collection : kCollections) {
            ours += m_figures.at(collection.name) / kCollections.size();
            fts5 += collection.fts5 / kCollections.size();
        }
        qInfo("%-16s %8s %8.4f %8.4f %+8.4f", "mean", "", fts5, ours, ours - fts5);
        QVERIFY(ours >= fts5 + kGainOverFts5);
    }

private:
    static void importRows(workspace::Workspace& workspace, const std::filesystem::path& rows)
    {
        retrieval::IndexOptions options = workspace.indexOptions();
        options.jsonl = rows;
        const auto report = workspace.indexer().run(options, {}, {});
        QVERIFY2(report, report ? "" : report.error().describe().c_str());
        QVERIFY(report->documents > 500);
    }

    void ask(const workspace::Workspace& workspace, const Collection& collection)
    {
        const Judgements judgements = readJudgements(folderOf(collection.name) / "qrels.tsv");
        const auto queries = readQueries(folderOf(collection.name) / "queries.jsonl");
        const auto profile = workspace.profile("");
        QVERIFY(profile);
        double sum = 0;
        double milliseconds = 0;
        for (const auto& [query, grades] : judgements) {
            const retrieval::SearchRequest request{
                queries.at(query), today(systemNow()), *profile, kDepth, false, false};
            const auto result = workspace.searcher().searchDocuments(request, {});
            QVERIFY2(result, result ? "" : result.error().describe().c_str());
            sum += ndcg(grades, result->passages);
            milliseconds += result->milliseconds;
        }
        const auto count = static_cast<double>(judgements.size());
        m_figures[collection.name] = sum / count;
        qInfo("%-16s %8zu %8.4f %8.4f %+8.4f %10.2f", collection.name, judgements.size(), collection.fts5,
              sum / count, sum / count - collection.fts5, milliseconds / count);
        QVERIFY(sum / count >= collection.fts5);
    }

    std::map<std::string, double> m_figures; // nDCG@10 by collection
};

QTEST_GUILESS_MAIN(RetrievalQuality)
#include "tst_retrieval_quality.moc"
