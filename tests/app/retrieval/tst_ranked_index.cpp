#include <algorithm>
#include <cmath>

#include <QTest>

#include "app/base/file.h"
#include "app/retrieval/ranked_index.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using plumbline::tests::TemporaryFolder;

namespace {

const std::vector<std::string> kFirst = {
    "Rotate the signing key of payments-api every 90 days.",
    "A lost card is blocked at once by the card desk.",
    "The key custodian keeps the key ceremony record for seven years.",
};
const std::vector<std::string> kSecond = {
    "CVE-2024-3094 is patched in version 10.4.1 of the archive tool.",
    "Transfers above £10,000 by SCT Inst need a second approval.",
    "Customer due diligence is renewed each year.",
    "The card desk sends a new card within five days.",
};

// An index of two segments below `folder`.
Result<std::shared_ptr<const RankedIndex>> indexOf(const std::filesystem::path& folder,
                                                   const Synonyms& synonyms = {},
                                                   const std::vector<std::string>& first = kFirst,
                                                   const std::vector<std::string>& second = kSecond)
{
    std::vector<std::unique_ptr<SegmentWriter>> writers;
    for (const auto* texts : {&first, &second}) {
        auto writer = SegmentWriter::create(folder / std::to_string(writers.size()));
        if (!writer)
            return tl::unexpected(writer.error());
        for (const std::string& text : *texts) {
            if (auto added = (*writer)->add({"", "", text}); !added)
                return tl::unexpected(added.error());
        }
        writers.push_back(std::move(*writer));
    }
    const auto space = LatentSpace::fit({writers[0].get(), writers[1].get()}, 4, {});
    if (!space)
        return tl::unexpected(space.error());
    if (auto saved = (*space)->save(folder / "space"); !saved)
        return tl::unexpected(saved.error());
    for (const auto& writer : writers) {
        if (auto finished = writer->finish(**space, {}); !finished)
            return tl::unexpected(finished.error());
    }
    return RankedIndex::open({folder / "0", folder / "1"}, folder / "space", synonyms);
}

Profile lexicalOnly()
{
    Profile profile;
    profile.vectorWeight = 0;
    return profile;
}

} // namespace

class RankedIndexTest : public QObject {
    Q_OBJECT

private slots:
    void findsWholeAndInParts_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("ordinal");
        QTest::newRow("a system by its whole name") << "payments-api" << 0;
        QTest::newRow("a system by a part of its name") << "payments" << 0;
        QTest::newRow("a vulnerability") << "CVE-2024-3094" << 3;
        QTest::newRow("a vulnerability by its number alone") << "3094" << 3;
        QTest::newRow("a version") << "10.4.1" << 3;
        QTest::newRow("two words of a scheme") << "SCT Inst" << 4;
        QTest::newRow("an amount as written") << "£10,000" << 4;
        QTest::newRow("an amount without its separators") << "10000" << 4;
        QTest::newRow("another form of a word") << "rotation of keys" << 0;
    }
    void findsWholeAndInParts()
    {
        QFETCH(QString, query);
        QFETCH(int, ordinal);
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        const auto found = (*index)->candidates({query.toStdString()}, lexicalOnly(), nullptr, 10, {});
        QVERIFY(found && !found->empty());
        QCOMPARE(found->front().ordinal, static_cast<std::uint32_t>(ordinal));
    }

    void segmentsReadAsOne()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        QCOMPARE((*index)->chunks(), kFirst.size() + kSecond.size());
        QCOMPARE((*index)->chunks(1), kSecond.size());
        for (std::uint32_t i = 0; i < 7; ++i) {
            const std::string& text = i < 3 ? kFirst[i] : kSecond[i - 3];
            const auto found = (*index)->candidates({text}, {}, nullptr, 10, {});
            QVERIFY(found);
            QCOMPARE(found->front().ordinal, i);
        }
    }

    void scoresKeepTheirPromises()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        const auto found = (*index)->candidates({"card desk key"}, {}, nullptr, 10, {});
        QVERIFY(found && found->size() >= 4);
        for (std::size_t i = 0; i < found->size(); ++i) {
            QVERIFY((*found)[i].fused >= 0 && (*found)[i].fused <= 1);
            QVERIFY(i == 0 || (*found)[i - 1].fused >= (*found)[i].fused);
        }
        QVERIFY((*index)->maximumLexical("card desk key", {}) > 0);
        QCOMPARE((*index)->maximumLexical("the of", {}), 0.0);
    }

    void theGateKeepsOut()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        Allowed allowed(7, true);
        allowed[1] = false;
        allowed[3] = false;
        for (const char* query : {"card desk", "CVE-2024-3094 archive tool"}) {
            const auto found = (*index)->candidates({query}, {}, &allowed, 10, {});
            QVERIFY(found);
            QVERIFY(
                std::ranges::none_of(*found, [&](const Candidate& one) { return !allowed[one.ordinal]; }));
        }
        QVERIFY((*index)->candidates({"card"}, {}, &(allowed = Allowed(7, false)), 10, {})->empty());
    }

    void theGateTakesAwayAndChangesNothingElse_data()
    {
        QTest::addColumn<int>("from"); // chunks kept out: every `step`th of [from, to)
        QTest::addColumn<int>("to");
        QTest::addColumn<int>("step");
        QTest::newRow("nothing is kept out") << 0 << 0 << 1;
        QTest::newRow("one of ten, here and there") << 0 << 400 << 10;
        QTest::newRow("one of five, and they are the best") << 0 << 80 << 1;
        QTest::newRow("three of four") << 80 << 380 << 1;
        QTest::newRow("everything") << 0 << 400 << 1;
    }

    // However the filter is done: the best of the usable ones are the best of all, less those kept out.
    void theGateTakesAwayAndChangesNothingElse()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(int, step);
        std::vector<std::string> texts; // the longer, the lower
        for (int i = 0; i < 400; ++i) {
            texts.push_back("Card");
            for (int word = 0; word < i; ++word)
                texts.back() += " plain";
        }
        TemporaryFolder folder;
        const auto index = indexOf(folder.path(), {}, {texts.begin(), texts.begin() + 150},
                                   {texts.begin() + 150, texts.end()});
        QVERIFY(index);
        Allowed allowed(400, true);
        for (int i = from; i < to; i += step)
            allowed[static_cast<std::size_t>(i)] = false;
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < 400 && expected.size() < 20; ++i) {
            if (allowed[i])
                expected.push_back(i);
        }
        const auto found = (*index)->candidates({"card"}, lexicalOnly(), &allowed, 20, {});
        QVERIFY(found);
        std::vector<std::uint32_t> ordinals;
        for (const Candidate& candidate : *found)
            ordinals.push_back(candidate.ordinal);
        QCOMPARE(ordinals, expected);
    }

    void theSameScoresForGivenChunks()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        const auto found = (*index)->candidates({"key of the card desk"}, {}, nullptr, 10, {});
        QVERIFY(found);
        for (const Candidate& candidate : *found) {
            const auto scored = (*index)->score({"key of the card desk"}, {}, {6, candidate.ordinal, 0});
            QVERIFY(scored && scored->size() == 3);
            QCOMPARE((*scored)[1].ordinal, candidate.ordinal);
            QCOMPARE((*scored)[1].fused, candidate.fused);
            const auto shares = (*index)->explain("key of the card desk", {}, candidate.ordinal);
            QVERIFY(shares);
            double sum = 0;
            for (const TermWeight& share : *shares)
                sum += share.weight;
            QVERIFY(std::abs(sum - candidate.lexical) < 1e-9);
        }
    }

    void builtTwiceItRanksTheSame()
    {
        TemporaryFolder folder;
        std::filesystem::create_directory(folder.path() / "a");
        std::filesystem::create_directory(folder.path() / "b");
        const auto first = indexOf(folder.path() / "a");
        const auto second = indexOf(folder.path() / "b");
        QVERIFY(first && second);
        const auto left = (*first)->candidates({"who rotates the key of the card desk"}, {}, nullptr, 10, {});
        const auto right =
            (*second)->candidates({"who rotates the key of the card desk"}, {}, nullptr, 10, {});
        QVERIFY(left && right);
        QCOMPARE(left->size(), right->size());
        for (std::size_t i = 0; i < left->size(); ++i) {
            QCOMPARE((*left)[i].ordinal, (*right)[i].ordinal);
            QVERIFY((*left)[i].fused == (*right)[i].fused); // bit for bit
        }
    }

    void synonymsFindWhatWasNotSaid()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path(), {{"kyc", "customer due diligence"}});
        QVERIFY(index);
        QCOMPARE((*index)->synonymTerms("Is KYC renewed?"),
                 (std::vector<std::string>{"custom", "due", "dilig"}));
        QCOMPARE((*index)->synonymTerms("customer due diligence"), (std::vector<std::string>{"kyc"}));
        QVERIFY((*index)->synonymTerms("due customer").empty());
        const auto found = (*index)->candidates({"kyc"}, lexicalOnly(), nullptr, 10, {});
        QVERIFY(found && !found->empty());
        QCOMPARE(found->front().ordinal, 5U);
        Profile without = lexicalOnly();
        without.synonymWeight = 0;
        QVERIFY((*index)->candidates({"kyc"}, without, nullptr, 10, {})->empty());
    }

    void rareWordsAreRarer()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        QVERIFY(index);
        QVERIFY((*index)->known("card") && !(*index)->known("zebra"));
        QVERIFY((*index)->rarity("dilig") > (*index)->rarity("card"));
        QVERIFY((*index)->rarity("zebra") > (*index)->rarity("dilig"));
        QCOMPARE((*index)->rarity("zebra"), std::log(1 + 7.5 / 0.5));
        QVERIFY(std::abs(cosine((*index)->embed("card desk"), (*index)->embed("card desk")) - 1) < 1e-5);
        QVERIFY((*index)->embed("zebra").empty());
    }

    void aStopIsCancelled()
    {
        TemporaryFolder folder;
        const auto index = indexOf(folder.path());
        std::stop_source stop;
        stop.request_stop();
        const auto found = (*index)->candidates({"card"}, {}, nullptr, 10, stop.get_token());
        QVERIFY(!found);
        QVERIFY(found.error().code == ErrorCode::Cancelled);
    }

    void damageIsCorrupt_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("content");
        QTest::newRow("the space is gone") << "space" << QString();
        QTest::newRow("the vectors are gone") << "1/vectors.bin" << QString();
        QTest::newRow("the vectors are cut short") << "1/vectors.bin"
                                                   << "PLVECT01";
        QTest::newRow("the vectors are something else") << "0/vectors.bin" << QString(500, 'x');
        QTest::newRow("the terms are gone") << "0/lexical" << QString();
        QTest::newRow("the terms are something else") << "0/lexical/iamglass"
                                                      << "nonsense";
    }
    void damageIsCorrupt()
    {
        QFETCH(QString, file);
        QFETCH(QString, content);
        TemporaryFolder folder;
        QVERIFY(indexOf(folder.path()));
        const auto path = folder.path() / file.toStdString();
        std::filesystem::remove_all(path);
        if (!content.isNull())
            QVERIFY(writeFileAtomically(path, content.toStdString()));
        const auto index =
            RankedIndex::open({folder.path() / "0", folder.path() / "1"}, folder.path() / "space", {});
        QVERIFY(!index);
        QVERIFY(index.error().code == ErrorCode::Corrupt);
        QVERIFY(index.error().message.find("plumbline index --rebuild") != std::string::npos);
    }

    void aFlippedByteInTheHeadIsCorrupt()
    {
        TemporaryFolder folder;
        QVERIFY(indexOf(folder.path()));
        const auto path = folder.path() / "0" / "vectors.bin";
        std::string content = *readFile(path);
        content[16] ^= 1; // the count of rows
        QVERIFY(writeFileAtomically(path, content));
        const auto index = RankedIndex::open({folder.path() / "0"}, folder.path() / "space", {});
        QVERIFY(!index);
        QVERIFY(index.error().code == ErrorCode::Corrupt);
    }

    void vectorsOfAnotherSpaceAreCorrupt()
    {
        TemporaryFolder folder;
        QVERIFY(indexOf(folder.path()));
        auto other = SegmentWriter::create(folder.path() / "other");
        QVERIFY(other && (*other)->add({"", "", "something else entirely"}));
        const auto space = LatentSpace::fit({other->get()}, 4, {});
        QVERIFY(space && (*space)->save(folder.path() / "space"));
        const auto index = RankedIndex::open({folder.path() / "0"}, folder.path() / "space", {});
        QVERIFY(!index);
        QVERIFY(index.error().code == ErrorCode::Corrupt);
    }

    void aFolderThatIsThereIsNotWrittenOver()
    {
        TemporaryFolder folder;
        const auto writer = SegmentWriter::create(folder.path());
        QVERIFY(!writer);
        QVERIFY(writer.error().code == ErrorCode::Io);
    }

    void noIndexAtAllIsEmpty()
    {
        TemporaryFolder folder;
        QVERIFY(indexOf(folder.path()));
        const auto index = RankedIndex::open({}, folder.path() / "space", {});
        QVERIFY(index);
        QCOMPARE((*index)->chunks(), std::size_t{0});
        QVERIFY((*index)->candidates({"card"}, {}, nullptr, 10, {})->empty());
    }
};

QTEST_APPLESS_MAIN(RankedIndexTest)
#include "tst_ranked_index.moc"
