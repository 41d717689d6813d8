#include <cmath>

#include <QTest>

#include "app/retrieval/ranked_index.h"
#include "app/retrieval/text_analysis.h"

using namespace plumbline;
using namespace plumbline::retrieval;

namespace {

// Words as the index cuts them, and nothing known about them.
class BareModel final : public TextModel {
public:
    std::vector<Term> terms(std::string_view text) const override { return TextAnalyser().terms(text); }
    double rarity(std::string_view) const override { return 1; }
    bool known(std::string_view) const override { return true; }
    std::vector<std::string> synonymTerms(std::string_view) const override { return {}; }
    std::vector<float> embed(std::string_view) const override { return {}; }
};

} // namespace

class RerankTest : public QObject {
    Q_OBJECT

private slots:
    void featuresAreShares_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("heading");
        QTest::addColumn<QString>("body");
        QTest::addColumn<double>("inHeading");
        QTest::addColumn<double>("phrase");
        QTest::addColumn<double>("proximity");
        QTest::addColumn<double>("identifier");
        QTest::newRow("nothing matches") << "lost card"
                                         << "Keys"
                                         << "Rotate it." << 0.0 << 0.0 << 0.0 << 0.0;
        QTest::newRow("the words of the question in a row")
            << "block a lost card"
            << ""
            << "to block the lost card" << 0.0 << 1.0 << 1.0 << 0.0;
        QTest::newRow("the same words in another order") << "lost card"
                                                         << ""
                                                         << "card lost" << 0.0 << 0.5 << 1.0 << 0.0;
        QTest::newRow("another word between") << "lost card"
                                              << ""
                                              << "lost bank card" << 0.0 << 0.5 << 2.0 / 3 << 0.0;
        QTest::newRow("half of it in the heading") << "lost card"
                                                   << "Cards"
                                                   << "Rotate it." << 0.5 << 0.0 << 0.0 << 0.0;
        QTest::newRow("an identifier in the heading counts") << "CVE-2024-3094"
                                                             << "CVE-2024-3094"
                                                             << "Patch" << 1.0 << 0.0 << 0.0 << 1.0;
        QTest::newRow("one of two numbers is there") << "limits 500 900"
                                                     << ""
                                                     << "the 500" << 0.0 << 1.0 / 3 << 0.0 << 0.5;
        QTest::newRow("only stop words are asked") << "what is it"
                                                   << "It"
                                                   << "is it" << 0.0 << 0.0 << 0.0 << 0.0;
    }
    void featuresAreShares()
    {
        QFETCH(QString, query);
        QFETCH(QString, heading);
        QFETCH(QString, body);
        const std::string above = heading.toStdString();
        const std::string text = body.toStdString();
        const auto features = rerankFeatures(BareModel(), query.toStdString(), {"", above, text});
        QTEST(features.heading, "inHeading");
        QTEST(features.phrase, "phrase");
        QTEST(features.proximity, "proximity");
        QTEST(features.identifier, "identifier");
    }

    void theScoreStaysBetweenZeroAndOne()
    {
        Profile profile;
        QCOMPARE(rerankScore(0, {}, profile), 0.0);
        QVERIFY(std::abs(rerankScore(1, {1, 1, 1, 1}, profile) - 1) < 1e-12);
        QVERIFY(rerankScore(0.5, {0, 1, 0, 0}, profile) > rerankScore(0.5, {}, profile));
        profile.headingWeight = profile.phraseWeight = profile.proximityWeight = profile.identifierWeight = 0;
        QCOMPARE(rerankScore(0.5, {1, 1, 1, 1}, profile), 0.5);
    }

    void cosineOfNothingIsZero()
    {
        QCOMPARE(cosine({}, {1.0F}), 0.0);
        QCOMPARE(cosine({0.6F, 0.8F}, {1.0F, 0.0F}), static_cast<double>(0.6F));
    }
};

QTEST_APPLESS_MAIN(RerankTest)
#include "tst_rerank.moc"
