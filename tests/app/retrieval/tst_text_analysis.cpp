#include <algorithm>

#include <QTest>

#include "app/retrieval/text_analysis.h"

using namespace plumbline;
using namespace plumbline::retrieval;

namespace {

// "rotat the* 2024# cve-2024-3094!": * stop word, # number, ! identifier.
QString drawn(std::string_view text)
{
    TextAnalyser analyser;
    QStringList words;
    for (const Term& term : analyser.terms(text)) {
        words << QString::fromStdString(term.text) + (term.stopWord ? "*" : "") + (term.number ? "#" : "") +
                     (term.identifier ? "!" : "");
    }
    return words.join(' ');
}

} // namespace

class TextAnalysisTest : public QObject {
    Q_OBJECT

private slots:
    void cutsIntoTerms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("terms");
        QTest::newRow("words are stemmed and folded") << "Rotating KEYS"
                                                      << "rotat key";
        QTest::newRow("stop words are marked, not dropped") << "the key of us"
                                                            << "the* key of* us*";
        QTest::newRow("IT and US are words, it and us are not") << "IT it US"
                                                                << "it it* us";
        QTest::newRow("an identifier comes whole and in parts") << "payments-api"
                                                                << "payments-api! payment api";
        QTest::newRow("a vulnerability keeps its number") << "CVE-2024-3094"
                                                          << "cve-2024-3094! cve 2024# 3094#";
        QTest::newRow("a version comes whole and in parts") << "10.4.1"
                                                            << "10.4.1#! 10# 4# 1#";
        QTest::newRow("an amount is found with and without its sign") << "£10,000."
                                                                      << "£10000! 10000#";
        QTest::newRow("a decimal number is one term") << "1,452.4 at 10:30"
                                                      << "1452.4# at* 10:30#";
        QTest::newRow("a list of numbers is not one number") << "1,2,3"
                                                             << "1# 2# 3#";
        QTest::newRow("a number and its unit") << "72h"
                                               << "72h! 72# h";
        QTest::newRow("camel case opens up") << "DiffExecutor"
                                             << "diffexecutor! diff executor";
        QTest::newRow("capitals before a word are one part") << "HTTPServer"
                                                             << "httpserver! http server";
        QTest::newRow("a possessive is the word itself") << "customer's bank’s"
                                                         << "custom bank";
        QTest::newRow("tags of HTML are no words") << "<td class=\"sev\">keys</td><br>for <user>"
                                                   << "key for* user";
        QTest::newRow("a contraction is one word") << "don't"
                                                   << "dont*";
        QTest::newRow("an acronym with dots is one word") << "U.K. e.g."
                                                          << "uk eg*";
        QTest::newRow("a slash separates words and joins dates") << "and/or 01/02"
                                                                 << "and* or* 01/02! 01# 02#";
        QTest::newRow("full-width letters fold to the usual") << "ＫＹＣ"
                                                              << "kyc";
        QTest::newRow("letters of other scripts are words") << "Überweisung Банк"
                                                            << "überweisung банк";
        QTest::newRow("ideographs stand alone") << "銀行"
                                                << "銀 行";
        QTest::newRow("broken bytes separate words") << QString() << "key rotat";
        QTest::newRow("punctuation alone is nothing") << "-- ... £ $ ''"
                                                      << "";
    }
    void cutsIntoTerms()
    {
        QFETCH(QString, text);
        QFETCH(QString, terms);
        QCOMPARE(drawn(text.isNull() ? "key\xff\xc3rotation" : text.toStdString()), terms);
    }

    void spansAreCodePoints()
    {
        TextAnalyser analyser;
        const auto terms = analyser.terms("Grüße: payments-api £10,000");
        QCOMPARE(terms.size(), std::size_t{6});
        QCOMPARE(terms[0].span, (Span{0, 5}));
        for (std::size_t i = 1; i < 4; ++i)
            QCOMPARE(terms[i].span, (Span{7, 19})); // the parts share the place of the whole
        QCOMPARE(terms[4].span, (Span{20, 27}));
    }

    void aLongRunIsCutToALength()
    {
        TextAnalyser analyser;
        for (const std::string& text : {std::string(5000, 'x'), std::string(5000, '7')}) {
            const auto terms = analyser.terms(text);
            QCOMPARE(terms.size(), std::size_t{1});
            QCOMPARE(terms.front().text.size(), std::size_t{64});
            QCOMPARE(terms.front().span.end, std::size_t{5000});
        }
    }

    void theSameWordHasTheSameNumber()
    {
        TextAnalyser analyser;
        std::vector<Token> tokens;
        analyser.analyse("rotating keys, rotated key", tokens);
        QCOMPARE(tokens[0].term, tokens[2].term);
        QCOMPARE(tokens[1].term, tokens[3].term);
        QCOMPARE(analyser.vocabulary(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TextAnalysisTest)
#include "tst_text_analysis.moc"
