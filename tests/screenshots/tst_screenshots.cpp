// Writes every page in every state, light and dark, in two sizes, for people to look at; holds that none is
// blank.
#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/document_panel.h"
#include "ui/corpus/retrieval_panel.h"
#include "ui/corpus/tree_panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using Window = shell::MainWindow;
using Scene = std::function<void(Window&, Script&)>;
Q_DECLARE_METATYPE(Scene)

namespace {

void ask(Window& window, const QString& question)
{
    QSignalSpy answered(window.assistantPage(), &assistant::AssistantPage::answered);
    window.assistantPage()->ask(question);
    QVERIFY(answered.wait());
}

void openCorpus(Window& window)
{
    QSignalSpy filtered(&window.corpusPage()->tree(), &corpus::TreePanel::filtered);
    window.go(widgets::Page::Corpus);
    QVERIFY(filtered.wait());
}

void openDocument(Window& window, const QString& key, std::vector<plumbline::Span> marks = {})
{
    openCorpus(window);
    window.follow({widgets::Page::Corpus, key, std::move(marks)});
    QTest::qWait(120);
}

void press(QWidget& parent, const QString& text)
{
    for (auto* button : parent.findChildren<QPushButton*>()) {
        if (button->text() == text && button->isVisible())
            return button->click();
    }
    QFAIL(qPrintable(QStringLiteral("no button ") + text));
}

const char* const kQuestion = "What do I do when payments fail after a certificate rotation?";

const std::vector<std::pair<const char*, Scene>> kScenes = {
    {"assistant-idle", [](Window&, Script&) {}},
    {"assistant-ready",
     [](Window& w, Script&) {
         ask(w, QString::fromLatin1(kQuestion));
         w.assistantPage()->openDrawer(true);
     }},
    {"assistant-thread",
     [](Window& w, Script&) {
         ask(w, QString::fromLatin1(kQuestion));
         ask(w, QStringLiteral("conflict: and how long do we have for a SEV1?"));
     }},
    {"assistant-refused",
     [](Window& w, Script&) { ask(w, QStringLiteral("refuse: what is the limit for gold in the vault?")); }},
    {"assistant-unusable",
     [](Window& w, Script&) { ask(w, QStringLiteral("unusable: what is the limit for instant payments?")); }},
    {"assistant-loading",
     [](Window& w, Script& s) {
         s.hang = true;
         w.assistantPage()->ask(QString::fromLatin1(kQuestion));
         QTest::qWait(260);
     }},
    {"assistant-failed",
     [](Window& w, Script& s) {
         s.fail = true;
         w.assistantPage()->ask(QString::fromLatin1(kQuestion));
         QTest::qWait(120);
     }},
    {"assistant-empty",
     [](Window& w, Script& s) {
         s.nothingIndexed = true;
         w.assistantPage()->ask(QString::fromLatin1(kQuestion));
         QTest::qWait(120);
     }},
    {"corpus-ready",
     [](Window& w, Script&) {
         openDocument(w, QStringLiteral("PAY-014@1.2"), {{246, 330}});
     }},
    {"corpus-quarantined", [](Window& w, Script&) { openDocument(w, QStringLiteral("OPS-099@1.0")); }},
    {"corpus-approve",
     [](Window& w, Script&) {
         openDocument(w, QStringLiteral("PAY-031@0.9"));
         press(*w.corpusPage(), QStringLiteral("Approve…"));
         QTest::qWait(80);
     }},
    {"corpus-idle", [](Window& w, Script&) { openCorpus(w); }},
    {"corpus-retrieval",
     [](Window& w, Script&) {
         openCorpus(w);
         w.corpusPage()->search(QString::fromLatin1(kQuestion));
         QTest::qWait(150);
     }},
    {"corpus-ledger",
     [](Window& w, Script&) {
         openCorpus(w);
         w.corpusPage()->showTab(corpus::CorpusPage::Tab::Ledger);
         QTest::qWait(120);
     }},
    {"corpus-notices",
     [](Window& w, Script&) {
         openCorpus(w);
         w.corpusPage()->showTab(corpus::CorpusPage::Tab::Notices);
         QTest::qWait(120);
     }},
    {"corpus-loading",
     [](Window& w, Script& s) {
         s.hang = true;
         w.go(widgets::Page::Corpus);
         QTest::qWait(260);
     }},
    {"corpus-indexing",
     [](Window& w, Script& s) {
         openDocument(w, QStringLiteral("PAY-014@1.2"));
         s.hang = true;
         w.corpusPage()->startIndexing();
         QTest::qWait(450);
     }},
    {"corpus-failed",
     [](Window& w, Script& s) {
         s.fail = true;
         w.go(widgets::Page::Corpus);
         QTest::qWait(150);
         press(*w.corpusPage(), QStringLiteral("Details"));
         QTest::qWait(30);
     }},
    {"corpus-empty",
     [](Window& w, Script& s) {
         s.nothingIndexed = true;
         w.go(widgets::Page::Corpus);
         QTest::qWait(150);
     }},
    {"settings", [](Window& w, Script&) { w.go(widgets::Page::Settings); }},
    {"palette",
     [](Window& w, Script&) {
         ask(w, QString::fromLatin1(kQuestion));
         w.openPalette();
         QTest::qWait(200);
     }},
    {"palette-typed",
     [](Window& w, Script&) {
         w.openPalette();
         QTest::qWait(150);
         QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("cert rot"));
         QTest::qWait(150);
     }},
    {"shortcuts",
     [](Window& w, Script&) {
         w.openShortcuts();
         QTest::qWait(80);
     }},
};

// The window with what stands above it: a dialog is its own window.
QImage pictureOf(Window& window)
{
    QPixmap picture = window.grab();
    QPainter painter(&picture);
    for (QWidget* dialog : window.findChildren<QDialog*>()) {
        if (dialog->isVisible() && dialog->isWindow()) {
            const QPixmap above = dialog->grab();
            const QPoint corner((window.width() - above.width()) / 2, (window.height() - above.height()) / 2);
            painter.drawPixmap(corner, above);
            painter.setPen(widgets::currentTokens().border);
            painter.drawRect(QRect(corner, above.size()));
        }
    }
    return picture.toImage();
}

} // namespace

class TestScreenshots : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPageInEveryState_data()
    {
        QTest::addColumn<Scene>("scene");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        for (const bool dark : {false, true}) {
            for (const QSize& size : {QSize(1280, 800), QSize(1920, 1080)}) {
                for (const auto& [name, scene] : kScenes)
                    QTest::addRow("%s-%s-%d", name, dark ? "dark" : "light", size.width())
                        << scene << size << dark;
            }
        }
        QTest::addRow("assistant-ready-scale-200") << kScenes[1].second << QSize(1920, 1080) << false;
        QTest::addRow("corpus-ready-scale-200") << kScenes[8].second << QSize(1920, 1080) << false;
    }
    void everyPageInEveryState()
    {
        QFETCH(const Scene, scene);
        QFETCH(const QSize, size);
        QFETCH(const bool, dark);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const double scale = name.endsWith(QStringLiteral("200")) ? 2 : 1;
        const auto theme = dark ? widgets::ThemeChoice::Dark : widgets::ThemeChoice::Light;
        widgets::applyTheme(*qApp, theme, scale);
        const auto script = std::make_shared<Script>();
        Window window({theme, scale});
        window.resize(size);
        window.setSession(plumbline::tests::fakeSession(script));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(30);
        scene(window, *script);
        QTest::qWait(30);
        const QImage picture = pictureOf(window);
        script->hang = false;
        QCOMPARE(picture.size(), size);
        QSet<QRgb> colors;
        for (int y = 0; y < picture.height(); y += 3) {
            for (int x = 0; x < picture.width(); x += 3)
                colors.insert(picture.pixel(x, y));
        }
        QVERIFY2(colors.size() > 20, "the picture is blank");
        const QDir folder(QStringLiteral(PLUMBLINE_SCREENSHOTS));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        QVERIFY(picture.save(folder.filePath(name + QStringLiteral(".png"))));
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
