#include <QScrollBar>
#include <QSignalSpy>
#include <QTextDocument>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/formatters.h"

using namespace plumbline::ui;
using plumbline::Span;

namespace {

Span find(const plumbline::corpus::DocumentView& document, std::string_view words)
{
    const std::size_t at = document.text.find(words);
    return {at, at + words.size()};
}

} // namespace

class TestDocumentView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStoredTextIsShownWithoutItsMarkup()
    {
        widgets::DocumentView view;
        view.setContent(passages::contentOf(plumbline::tests::bankDocument()));
        QTRY_VERIFY(view.fullyRendered());
        const QString text = view.toPlainText();
        QVERIFY(text.startsWith(QStringLiteral("Certificate Rotation for Payment Gateways")));
        QVERIFY(text.contains(QStringLiteral("is rotated 30 days before")));
        QVERIFY(text.contains(QStringLiteral("gatewayctl restart --node pg-02 --drain 60s")));
        QVERIFY(text.contains(QStringLiteral("\nRestart the node")));
        for (const QString& markup : {QStringLiteral("**"), QStringLiteral("##"), QStringLiteral("```"),
                                      QStringLiteral("---"), QStringLiteral("](")})
            QVERIFY2(!text.contains(markup), qPrintable(markup));
    }

    void aSpanIsMarkedWhereItIsShown_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a sentence with code in it")
            << "Payments that fail with error `TLS-1403` after a rotation"
            << "Payments that fail with error   TLS-1403   after a rotation";
        QTest::newRow("a step") << "Tell the Incident Commander"
                                << "Tell the Incident Commander";
        QTest::newRow("a table row") << "| SEV2 | 30 minutes | Duty Manager |"
                                     << "SEV2 30 minutes Duty Manager";
        QTest::newRow("a line of code") << "gatewayctl cert show --all"
                                        << "gatewayctl cert show --all";
        QTest::newRow("a heading") << "## Commands"
                                   << "Commands";
    }
    void aSpanIsMarkedWhereItIsShown()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, shown);
        const auto document = plumbline::tests::bankDocument();
        widgets::DocumentView view;
        view.setContent(passages::contentOf(document));
        QTRY_VERIFY(view.fullyRendered());
        view.setMarks({find(document, source.toStdString())});
        QCOMPARE(view.markedText().simplified(), shown.simplified());
    }

    void marksOfAnotherAlphabetStayInPlace()
    {
        widgets::DocumentContent content;
        content.text = QString::fromUtf8("\U0001F512 Größe\n\nDer zweite Absatz \U0001F513 gilt.");
        widgets::DocumentView view;
        view.setContent(content);
        QTRY_VERIFY(view.fullyRendered());
        view.setMarks({{27, 34}}); // after two wide characters: code points, not units
        QCOMPARE(view.markedText(), QString::fromUtf8("\U0001F513 gilt."));
    }

    void aLongDocumentIsRenderedInSlicesAndScrollsToItsMark()
    {
        widgets::DocumentContent content;
        for (int i = 0; i < 4000; ++i)
            content.text +=
                QStringLiteral("Paragraph %1 speaks of payments and certificates at some length.\n\n").arg(i);
        const qsizetype at = content.text.indexOf(QStringLiteral("Paragraph 3900"));
        widgets::DocumentView view;
        view.resize(600, 400);
        view.show();
        view.setContent(content);
        QVERIFY(!view.fullyRendered());
        view.setMarks({{static_cast<std::size_t>(at), static_cast<std::size_t>(at) + 14}});
        QTRY_VERIFY_WITH_TIMEOUT(view.fullyRendered(), 20'000);
        QCOMPARE(view.markedText(), QStringLiteral("Paragraph 3900"));
        QVERIFY(view.verticalScrollBar()->value() > 0);
    }

    void aRowOfRawHtmlIsShownByItsCellsAndMarked()
    {
        widgets::DocumentContent content;
        content.markdown = true;
        content.text =
            QStringLiteral("<tr><th>Level</th><th>Reply</th></tr>\n"
                           "<tr>\n<td>SEV-2</td><td><p>Page <b>an IC</b></p><p>Now</p></td>\n</tr>\n");
        content.blocks = {{widgets::TextBlock::Kind::TableHeader, {0, 37}, 0, false, 1},
                          {widgets::TextBlock::Kind::TableRow, {38, 106}, 0, false, 1}};
        widgets::DocumentView view;
        view.setContent(content);
        QTRY_VERIFY(view.fullyRendered());
        QCOMPARE(view.toPlainText().simplified(), QStringLiteral("Level Reply SEV-2 Page an IC Now"));
        view.setMarks({{38, 106}});
        QCOMPARE(view.markedText().simplified(), QStringLiteral("SEV-2 Page an IC Now"));
    }

    void nothingIsFetched()
    {
        widgets::DocumentContent content;
        content.markdown = true;
        content.text = QStringLiteral(
            "![plan](http://tracker.example/a.png) <img src=\"http://tracker.example/b.png\">");
        widgets::DocumentView view;
        view.setContent(content);
        QTRY_VERIFY(view.fullyRendered());
        for (const char* picture : {"http://tracker.example/a.png", "http://tracker.example/b.png"})
            QVERIFY(view.document()
                        ->resource(QTextDocument::ImageResource, QUrl(QString::fromLatin1(picture)))
                        .isNull());
        QCOMPARE(view.toPlainText().trimmed(), QStringLiteral("plan")); // its words, and no picture
    }
};

QTEST_MAIN(TestDocumentView)
#include "tst_document_view.moc"
