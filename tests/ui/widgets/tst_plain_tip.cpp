#include <QTextDocument>
#include <QWidget>
#include <QtTest>

#include "ui/widgets/plain_tip.h"

using namespace plumbline::ui::widgets;

class TestPlainTip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTextIsShownAsItStands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "Payments Gateway";
        QTest::newRow("tags") << "<h1>Approved</h1><img src=\"http://evil/x.png\">";
        QTest::newRow("a tag over two lines") << "<b\nstyle=\"color:red\">Approved";
        QTest::newRow("entities and signs") << "A &amp; B < C > D \"E\" 'F'";
        QTest::newRow("lines") << "one\ntwo\n\nfour";
        QTest::newRow("nothing") << "";
    }
    void theTextIsShownAsItStands()
    {
        QFETCH(const QString, text);
        QTextDocument document; // as a tooltip lays it out
        const QString tip = plainTip(text);
        QCOMPARE(Qt::mightBeRichText(tip), !text.isEmpty());
        document.setHtml(tip);
        QCOMPARE(document.toPlainText(), text);
    }

    void aScreenReaderGetsTheTextItself()
    {
        QWidget widget;
        setPlainTip(widget, QStringLiteral("<b>PAY-014"));
        QCOMPARE(widget.toolTip(), plainTip(QStringLiteral("<b>PAY-014")));
        QCOMPARE(widget.accessibleDescription(), QStringLiteral("<b>PAY-014"));
    }
};

QTEST_MAIN(TestPlainTip)
#include "tst_plain_tip.moc"
