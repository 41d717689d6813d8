#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QtTest>

#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_signs.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui::widgets;

namespace {

// Changes at every hundredth line, of every kind in turn.
DiffDocument longDocument(int lines)
{
    const DiffKind kinds[] = {DiffKind::Changed, DiffKind::Added, DiffKind::Removed, DiffKind::Moved};
    DiffDocument document{QStringLiteral("policy@v3"), QStringLiteral("policy@v4"), {}};
    int left = 0;
    int right = 0;
    for (int i = 0; i < lines; ++i) {
        DiffRow row;
        row.kind = i % 100 == 50 ? kinds[i / 100 % 4] : DiffKind::Equal;
        const QString text =
            QStringLiteral("Line %1 of a prompt that says what may be quoted and how").arg(i);
        if (row.kind != DiffKind::Added)
            row.left = {++left, text, {{5, 9}}};
        if (row.kind != DiffKind::Removed && row.kind != DiffKind::Moved)
            row.right = {++right, text + QStringLiteral(" now"), {{5, 12}}};
        row.movedTo = row.kind == DiffKind::Moved ? 1 : 0;
        document.rows.push_back(row);
    }
    return document;
}

struct Desk {
    DiffView view;

    explicit Desk(DiffDocument document)
    {
        view.resize(1'500, 600);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setDocument(std::move(document));
        view.canvas().setFocus();
    }
    void key(Qt::Key key) { QTest::keyClick(&view.canvas(), key); }
    QString words() const { return view.canvas().currentWords(); }
    bool reads(const QString& text) const
    {
        const auto labels = view.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text() == text; });
    }
    QAction* action(const QString& text) const
    {
        for (auto* candidate : view.findChildren<QAction*>()) {
            if (candidate->text() == text)
                return candidate;
        }
        return nullptr;
    }
};

} // namespace

class TestDiffView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nAndPGoFromChangeToChange()
    {
        Desk desk(longDocument(1'000));
        QVERIFY(desk.reads(QStringLiteral("Change 1 of 10")));
        QVERIFY2(desk.words().startsWith(QStringLiteral("Line 51 changed. Before: Line 50 of")),
                 qPrintable(desk.words()));
        desk.key(Qt::Key_N);
        QVERIFY2(desk.words().startsWith(QStringLiteral("Line 151 added")), qPrintable(desk.words()));
        desk.key(Qt::Key_N);
        QVERIFY(desk.words().startsWith(QStringLiteral("Line 250 removed")));
        desk.key(Qt::Key_N);
        QVERIFY(desk.words().contains(QStringLiteral("moved to line 1")));
        desk.key(Qt::Key_P);
        desk.key(Qt::Key_P);
        QVERIFY(desk.words().startsWith(QStringLiteral("Line 151 added")));
        desk.key(Qt::Key_Up);
        desk.key(Qt::Key_P);
        QVERIFY(desk.words().startsWith(QStringLiteral("Line 51 changed")));
        QVERIFY(desk.reads(QStringLiteral("Change 1 of 10")));
    }

    void enterOpensAFoldAndEFoldsNothingAnyMore()
    {
        Desk desk(longDocument(300));
        const int folded = desk.view.canvas().plan().lines();
        desk.key(Qt::Key_Home);
        QVERIFY2(desk.words().startsWith(QStringLiteral("47 equal lines, folded")), qPrintable(desk.words()));
        desk.key(Qt::Key_Return);
        QVERIFY(desk.words().startsWith(QStringLiteral("Line 1:")));
        QCOMPARE(desk.view.canvas().plan().lines(), folded + 46);
        desk.key(Qt::Key_E);
        QVERIFY(desk.view.canvas().plan().lines() >= 300);
    }

    void uPutsBothSidesIntoOneColumn()
    {
        Desk desk(longDocument(300));
        desk.key(Qt::Key_N);
        const QString before = desk.words();
        desk.key(Qt::Key_U);
        QVERIFY(desk.view.isUnified());
        QVERIFY(desk.view.canvas().plan().unified());
        QCOMPARE(desk.words(), before); // the current line stays
    }

    void aClickOnTheStripGoesThere()
    {
        Desk desk(longDocument(1'000));
        OverviewStrip& strip = desk.view.strip();
        const auto marks = strip.marks();
        QCOMPARE(marks.size(), std::size_t{10});
        desk.key(Qt::Key_E); // unfolded, so that the strip is longer than the window
        const int line = strip.marks()[9].line;
        const double scale = static_cast<double>(strip.height()) / desk.view.canvas().plan().lines();
        QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(4, static_cast<int>((line + 0.5) * scale)));
        const int first = desk.view.canvas().verticalScrollBar()->value();
        QVERIFY(first <= line && line < first + desk.view.canvas().verticalScrollBar()->pageStep());
    }

    void everyKindHasASignOfItsOwn()
    {
        QStringList signs;
        for (const DiffKind kind : {DiffKind::Added, DiffKind::Removed, DiffKind::Changed, DiffKind::Moved})
            signs << diffSign(kind, true);
        signs << diffSign(DiffKind::Moved, false);
        signs.removeDuplicates();
        QCOMPARE(signs.size(), 5);
    }

    void textOnEveryGroundHasEnoughContrast()
    {
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            for (const QColor& ground : {t.added, t.addedWord, t.removed, t.removedWord, t.moved})
                QVERIFY2(contrast(t.text, ground) >= 4.5, qPrintable(ground.name()));
            for (const DiffKind kind :
                 {DiffKind::Added, DiffKind::Removed, DiffKind::Changed, DiffKind::Moved}) {
                for (const bool left : {true, false}) {
                    const QColor ground = diffGround(kind, left, t);
                    QVERIFY(contrast(diffInk(kind, left, t), ground.isValid() ? ground : t.surface) >= 3.0);
                }
            }
        }
    }

    void sidesAndPatchCanBeCopied()
    {
        Desk desk(longDocument(100));
        desk.action(QStringLiteral("Copy the right side"))->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("Line 0 of a prompt")));
        desk.action(QStringLiteral("Copy as unified diff"))->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(
            QStringLiteral("--- policy@v3\n+++ policy@v4\n@@ -48,7 +48,7 @@")));
        QVERIFY(desk.reads(QStringLiteral("Unified diff copied")));
    }

    void whatWouldTurnTheReadingOrderIsShownAsASign()
    {
        QCOMPARE(DiffCanvas::shown(QStringLiteral("a\u202eb\u0007c\td")),
                 QStringLiteral("a\u25afb\u25afc d"));
        QCOMPARE(DiffCanvas::shown(QStringLiteral("\u00e9\U0001f512")), QStringLiteral("\u00e9\U0001f512"));
    }

    void equalTextsSaySo()
    {
        DiffDocument document{QStringLiteral("a"), QStringLiteral("b"), {}};
        for (int i = 1; i < 9; ++i)
            document.rows.push_back(
                {DiffKind::Equal, {i, QStringLiteral("x"), {}}, {i, QStringLiteral("x"), {}}, 0});
        Desk desk(std::move(document));
        QCOMPARE(desk.view.said(), QStringLiteral("No difference"));
        desk.key(Qt::Key_N);
        desk.key(Qt::Key_P);
        QVERIFY(desk.view.canvas().accessibleName().contains(QStringLiteral("No difference")));
    }

    // Generous: other programs share the machine. Alone a page takes a few milliseconds.
    void fiveThousandLinesScrollWithoutAStutter()
    {
        Desk desk(longDocument(5'000));
        desk.key(Qt::Key_E);
        QScrollBar* bar = desk.view.canvas().verticalScrollBar();
        QVERIFY(bar->maximum() > 4'900);
        QElapsedTimer clock;
        std::vector<qint64> pages;
        for (int value = 0; value < bar->maximum(); value += 97) {
            clock.start();
            bar->setValue(value);
            desk.view.canvas().viewport()->repaint();
            pages.push_back(clock.elapsed());
        }
        std::sort(pages.begin(), pages.end());
        QVERIFY2(pages[pages.size() * 9 / 10] <= 50,
                 qPrintable(QString::number(pages[pages.size() * 9 / 10])));
        clock.start();
        desk.view.resize(700, 600); // every line is wrapped anew
        QTest::qWait(1);
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_MAIN(TestDiffView)
#include "tst_diff_view.moc"
