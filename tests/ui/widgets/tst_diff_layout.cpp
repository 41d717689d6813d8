#include <QtTest>

#include "app/base/text_diff.h"
#include "ui/widgets/diff_layout.h"
#include "ui/widgets/diff_rows_of.h"

using namespace plumbline::ui::widgets;

namespace {

// "=" equal, "+" added, "-" removed, "~" changed, ">" moved away, "<" moved here, "#" heading.
std::vector<DiffRow> rowsFrom(const QString& picture)
{
    std::vector<DiffRow> rows;
    int left = 0;
    int right = 0;
    for (const QChar sign : picture) {
        DiffRow row;
        row.kind = sign == u'='   ? DiffKind::Equal
                   : sign == u'+' ? DiffKind::Added
                   : sign == u'-' ? DiffKind::Removed
                   : sign == u'~' ? DiffKind::Changed
                   : sign == u'#' ? DiffKind::Heading
                                  : DiffKind::Moved;
        const bool hasLeft = QStringLiteral("=-~>").contains(sign);
        const bool hasRight = QStringLiteral("=+~<").contains(sign);
        if (hasLeft)
            row.left = {++left, QStringLiteral("left %1").arg(left), {}};
        if (hasRight)
            row.right = {++right, QStringLiteral("right %1").arg(right), {}};
        if (sign == u'#')
            row.left.text = QStringLiteral("Part");
        rows.push_back(row);
    }
    return rows;
}

// One sign an entry: "R" a row, "F" a fold with its rows behind it.
QString printed(const DiffLayout& layout)
{
    QString text;
    for (const DiffEntry& entry : layout.entries()) {
        if (entry.folded > 0)
            text += QStringLiteral("F%1 ").arg(entry.folded);
        else
            text += entry.side == DiffEntry::Side::Left    ? QStringLiteral("-")
                    : entry.side == DiffEntry::Side::Right ? QStringLiteral("+")
                                                           : QStringLiteral("R");
    }
    return text;
}

DiffLayout layoutOf(const QString& picture)
{
    DiffLayout layout;
    layout.setRows(std::make_shared<const std::vector<DiffRow>>(rowsFrom(picture)));
    return layout;
}

} // namespace

class TestDiffLayout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalStretchesAreFolded_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("entries");
        QTest::newRow("three lines stay beside a change") << "~==========~"
                                                          << "RRRRF4 RRRR";
        QTest::newRow("a short stretch stays") << "~=========~"
                                               << "RRRRRRRRRRR";
        QTest::newRow("at the beginning only the lines before the change stay") << "=======+"
                                                                                << "F4 RRRR";
        QTest::newRow("at the end only the lines after the change stay") << "-======="
                                                                         << "RRRRF4 ";
        QTest::newRow("a section without a change is one fold") << "#=====#~"
                                                                << "RF5 RR";
        QTest::newRow("nothing at all") << ""
                                        << "";
    }
    void equalStretchesAreFolded()
    {
        QFETCH(const QString, picture);
        QFETCH(const QString, entries);
        QCOMPARE(printed(layoutOf(picture)), entries);
    }

    void aFoldOpensAndTheRestStaysFolded()
    {
        DiffLayout layout = layoutOf(QStringLiteral("~==========~==========~"));
        QCOMPARE(printed(layout), QStringLiteral("RRRRF4 RRRRRRRF4 RRRR"));
        layout.unfold(4);
        QCOMPARE(printed(layout), QStringLiteral("RRRRRRRRRRRRRRRF4 RRRR"));
        layout.setFolding(false);
        QCOMPARE(layout.entries().size(), std::size_t{23});
    }

    void inOneColumnAChangedLineIsOneGoneAndOneCome()
    {
        DiffLayout layout = layoutOf(QStringLiteral("=~+-<>"));
        layout.setUnified(true);
        QCOMPARE(printed(layout), QStringLiteral("R-++-+-"));
    }

    void changesAreRunsOfRowsThatDiffer()
    {
        const DiffLayout layout = layoutOf(QStringLiteral("=~+=-#->="));
        QCOMPARE(layout.changes(), (std::vector<std::size_t>{1, 4, 6}));
    }

    void theEntryOfARowInAFoldIsTheFold()
    {
        const DiffLayout layout = layoutOf(QStringLiteral("~==========~"));
        QCOMPARE(layout.entryOf(0), std::size_t{0});
        QCOMPARE(layout.entryOf(5), std::size_t{4});
        QCOMPARE(layout.entryOf(11), std::size_t{8});
        QCOMPARE(layout.entryAt(4), std::size_t{4});
        QCOMPARE(layout.entryAt(1'000), std::size_t{8});
    }

    void linesBreakAtSpacesAndNeverInsideACharacter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("lines");
        QTest::newRow("fits") << "ab cd" << 5 << "ab cd";
        QTest::newRow("at the space") << "ab cd ef" << 5 << "ab |cd ef";
        QTest::newRow("a long word in the middle") << "abcdefgh" << 3 << "abc|def|gh";
        QTest::newRow("wide characters count two")
            << QStringLiteral("\u6f22\u5b57\u6f22") << 4 << QStringLiteral("\u6f22\u5b57|\u6f22");
        QTest::newRow("a pair of surrogates stays whole")
            << QStringLiteral("a\U0001f512\U0001f512") << 3 << QStringLiteral("a\U0001f512|\U0001f512");
        QTest::newRow("a combining mark takes no column")
            << QStringLiteral("e\u0301e\u0301e\u0301") << 2 << QStringLiteral("e\u0301e\u0301|e\u0301");
    }
    void linesBreakAtSpacesAndNeverInsideACharacter()
    {
        QFETCH(const QString, text);
        QFETCH(const int, columns);
        QFETCH(const QString, lines);
        QStringList parts;
        const auto starts = wrapStarts(text, columns);
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const qsizetype end = i + 1 < starts.size() ? starts[i + 1] : text.size();
            parts << text.mid(starts[i], end - starts[i]);
        }
        QCOMPARE(parts.join(u'|'), lines);
    }

    void theUnifiedTextIsThatOfThePatch()
    {
        DiffDocument document{QStringLiteral("v3"), QStringLiteral("v4"),
                              rowsFrom(QStringLiteral("#====~+=#-"))};
        QCOMPARE(unifiedText(document),
                 QStringLiteral("--- v3\n+++ v4\n# Part\n@@ -2,5 +2,6 @@\n left 2\n left 3\n left 4\n-left "
                                "5\n+right 5\n+right 6\n left 6\n# Part\n@@ -7,1 +0,0 @@\n-left 7\n"));
        document.rows = rowsFrom(QStringLiteral("#===="));
        QVERIFY(unifiedText(document).isEmpty());
    }

    void aSideIsItsLinesWithoutTheHeadings()
    {
        const auto rows = rowsFrom(QStringLiteral("#=+-"));
        QCOMPARE(sideText(rows, true), QStringLiteral("left 1\nleft 2\n"));
        QCOMPARE(sideText(rows, false), QStringLiteral("right 1\nright 2\n"));
        QCOMPARE(describe(countRows(rows)), QStringLiteral("1 added, 1 removed"));
        QCOMPARE(describe(DiffCounts()), QStringLiteral("No difference"));
    }

    void theEnginesDiffBecomesRowsWithMarksInUtf16()
    {
        const auto rows = rowsOf(plumbline::diffText("same\nkey \xf0\x9f\x94\x92 is old\n",
                                                     "same\nkey \xf0\x9f\x94\x92 is fresh\n"));
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0].kind == DiffKind::Equal);
        QVERIFY(rows[1].kind == DiffKind::Changed);
        QCOMPARE(rows[1].right.words.size(), std::size_t{1});
        const Utf16Range range = rows[1].right.words[0];
        QCOMPARE(rows[1].right.text.mid(range.start, range.end - range.start), QStringLiteral("fresh"));
    }

    void aMovedBlockStandsAtBothPlaces()
    {
        const std::string block = "first moved line\nsecond moved line\nthird moved line\n";
        std::string rest;
        for (int i = 0; i < 9; ++i)
            rest += "line that stays " + std::to_string(i) + "\n";
        const auto rows = rowsOf(plumbline::diffText(block + rest, rest + block));
        const DiffCounts counts = countRows(rows);
        QCOMPARE(counts.moved, std::size_t{3});
        QCOMPARE(counts.added + counts.removed, std::size_t{0});
        QVERIFY(rows.front().kind == DiffKind::Moved);
        QCOMPARE(rows.front().movedTo, 10);
        QCOMPARE(rows.back().movedTo, 3);
    }
};

QTEST_APPLESS_MAIN(TestDiffLayout)
#include "tst_diff_layout.moc"
