#include <cmath>
#include <fstream>
#include <thread>

#include <QTest>

#include "app/base/file.h"
#include "app/retrieval/dot_product.h"
#include "app/retrieval/randomised_svd.h"
#include "app/retrieval/ranked_index.h"
#include "app/retrieval/vector_file.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using plumbline::tests::TemporaryFolder;

namespace {

const std::vector<std::string> kTexts = {
    "Rotate the signing key of the payments gateway every ninety days.",
    "The signing key is kept in the hardware security module.",
    "A lost card is blocked at once by the card desk.",
    "The card desk sends a new card within five days.",
    "Keys in the hardware security module are rotated by two custodians.",
    "A stolen card is reported to the fraud team by the card desk.",
};

std::unique_ptr<SegmentWriter> written(const std::filesystem::path& folder,
                                       const std::vector<std::string>& texts)
{
    auto writer = SegmentWriter::create(folder);
    if (!writer)
        return nullptr;
    for (const std::string& text : texts) {
        if (!(*writer)->add({"", "", text}))
            return nullptr;
    }
    return std::move(*writer);
}

} // namespace

class LatentSpaceTest : public QObject {
    Q_OBJECT

private slots:
    void singularValuesAreTheMatrixs()
    {
        // 3 0 0 / 0 2 0 / 0 0 1 has these by construction.
        SparseRows matrix;
        matrix.columns = 3;
        matrix.ends = {1, 2, 3};
        matrix.index = {0, 1, 2};
        matrix.value = {3, 2, 1};
        const Axes axes = leadingAxes(matrix, 2, {});
        QCOMPARE(axes.dimensions, std::size_t{2});
        QVERIFY(std::abs(axes.singular[0] - 3) < 1e-4);
        QVERIFY(std::abs(axes.singular[1] - 2) < 1e-4);
        QVERIFY(std::abs(std::abs(axes.rows[0]) - 1) < 1e-4); // first column, first axis
    }

    void sameTextsGiveTheSameSpace()
    {
        TemporaryFolder folder;
        const auto first = written(folder.path() / "a", kTexts);
        const auto second = written(folder.path() / "b", kTexts);
        QVERIFY(first && second);
        const auto left = LatentSpace::fit({first.get()}, 4, {});
        const auto right = LatentSpace::fit({second.get()}, 4, {});
        QVERIFY(left && right);
        QCOMPARE((*left)->identity(), (*right)->identity());
    }

    void anEmptyCorpusHasASpaceWithoutDimensions()
    {
        TemporaryFolder folder;
        const auto writer = written(folder.path() / "a", {});
        const auto space = LatentSpace::fit({writer.get()}, 200, {});
        QVERIFY(space);
        QVERIFY((*space)->save(folder.path() / "space"));
        QVERIFY(writer->finish(**space, {}));
        const auto index = RankedIndex::open({folder.path() / "a"}, folder.path() / "space", {});
        QVERIFY(index);
        QVERIFY((*index)->embed("key").empty());
        QVERIFY((*index)->candidates({"key"}, {}, nullptr, 10, {})->empty());
    }

    void driftIsTheShareOfUnknownWords()
    {
        TemporaryFolder folder;
        const auto known = written(folder.path() / "a", kTexts);
        const auto space = LatentSpace::fit({known.get()}, 4, {});
        const auto alien = written(folder.path() / "b", {"zebra zebra giraffe giraffe", "zebra giraffe"});
        QVERIFY(space);
        QCOMPARE((*space)->drift({known.get()}), 0.0);
        QCOMPARE((*space)->drift({alien.get()}), 1.0);
        const double both = (*space)->drift({known.get(), alien.get()});
        QVERIFY(both > 0 && both < 1);
    }

    void savedAndLoadedItIsTheSame()
    {
        TemporaryFolder folder;
        const auto writer = written(folder.path() / "a", kTexts);
        const auto space = LatentSpace::fit({writer.get()}, 4, {});
        QVERIFY(space && (*space)->save(folder.path() / "space"));
        const auto loaded = LatentSpace::load(folder.path() / "space");
        QVERIFY(loaded);
        QCOMPARE((*loaded)->identity(), (*space)->identity());
    }

    void aDamagedFileIsCorrupt_data()
    {
        QTest::addColumn<int>("keep");
        QTest::addColumn<int>("flip");
        QTest::newRow("a byte of the content is flipped") << -1 << 120;
        QTest::newRow("a byte of the magic is flipped") << -1 << 0;
        QTest::newRow("the tail is missing") << 200 << -1;
        QTest::newRow("the file is empty") << 0 << -1;
    }
    void aDamagedFileIsCorrupt()
    {
        QFETCH(int, keep);
        QFETCH(int, flip);
        TemporaryFolder folder;
        const auto file = folder.path() / "space";
        const auto writer = written(folder.path() / "a", kTexts);
        const auto space = LatentSpace::fit({writer.get()}, 4, {});
        QVERIFY(space && (*space)->save(file));
        std::string content = *readFile(file);
        if (keep >= 0)
            content.resize(static_cast<std::size_t>(keep));
        if (flip >= 0)
            content[static_cast<std::size_t>(flip)] ^= 1;
        QVERIFY(writeFileAtomically(file, content));
        const auto loaded = LatentSpace::load(file);
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == ErrorCode::Corrupt);
        QVERIFY(loaded.error().message.find("plumbline index --rebuild") != std::string::npos);
    }

    void stoppingIsCancelled()
    {
        TemporaryFolder folder;
        const auto writer = written(folder.path() / "a", kTexts);
        std::stop_source stop;
        stop.request_stop();
        const auto fitted = LatentSpace::fit({writer.get()}, 4, stop.get_token());
        QVERIFY(!fitted);
        QVERIFY(fitted.error().code == ErrorCode::Cancelled);
        const auto space = LatentSpace::fit({writer.get()}, 4, {});
        const auto finished = writer->finish(**space, stop.get_token());
        QVERIFY(!finished);
        QVERIFY(finished.error().code == ErrorCode::Cancelled);
    }

    void theFastDotProductIsThePlainOne()
    {
        std::vector<std::int16_t> query(224);
        std::vector<std::int8_t> row(224);
        for (std::size_t i = 0; i < query.size(); ++i) {
            query[i] = static_cast<std::int16_t>(static_cast<int>(i * 7919 % 8191) - 4095);
            row[i] = static_cast<std::int8_t>(static_cast<int>(i * 104'729 % 255) - 127);
        }
        QCOMPARE(fastestDotCoarse()(query.data(), row.data(), row.size()),
                 dotCoarsePlain(query.data(), row.data(), row.size()));
    }

    void vectorsComeBackAsWritten()
    {
        TemporaryFolder folder;
        const std::vector<float> rows = {1, 0, 0, 0.6F, 0.8F, 0, 0, 0, 0};
        QVERIFY(writeVectors(folder.path() / "v", rows, 3, "space"));
        const auto file = VectorFile::open(folder.path() / "v");
        QVERIFY(file);
        QCOMPARE((*file)->size(), std::size_t{3});
        QCOMPARE((*file)->space(), std::string("space"));
        const ScanQuery query = scanQuery(std::vector<float>{0.6F, 0.8F, 0});
        QVERIFY(std::abs((*file)->cosine(query, 0) - 0.6) < 1e-3);
        QVERIFY(std::abs((*file)->cosine(query, 1) - 1.0) < 1e-3);
        QCOMPARE((*file)->cosine(query, 2), 0.0);
    }
};

QTEST_APPLESS_MAIN(LatentSpaceTest)
#include "tst_latent_space.moc"
