#include <QApplication>
#include <QFile>
#include <QtTest>

#include "ui/widgets/icons.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui::widgets;

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextHasEnoughContrast_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyTextHasEnoughContrast()
    {
        QFETCH(const bool, dark);
        const Tokens& t = dark ? darkTokens() : lightTokens();
        for (const QColor& back : {t.window, t.surface, t.raised}) {
            for (const QColor& text : {t.text, t.muted, t.accent, t.ok, t.warn, t.bad})
                QVERIFY2(contrast(text, back) >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3")
                                                                     .arg(text.name(), back.name())
                                                                     .arg(contrast(text, back))));
        }
        for (const QColor& back : {t.selection, t.mark, t.term})
            QVERIFY(contrast(t.text, back) >= 4.5);
        QVERIFY(contrast(t.accentText, t.accent) >= 4.5);
        for (const QColor& bar :
             {t.lexical, t.vector, t.rerank, t.markStrong}) // graphics: 3:1 or the figure beside them
            QVERIFY(contrast(bar, t.surface) >= 2.0);
    }

    void theSheetHasNoTokenLeft()
    {
        QVERIFY(!styleSheet(lightTokens(), 1).contains(u'@'));
        QVERIFY(!styleSheet(darkTokens(), 2).contains(u'@'));
    }

    void theThemeFollowsTheChoiceAndTheScale()
    {
        applyTheme(*qApp, ThemeChoice::Dark, 1);
        QVERIFY(currentTokens().dark);
        const double size = bodyFont().pointSizeF();
        applyTheme(*qApp, ThemeChoice::Light, 2);
        QVERIFY(!currentTokens().dark);
        QCOMPARE(bodyFont().pointSizeF(), 2 * size);
    }

    void iconsAreThereAndRecolour()
    {
        const QStringList names = {QStringLiteral("assistant"), QStringLiteral("corpus"),
                                   QStringLiteral("approved"), QStringLiteral("quarantined"),
                                   QStringLiteral("stop")};
        for (const QString& name : names) {
            QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name)), qPrintable(name));
            const QImage picture = iconPixmap(name, QColor(255, 0, 0), 32, 1).toImage();
            int drawn = 0;
            for (int y = 0; y < 32; ++y) {
                for (int x = 0; x < 32; ++x)
                    drawn += picture.pixelColor(x, y).alpha() > 128 && picture.pixelColor(x, y).red() > 200
                                 ? 1
                                 : 0;
            }
            QVERIFY2(drawn > 20, qPrintable(name));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
