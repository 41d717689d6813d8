#include "app/corpus/near_duplicates.h"

#include <string>

#include <QtTest/QtTest>

using namespace plumbline::corpus;

class TestNearDuplicates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void estimatesSimilarity();
    void ignoresCaseAndPunctuation();
    void leavesEmptyTextsApart();
    void staysCheapWithManyCopies();
};

namespace {

// `words` words; every `every`-th one is taken from another vocabulary.
std::string text(int words, int seed, int every)
{
    std::string out;
    for (int i = 0; i < words; ++i) {
        const bool other = every > 0 && i % every == 0;
        out += (other ? "o" + std::to_string(seed) + "x" : "w") + std::to_string(i * 7919 % 3001) + ' ';
    }
    return out;
}

} // namespace

void TestNearDuplicates::estimatesSimilarity()
{
    // One word of 200 changed touches 5 of 200 shingles: a Jaccard similarity of about 0.95; one of 10 about
    // 0.3.
    const auto pairs = nearDuplicates(
        {minHash(text(2'000, 1, 0)), minHash(text(2'000, 1, 200)), minHash(text(2'000, 2, 10))}, 0.85);
    QCOMPARE(pairs.size(), std::size_t{1});
    QCOMPARE(pairs[0].first, std::size_t{0});
    QCOMPARE(pairs[0].second, std::size_t{1});
    QVERIFY(pairs[0].similarity > 0.85 && pairs[0].similarity <= 1.0);
}

void TestNearDuplicates::ignoresCaseAndPunctuation()
{
    QVERIFY(minHash("The quick brown fox jumps over it.") ==
            minHash("the QUICK, brown fox -- jumps over it"));
    QVERIFY(minHash("The quick brown fox jumps over it.") != minHash("The quick brown fox jumps under it."));
    QVERIFY(minHash("two words") == minHash("Two words!")); // fewer than a shingle
}

void TestNearDuplicates::leavesEmptyTextsApart()
{
    QVERIFY(nearDuplicates({minHash(""), minHash(" -- "), minHash("")}).empty());
}

void TestNearDuplicates::staysCheapWithManyCopies()
{
    std::vector<MinHashSignature> signatures(20'000, minHash(text(300, 1, 0)));
    for (std::size_t i = 0; i < 10'000; ++i) {
        signatures[i] = minHash(text(60, static_cast<int>(i), 3));
    }
    QElapsedTimer timer;
    timer.start();
    const auto pairs = nearDuplicates(signatures);
    QVERIFY2(timer.elapsed() < 10'000, "20,000 documents");
    std::vector<bool> paired(signatures.size());
    for (const DuplicatePair& pair : pairs) {
        QVERIFY(pair.first < pair.second);
        paired[pair.second] = true;
    }
    for (std::size_t i = 10'001; i < signatures.size(); ++i) {
        QVERIFY(paired[i]);
    }
}

QTEST_APPLESS_MAIN(TestNearDuplicates)
#include "tst_near_duplicates.moc"
