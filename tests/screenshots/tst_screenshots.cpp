// Writes every page in every state, light and dark, in two sizes, for people to look at; holds that none is
// blank.
#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPainter>
#include <QtTest>

#include "tests/ui/support/scenes.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using plumbline::tests::Scene;
using plumbline::tests::Script;
using Window = shell::MainWindow;
Q_DECLARE_METATYPE(Scene)

namespace {

Scene sceneNamed(const char* name)
{
    const auto all = plumbline::tests::scenes();
    const auto place = std::find_if(all.begin(), all.end(),
                                    [name](const auto& scene) { return qstrcmp(scene.first, name) == 0; });
    return place->second;
}

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
                for (const auto& [name, scene] : plumbline::tests::scenes())
                    QTest::addRow("%s-%s-%d", name, dark ? "dark" : "light", size.width())
                        << scene << size << dark;
            }
        }
        QTest::addRow("assistant-ready-scale-200")
            << sceneNamed("assistant-ready") << QSize(1920, 1080) << false;
        QTest::addRow("corpus-ready-scale-200") << sceneNamed("corpus-ready") << QSize(1920, 1080) << false;
        QTest::addRow("prompts-diff-scale-200") << sceneNamed("prompts-diff") << QSize(1920, 1080) << false;
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
