#include <QtTest>

#include "ui/widgets/formatters.h"
#include "ui/widgets/text_positions.h"

using plumbline::Span;
using plumbline::ui::widgets::TextPositions;

class TestTextPositions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCodePointMapsThereAndBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no text") << QString();
        QTest::newRow("ASCII") << QStringLiteral("fifteen minutes");
        QTest::newRow("umlauts take one unit") << QStringLiteral("Größe");
        QTest::newRow("emoji take two units") << QString::fromUtf8("a\U0001F512b\U0001F513\U0001F514c");
        QTest::newRow("begins and ends with a wide one") << QString::fromUtf8("\U0001F512 key \U0001F512");
        QTest::newRow("a lone surrogate counts as one") << (QString(QChar(0xd83d)) + QStringLiteral("x"));
    }
    void everyCodePointMapsThereAndBack()
    {
        QFETCH(const QString, text);
        const TextPositions positions(text);
        QCOMPARE(positions.size(), static_cast<std::size_t>(text.toUcs4().size()));
        qsizetype unit = 0;
        std::size_t codePoint = 0;
        while (unit < text.size()) {
            QCOMPARE(positions.toUtf16(codePoint), unit);
            QCOMPARE(positions.toCodePoint(unit), codePoint);
            const bool wide =
                text[unit].isHighSurrogate() && unit + 1 < text.size() && text[unit + 1].isLowSurrogate();
            if (wide)
                QCOMPARE(positions.toCodePoint(unit + 1), codePoint);
            unit += wide ? 2 : 1;
            ++codePoint;
        }
        QCOMPARE(positions.toUtf16(codePoint), text.size());
        QCOMPARE(positions.toCodePoint(text.size()), codePoint);
    }

    void positionsPastTheEndAreClamped()
    {
        const TextPositions positions(QStringLiteral("ab"));
        QCOMPARE(positions.toUtf16(std::size_t{99}), 2);
        QCOMPARE(positions.toCodePoint(99), std::size_t{2});
    }

    void aSpanCutsTheSameWordsAsTheEngine()
    {
        const std::string utf8 = "Zürich \U0001F512 locks in 15 minutes";
        const Span span{9, 14};
        const QString text = plumbline::ui::widgets::toQt(utf8);
        const auto range = TextPositions(text).toUtf16(span);
        QCOMPARE(text.mid(range.start, range.end - range.start), QStringLiteral("locks"));
        QCOMPARE(plumbline::CodePoints(utf8).slice(span), std::string_view("locks"));
    }
};

QTEST_APPLESS_MAIN(TestTextPositions)
#include "tst_text_positions.moc"
