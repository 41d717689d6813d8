// Differences of texts: rows, words, moved blocks, unified text; and applying them gives the right text.
#include <random>

#include <QElapsedTimer>
#include <QtTest>

#include "app/base/sequence_match.h"
#include "app/base/text_diff.h"

using namespace plumbline;

namespace {

// One row a line: "= 1 1", "- 2", "+ 2", "~ 3 3 [0,4) [0,5)", with "> 9" and "< 1" for moves.
QByteArray drawn(const TextDiff& diff)
{
    std::string out;
    const auto spans = [](const std::vector<Span>& all) {
        std::string text;
        for (const Span& span : all) {
            text += " [" + std::to_string(span.start) + "," + std::to_string(span.end) + ")";
        }
        return text.empty() ? std::string(" []") : text;
    };
    for (const DiffRow& row : diff.rows) {
        const auto left = std::to_string(row.left);
        const auto right = std::to_string(row.right);
        switch (row.kind) {
        case DiffKind::Equal:
            out += "= " + left + " " + right;
            break;
        case DiffKind::Removed:
            out += "- " + left + (row.movedTo == 0 ? "" : " > " + std::to_string(row.movedTo));
            break;
        case DiffKind::Added:
            out += "+ " + right + (row.movedFrom == 0 ? "" : " < " + std::to_string(row.movedFrom));
            break;
        case DiffKind::Changed:
            out += "~ " + left + " " + right + spans(row.leftWords) + spans(row.rightWords);
            break;
        }
        out += "\n";
    }
    return QByteArray::fromStdString(out);
}

// Texts as people and accidents make them: words from a small stock, blank lines, CRLF, odd bytes, no last
// newline.
class Texts {
public:
    explicit Texts(unsigned seed) : m_random(seed) {}

    std::size_t upTo(std::size_t limit) { return m_random() % (limit + 1); }

    std::string line(std::size_t stock)
    {
        std::string out;
        for (std::size_t words = upTo(9); words > 0; --words) {
            out += "w" + std::to_string(upTo(stock)) + (words > 1 ? " " : "");
        }
        const std::size_t odd = upTo(60);
        return out + (odd == 0 ? "\r" : odd == 1 ? "\xFF\xC3" : odd == 2 ? std::string(1, '\0') : "");
    }

    std::vector<std::string> lines(std::size_t count, std::size_t stock)
    {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < count; ++i) {
            out.push_back(line(stock));
        }
        return out;
    }

    std::vector<std::string> edited(std::vector<std::string> lines, std::size_t edits, std::size_t stock)
    {
        for (; edits > 0; --edits) {
            const std::size_t at = upTo(lines.size());
            const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
            switch (upTo(3)) {
            case 0:
                lines.insert(place, line(stock));
                break;
            case 1:
                if (at < lines.size())
                    lines.erase(place);
                break;
            case 2:
                if (at < lines.size())
                    lines[at] += " w" + std::to_string(upTo(stock));
                break;
            default:
                move(lines);
            }
        }
        return lines;
    }

    std::string joined(const std::vector<std::string>& lines)
    {
        std::string out;
        for (const std::string& one : lines) {
            out += one + "\n";
        }
        if (!out.empty() && upTo(3) == 0) {
            out.pop_back();
        }
        return out;
    }

private:
    void move(std::vector<std::string>& lines)
    {
        const std::size_t count = std::min(lines.size(), upTo(6));
        const std::size_t from = upTo(lines.size() - count);
        const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(from);
        const std::vector<std::string> block(begin, begin + static_cast<std::ptrdiff_t>(count));
        lines.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(upTo(lines.size())), block.begin(),
                     block.end());
    }

    std::mt19937 m_random;
};

std::string numbered(std::size_t from, std::size_t to)
{
    std::string out;
    for (std::size_t i = from; i < to; ++i) {
        out += "line number " + std::to_string(i) + " says something of its own\n";
    }
    return out;
}

std::size_t lengthByTable(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right)
{
    std::vector<std::vector<std::size_t>> best(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t j = 0; j < right.size(); ++j) {
            best[i + 1][j + 1] =
                left[i] == right[j] ? best[i][j] + 1 : std::max(best[i][j + 1], best[i + 1][j]);
        }
    }
    return best[left.size()][right.size()];
}

bool isCommon(const std::vector<MatchedPair>& pairs, const std::vector<std::uint32_t>& left,
              const std::vector<std::uint32_t>& right)
{
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const bool rising =
            i == 0 || (pairs[i - 1].left < pairs[i].left && pairs[i - 1].right < pairs[i].right);
        if (!rising || left[pairs[i].left] != right[pairs[i].right]) {
            return false;
        }
    }
    return true;
}

} // namespace

class TextDiffTest : public QObject {
    Q_OBJECT

private slots:
    void drawsRows_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QByteArray>("rows");
        const auto row = [](const char* name, const char* left, const char* right, const char* rows) {
            QTest::newRow(name) << QByteArray(left) << QByteArray(right) << QByteArray(rows);
        };
        row("nothing against nothing", "", "", "");
        row("the same text", "a\nb\n", "a\nb\n", "= 1 1\n= 2 2\n");
        row("a line added", "a\nc\n", "a\nb\nc\n", "= 1 1\n+ 2\n= 2 3\n");
        row("a line removed", "a\nb\nc\n", "a\nc\n", "= 1 1\n- 2\n= 3 2\n");
        row("all new", "", "a\nb", "+ 1\n+ 2\n");
        row("one word changed", "Answer in six sentences.\n", "Answer in twelve sentences.\n",
            "~ 1 1 [10,13) [10,16)\n");
        row("a number keeps its point", "answer_from: 0.5\n", "answer_from: 0.05\n",
            "~ 1 1 [13,16) [13,17)\n");
        row("code points, not bytes", "Müßig ist das Wort\n", "Müßig ist ein Wort\n",
            "~ 1 1 [10,13) [10,13)\n");
        row("neighbouring words are one span", "say one two three now please\n",
            "say four five six now please\n", "~ 1 1 [4,17) [4,17)\n");
        row("lines with little in common are two rows", "alpha beta gamma\n", "delta epsilon gamma\n",
            "- 1\n+ 1\n");
        row("a line pairs with the one most like it", "keep this line please\n",
            "quite other words\nkeep that line please\n", "+ 1\n~ 1 2 [5,9) [5,9)\n");
        row("only the last newline differs", "a\nb", "a\nb\n", "= 1 1\n~ 2 2 [] []\n");
        row("a carriage return is part of the line", "one two\r\n", "one two\n", "~ 1 1 [7,8) []\n");
        row("a block of three lines moved", "red fox\nblue owl\ntan cat\nA\nB\nC\nD\n",
            "A\nB\nC\nD\nred fox\nblue owl\ntan cat\n",
            "- 1 > 5\n- 2 > 6\n- 3 > 7\n= 4 1\n= 5 2\n= 6 3\n= 7 4\n+ 5 < 1\n+ 6 < 2\n+ 7 < 3\n");
        row("two lines are no moved block", "red fox\nblue owl\nA\nB\nC\n", "A\nB\nC\nred fox\nblue owl\n",
            "- 1\n- 2\n= 3 1\n= 4 2\n= 5 3\n+ 4\n+ 5\n");
        row("rulers and blanks are no moved block", "---\n\n---\nA\nB\nC\nD\n", "A\nB\nC\nD\n---\n\n---\n",
            "- 1\n- 2\n- 3\n= 4 1\n= 5 2\n= 6 3\n= 7 4\n+ 5\n+ 6\n+ 7\n");
    }

    void drawsRows()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QByteArray, rows);
        QCOMPARE(drawn(diffText(left.toStdString(), right.toStdString())), rows);
    }

    void matchesAsManyAsCanBe()
    {
        Texts random(11);
        for (int round = 0; round < 300; ++round) {
            const std::size_t symbols = 1 + random.upTo(round % 3 == 0 ? 2 : 40);
            std::vector<std::uint32_t> left(random.upTo(200));
            std::vector<std::uint32_t> right(random.upTo(200));
            for (auto* side : {&left, &right}) {
                for (std::uint32_t& symbol : *side) {
                    symbol = static_cast<std::uint32_t>(random.upTo(symbols));
                }
            }
            const auto pairs = longestCommonSubsequence(left, right);
            QVERIFY(isCommon(pairs, left, right));
            QCOMPARE(pairs.size(), lengthByTable(left, right));
        }
    }

    void matchesTextsTooLongForOneTable()
    {
        // 30,000 shuffled over 30,000: 14 million words of table, so that halves are taken.
        std::mt19937 random(3);
        std::vector<std::uint32_t> left(30'000);
        std::vector<std::uint32_t> right(30'000);
        for (auto* side : {&left, &right}) {
            for (std::uint32_t& symbol : *side) {
                symbol = static_cast<std::uint32_t>(random() % 20'000);
            }
        }
        const auto pairs = longestCommonSubsequence(left, right);
        QVERIFY(isCommon(pairs, left, right));
        // The same length from the other side, by another course of halves.
        QCOMPARE(longestCommonSubsequence(right, left).size(), pairs.size());
        QVERIFY(pairs.size() > 300);
    }

    void applyingGivesTheRightText()
    {
        Texts random(20261126);
        int pairs = 0;
        for (; pairs < 400; ++pairs) {
            const std::size_t stock = pairs % 4 == 0 ? 2 : 50;
            const auto lines = random.lines(random.upTo(80), stock);
            const std::string left = random.joined(lines);
            const std::string right =
                random.joined(pairs % 5 == 0 ? random.lines(random.upTo(80), stock)
                                             : random.edited(lines, random.upTo(12), stock));
            const TextDiff diff = diffText(left, right);
            const auto applied = applyDiff(left, diff);
            QVERIFY2(applied.has_value(), applied ? "" : applied.error().describe().c_str());
            QCOMPARE(QByteArray::fromStdString(*applied), QByteArray::fromStdString(right));
            const std::string patch = unified(diff, "left", "right", random.upTo(4));
            const auto patched = applyUnified(left, patch);
            QVERIFY2(patched.has_value(),
                     patched ? patch.c_str() : (patched.error().describe() + patch).c_str());
            QCOMPARE(QByteArray::fromStdString(*patched), QByteArray::fromStdString(right));
            QCOMPARE(diff.same(), left == right);
        }
        QCOMPARE(pairs, 400);
    }

    void findsPlantedBlocks()
    {
        Texts random(7);
        for (int round = 0; round < 200; ++round) {
            const std::size_t block = 3 + random.upTo(9);
            const std::size_t distance = block + 1 + random.upTo(30);
            const std::size_t before = random.upTo(20);
            const std::string head = numbered(0, before);
            const std::string moved = numbered(1000, 1000 + block);
            const std::string passed = numbered(2000, 2000 + distance);
            const std::string tail = numbered(3000, 3000 + random.upTo(20));
            const TextDiff diff = diffText(head + moved + passed + tail, head + passed + moved + tail);
            std::size_t found = 0;
            for (const DiffRow& row : diff.rows) {
                if (row.kind == DiffKind::Removed) {
                    QCOMPARE(row.movedTo, row.left + distance);
                    ++found;
                } else if (row.kind == DiffKind::Added) {
                    QCOMPARE(row.movedFrom, row.right - distance);
                }
            }
            QCOMPARE(found, block);
        }
    }

    void takesFiveThousandLinesInTime_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("one line in ten changed") << 0;
        QTest::newRow("no line in common") << 1;
        QTest::newRow("the same lines in another order") << 2;
        QTest::newRow("ten different lines over and over") << 3;
        QTest::newRow("one word changed in every line") << 4;
        QTest::newRow("halves of equal lines exchanged") << 5;
    }

    void takesFiveThousandLinesInTime()
    {
        QFETCH(int, kind);
        constexpr std::size_t kLines = 5000;
        std::mt19937 random(5);
        std::vector<std::string> left;
        std::vector<std::string> right;
        for (std::size_t i = 0; i < kLines; ++i) {
            const std::string line =
                "Step " + std::to_string(i) + ": answer from the passages only, and say which.";
            const auto ten = [&] { return "line " + std::to_string(random() % 10); };
            left.push_back(kind == 3   ? ten()
                           : kind == 5 ? std::string(i < kLines / 2 ? "one a" : "two b")
                                       : line);
            const std::string other = "Paragraph " + std::to_string(i) + " holds nothing like it at all.";
            right.push_back(kind == 1                  ? other
                            : kind == 3                ? ten()
                            : kind == 4                ? line + " Never guess."
                            : kind == 5                ? std::string(i < kLines / 2 ? "two b" : "one a")
                            : kind == 0 && i % 10 == 0 ? line + " Twice."
                                                       : line);
        }
        if (kind == 2) {
            std::shuffle(right.begin(), right.end(), random);
        }
        const auto joined = [](const std::vector<std::string>& lines) {
            std::string out;
            for (const auto& line : lines) {
                out += line + "\n";
            }
            return out;
        };
        const std::string leftText = joined(left);
        const std::string rightText = joined(right);
        qint64 fastest = 1'000'000'000;
        for (int round = 0; round < 5; ++round) {
            QElapsedTimer timer;
            timer.start();
            const TextDiff diff = diffText(leftText, rightText);
            fastest = std::min(fastest, timer.nsecsElapsed() / 1000);
            QCOMPARE(QByteArray::fromStdString(applyDiff(leftText, diff).value_or("")),
                     QByteArray::fromStdString(rightText));
        }
        qInfo("%lld us", static_cast<long long>(fastest));
        QVERIFY2(fastest < 100'000, std::to_string(fastest).c_str());
    }

    void writesUnified()
    {
        const std::string left = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk";
        const std::string right = "a\nB two\nc\nd\ne\nf\ng\nh\ni\nj\nk\n";
        QCOMPARE(
            QByteArray::fromStdString(unified(diffText(left, right), "p@v1", "p@v2\nx", 1)),
            QByteArray("--- p@v1\n+++ p@v2 x\n@@ -1,3 +1,3 @@\n a\n-b\n+B two\n c\n@@ -10,2 +10,2 @@\n j\n"
                       "-k\n\\ No newline at end of file\n+k\n"));
        QCOMPARE(unified(diffText("", "a\n"), "l", "r"), std::string("--- l\n+++ r\n@@ -0,0 +1 @@\n+a\n"));
        QCOMPARE(unified(diffText("a\n", ""), "l", "r"), std::string("--- l\n+++ r\n@@ -1 +0,0 @@\n-a\n"));
        QCOMPARE(unified(diffText("a", "a"), "l", "r"), std::string());
    }

    void gathersHunks()
    {
        const TextDiff diff =
            diffText(numbered(0, 30), numbered(0, 2) + "new\n" + numbered(2, 8) + "new\n" + numbered(8, 29));
        const auto found = hunks(diff, 3);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].begin, std::size_t{0});
        QCOMPARE(found[0].end, std::size_t{13});
        QCOMPARE(found[1].end, diff.rows.size());
        QCOMPARE(hunks(diff, 0).size(), std::size_t{3});
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char* name, const char* left, const char* patch, const char* error) {
            QTest::newRow(name) << QByteArray(left) << QByteArray(patch) << QByteArray(error);
        };
        row("no file names", "a\n", "@@ -1 +1 @@\n-a\n+b\n", "line 1 of the patch: expected '---");
        row("no hunk", "a\n", "--- l\n+++ r\nnonsense\n", "line 3 of the patch: expected a hunk");
        row("a hunk cut short", "a\n", "--- l\n+++ r\n@@ -1 +1 @@\n-a\n",
            "line 5 of the patch: expected a line");
        row("a line cut short", "a\n", "--- l\n+++ r\n@@ -1 +1 @@\n-a\n+b",
            "line 5 of the patch: the patch ends");
        row("too many added", "a\n", "--- l\n+++ r\n@@ -1,2 +1 @@\n-a\n+b\n+c\n",
            "line 6 of the patch: expected");
        row("another text", "x\n", "--- l\n+++ r\n@@ -1 +1 @@\n-a\n+b\n",
            "line 1: the text has another line");
        row("past the end", "a\n", "--- l\n+++ r\n@@ -9 +9 @@\n-a\n+b\n", "line 1: the text ends before");
        row("hunks out of order", "a\nb\n", "--- l\n+++ r\n@@ -2 +2 @@\n-b\n+c\n@@ -1 +1 @@\n-a\n+c\n",
            "line 7 of the patch: this hunk lies before");
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, patch);
        QFETCH(QByteArray, error);
        const auto patched = applyUnified(left.toStdString(), patch.toStdString());
        QVERIFY(!patched.has_value());
        QVERIFY2(QByteArray::fromStdString(patched.error().describe()).startsWith(error),
                 patched.error().describe().c_str());
    }

    void refusesAnotherLeft()
    {
        const TextDiff diff = diffText("a\nb\n", "a\nc\n");
        QVERIFY(applyDiff("a\nx\n", diff).error().code == ErrorCode::Conflict);
        QVERIFY(applyDiff("a\n", diff).error().code == ErrorCode::Conflict);
        QVERIFY(applyDiff("a\nb\nc\n", diff).error().code == ErrorCode::Conflict);
    }
};

QTEST_APPLESS_MAIN(TextDiffTest)
#include "tst_text_diff.moc"
