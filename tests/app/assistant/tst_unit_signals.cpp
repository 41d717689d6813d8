// Which words of a question the document of a sentence lacks, by their place in the question.
#include <QTest>

#include <set>

#undef signals // the header has parameters called so

#include "app/assistant/unit_signals.h"

using namespace plumbline;
using assistant::Signal;

namespace {

// Words cut at blanks; "may" and "a" are stop words; all weigh the same.
class BlankWords final : public retrieval::TextModel {
public:
    std::vector<retrieval::Term> terms(std::string_view text) const override
    {
        std::vector<retrieval::Term> all;
        std::size_t at = 0;
        for (const std::string_view word : split(text, ' ')) {
            retrieval::Term term;
            term.text = std::string(word);
            term.span = {at, at + word.size()};
            term.stopWord = word == "may" || word == "a";
            at += word.size() + 1;
            all.push_back(std::move(term));
        }
        return all;
    }
    double rarity(std::string_view) const override { return 2; }
    bool known(std::string_view) const override { return true; }
    std::vector<std::string> synonymTerms(std::string_view) const override { return {}; }
    std::vector<float> embed(std::string_view) const override { return {}; }
};

retrieval::Passage passageOf(const std::string& document, const std::string& text)
{
    retrieval::Passage passage;
    passage.document = document;
    passage.title = "title";
    passage.text = text;
    passage.span = {0, text.size()};
    corpus::Unit unit;
    unit.kind = corpus::UnitKind::Sentence;
    unit.span = passage.span;
    passage.units = {unit};
    return passage;
}

} // namespace

class TestUnitSignals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhichWordsTheDocumentLacks_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<QList<double>>("lacks"); // first, second, last but one, last, share
        QTest::newRow("none") << "limit orders shop" << QList<double>{0, 0, 0, 0, 0};
        QTest::newRow("what is asked for") << "pages may shop orders" << QList<double>{1, 0, 0, 0, 1.0 / 3};
        QTest::newRow("what it is about") << "limit orders branch" << QList<double>{0, 0, 0, 1, 1.0 / 3};
        QTest::newRow("a word of another passage of the document is there")
            << "limit deliveries" << QList<double>{0, 0, 0, 0, 0};
        QTest::newRow("a word of another document is not")
            << "limit orders kiosk" << QList<double>{0, 0, 0, 1, 1.0 / 3};
        QTest::newRow("one word is first and last") << "pages" << QList<double>{1, 0, 0, 1, 1};
        QTest::newRow("only stop words") << "may a" << QList<double>{0, 0, 0, 0, 0};
    }
    void tellsWhichWordsTheDocumentLacks()
    {
        QFETCH(QString, question);
        QFETCH(QList<double>, lacks);
        const BlankWords words;
        const std::string sentence = "a limit may stop orders";
        const std::vector<retrieval::Passage> found = {
            passageOf("one", sentence), passageOf("one", "shop deliveries"), passageOf("two", "kiosk")};
        const assistant::Question asked = assistant::analyse(question.toStdString(), words);
        const assistant::Signals all = assistant::UnitSignals(asked, found, 3, words).measure(0, 0, sentence);
        const auto first = static_cast<std::size_t>(Signal::FarFirst);
        for (qsizetype i = 0; i < lacks.size(); ++i) {
            const double measured = all[first + static_cast<std::size_t>(i)];
            QVERIFY2(qAbs(measured - lacks[i]) < 1e-9, assistant::nameOf(first).data());
        }
    }
    void namesEverySignal()
    {
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < assistant::kSignals; ++i) {
            names.insert(assistant::nameOf(i));
        }
        QCOMPARE(names.size(), assistant::kSignals);
        QVERIFY(names.contains("far_last_but_one"));
    }
};

QTEST_GUILESS_MAIN(TestUnitSignals)
#include "tst_unit_signals.moc"
