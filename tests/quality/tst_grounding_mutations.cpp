// True answers that are not verbatim, and the same answers broken in one place: what the detector lets pass
// and what it finds. The answers over the sample corpus are written by hand (groundedness/paraphrases.jsonl).
#include <QtTest>

#include <cmath>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/grounding/grounding.h"
#include "app/grounding/quality.h"
#include "tests/quality/mutations.h"
#include "tests/quality/rule_paraphrases.h"
#include "tests/support/paths.h"

using namespace plumbline;
using namespace plumbline::tests;

namespace {

constexpr std::size_t kOfEach = 200;
constexpr double kFalseAlarms = 0.10;

struct TrueAnswer {
    std::string answer;
    std::string source;
};

struct Document {
    std::string text;
    std::string effective; // ISO date
};

Document readDocument(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    const std::string text = all.str();
    const std::size_t end = text.starts_with("---\n") ? text.find("\n---\n", 3) : std::string::npos;
    Document document{end == std::string::npos ? text : text.substr(end + 5), {}};
    const std::size_t date = text.find("effective: ");
    if (end != std::string::npos && date < end) {
        document.effective = text.substr(date + 11, 10);
    }
    return document;
}

std::vector<TrueAnswer> paraphrases()
{
    std::vector<TrueAnswer> answers;
    std::ifstream in(sourceDirectory() / "tests/quality/groundedness/paraphrases.jsonl");
    std::map<std::string, Document> documents;
    for (std::string line; std::getline(in, line);) {
        const auto row = nlohmann::json::parse(line);
        const auto file = row.at("file").get<std::string>();
        if (!documents.contains(file)) {
            documents[file] = readDocument(sourceDirectory() / "corpus/documents" / file);
        }
        const Document& document = documents[file];
        TrueAnswer answer{row.at("answer"), document.text};
        // Every second answer also says since when the document is in force, in another notation than the
        // source.
        if (!document.effective.empty()) {
            answer.source += "\nIn force since " + document.effective + ".\n";
            if (answers.size() % 2 == 0) {
                answer.answer += " The document has been in force since " + inWords(document.effective) + ".";
            }
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

void addByRule(const std::filesystem::path& folder, std::vector<TrueAnswer>& answers)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".md") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        const Document document = readDocument(file);
        for (const std::string& answer : ruleParaphrases(document.text)) {
            answers.push_back({answer, document.text});
        }
    }
}

// Made by rule, over the sample corpus and, where it is there, the incident handbook that nobody here wrote.
std::vector<TrueAnswer> byRule()
{
    std::vector<TrueAnswer> answers;
    addByRule(sourceDirectory() / "corpus/documents", answers);
    if (const auto shared = sharedData()) {
        addByRule(*shared / "corpora", answers);
    }
    return answers;
}

std::vector<TrueAnswer> all()
{
    auto answers = paraphrases();
    const auto more = byRule();
    answers.insert(answers.end(), more.begin(), more.end());
    return answers;
}

bool unsupported(const TrueAnswer& answer)
{
    const auto verdict = grounding::ground(answer.answer, {answer.source});
    return verdict && !verdict->supported;
}

std::string folded(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c != '`' && c != '\n') {
            out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        }
    }
    return out;
}

// The detector that only asks whether the source has the sentence, word for word.
bool unsupportedVerbatim(const TrueAnswer& answer)
{
    return folded(answer.source).find(folded(answer.answer)) == std::string::npos;
}

std::vector<TrueAnswer> mutants(const std::vector<TrueAnswer>& answers, Mutation kind)
{
    std::vector<TrueAnswer> broken;
    std::mt19937 random(7U + static_cast<unsigned>(kind));
    for (int round = 0; round < 40 && broken.size() < kOfEach; ++round) {
        for (const TrueAnswer& answer : answers) {
            if (broken.size() == kOfEach) {
                break;
            }
            const auto text = mutate(answer.answer, kind, random);
            const bool known = !text || std::ranges::any_of(broken, [&](const TrueAnswer& one) {
                return one.answer == *text;
            });
            if (!known) {
                broken.push_back({*text, answer.source});
            }
        }
    }
    return broken;
}

double share(const std::vector<TrueAnswer>& answers, bool (*says)(const TrueAnswer&), bool wanted,
             const char* name)
{
    std::size_t count = 0;
    for (const TrueAnswer& answer : answers) {
        const bool said = says(answer);
        count += said ? 1U : 0U;
        if (said != wanted && qEnvironmentVariableIsSet("PLUMBLINE_SHOW_MISSES")) {
            qInfo("%s: %s", name, answer.answer.c_str());
        }
    }
    return static_cast<double>(count) / static_cast<double>(answers.size());
}

} // namespace

class TestGroundingMutations : public QObject {
    Q_OBJECT

private slots:
    void leavesTrueAnswersAlone()
    {
        const auto answers = paraphrases();
        QVERIFY(answers.size() >= 200);
        const double alarms = share(answers, unsupported, false, "false alarm");
        qInfo("false alarms: %.3f of %zu", alarms, answers.size());
        QVERIFY2(alarms <= kFalseAlarms, qPrintable(QString::number(alarms)));
    }

    void leavesTrueAnswersMadeByRuleAlone()
    {
        const auto answers = byRule();
        const double alarms = share(answers, unsupported, false, "false alarm by rule");
        qInfo("by rule: false alarms %.3f of %zu", alarms, answers.size());
        QVERIFY2(alarms <= kFalseAlarms, qPrintable(QString::number(alarms)));
    }

    void findsWhatWasChanged_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<double>("least");
        for (int i = 0; i < static_cast<int>(kMutations.size()); ++i) {
            QTest::newRow(kMutations[static_cast<std::size_t>(i)].second) << i << (i < 4 ? 0.90 : 0.70);
        }
    }

    void findsWhatWasChanged()
    {
        QFETCH(int, index);
        QFETCH(double, least);
        const auto& [kind, name] = kMutations[static_cast<std::size_t>(index)];
        const auto broken = mutants(all(), kind);
        const double recall = share(broken, unsupported, true, name);
        qInfo("%s: recall %.3f of %zu", name, recall, broken.size());
        QCOMPARE(broken.size(), kOfEach);
        QVERIFY2(recall >= least, qPrintable(QString::number(recall)));
    }

    // The code says of itself what is measured here.
    void theMeasuredQualityHolds()
    {
        if (!sharedData()) {
            QSKIP("the figures include answers over ../shared/data/corpora");
        }
        double found = 0;
        for (const auto& [kind, name] : kMutations) {
            found +=
                share(mutants(all(), kind), unsupported, true, name) / static_cast<double>(kMutations.size());
        }
        const double passed = 1 - share(all(), unsupported, false, "true");
        const auto quality = grounding::detectorQuality(grounding::AnswerKind::Policies);
        QVERIFY2(std::abs(found - quality.sensitivity.value) < 0.01, qPrintable(QString::number(found)));
        QVERIFY2(std::abs(passed - quality.specificity.value) < 0.01, qPrintable(QString::number(passed)));
    }

    // What is measured here cannot be had by looking the sentence up.
    void aLookUpOfTheSentenceFails()
    {
        const double alarms = share(paraphrases(), unsupportedVerbatim, false, "verbatim");
        qInfo("look-up of the sentence: false alarms %.3f", alarms);
        QVERIFY(alarms > kFalseAlarms);
    }
};

QTEST_APPLESS_MAIN(TestGroundingMutations)
#include "tst_grounding_mutations.moc"
