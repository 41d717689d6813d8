#include <QDir>
#include <QFile>
#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "app/base/csv.h"
#include "tests/ui/support/fake_dashboard.h"
#include "ui/dashboard/chart_card.h"
#include "ui/dashboard/chart_view.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using dashboard::ChartCard;
using dashboard::ExportFormat;

namespace {

struct Shown {
    plumbline::evals::RunSeries series;
    ChartCard card;

    explicit Shown(const plumbline::evals::RunSeries& of, const char* suite = "golden")
        : series(of), card(dashboard::chartSpecs()[0])
    {
        dashboard::Selection selection;
        selection.range = dashboard::around(dashboard::toMs(series.runs.front().at),
                                            dashboard::toMs(series.runs.back().at));
        selection.suite = QString::fromLatin1(suite);
        selection.variants = {0, 1};
        card.resize(900, 300);
        card.show();
        card.setSeries(series, selection, {});
    }
    QByteArray saved(ExportFormat format)
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("chart"));
        QSignalSpy ended(&card, &ChartCard::exportEnded);
        card.saveTo(format, path);
        if (!ended.wait())
            return {};
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

} // namespace

class TestChartExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1); }

    void aPictureHasTheChartAtTwiceItsSize()
    {
        Shown shown(plumbline::tests::dashboardReading().series);
        const QImage image = QImage::fromData(shown.saved(ExportFormat::Png), "PNG");
        QVERIFY(!image.isNull());
        QVERIFY(image.width() >= 2 * shown.card.chart().width());
        QVERIFY(image.height() > 2 * shown.card.chart().height()); // title and legend too
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                colors.insert(image.pixel(x, y));
        }
        for (const std::size_t variant : {std::size_t(0), std::size_t(1)})
            QVERIFY(colors.contains(widgets::lightTokens().series[variant].rgb()));
    }

    void aDrawingIsReadAndSaysWhatItShows()
    {
        Shown shown(plumbline::tests::dashboardReading().series);
        const QByteArray svg = shown.saved(ExportFormat::Svg);
        QSvgRenderer renderer(svg);
        QVERIFY(renderer.isValid());
        QVERIFY(renderer.defaultSize().width() > shown.card.chart().width());
        QXmlStreamReader reader(svg);
        QString text;
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters)
                text += reader.text();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        for (const char* word : {"Pass rate", "% of cases", "policy-answer@v3 / embedded",
                                 "policy-answer@v4 / gateway-eu", "12 Nov 2026"})
            QVERIFY2(text.contains(QString::fromLatin1(word)), word);
    }

    void rowsAreReadBackAsTheyAre()
    {
        Shown shown(plumbline::tests::dashboardReading().series);
        const QByteArray bytes = shown.saved(ExportFormat::Csv);
        const auto records = plumbline::parseCsv(bytes.toStdString(), "chart.csv");
        QVERIFY(records);
        const auto& rows = shown.card.model().rows();
        QCOMPARE(records->size(), rows.size() + 1);
        QCOMPARE(records->front().fields.size(), std::size_t(10));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& fields = (*records)[i + 1].fields;
            QCOMPARE(fields[0], plumbline::toString(dashboard::toTimestamp(rows[i].at)));
            QCOMPARE(fields[1], rows[i].run.toStdString());
            QCOMPARE(fields[4], std::string("pass_rate"));
            QVERIFY(std::abs(std::stod(fields[5]) - rows[i].value) < 1e-9);
            QVERIFY(std::abs(std::stod(fields[6]) - rows[i].low) < 1e-9);
            QVERIFY(std::abs(std::stod(fields[7]) - rows[i].high) < 1e-9);
            QCOMPARE(fields[9], std::string("% of cases"));
        }
    }

    void aSpreadsheetFindsNoFormula()
    {
        plumbline::evals::RunSeries series = plumbline::tests::dashboardReading().series;
        series.variants[0] = "=HYPERLINK(\"http://x.example\",\"a, b\")";
        Shown shown(series);
        const QByteArray bytes = shown.saved(ExportFormat::Csv);
        const auto records = plumbline::parseCsv(bytes.toStdString(), "chart.csv");
        QVERIFY(records);
        QCOMPARE((*records)[1].fields[3], '\'' + series.variants[0]);
    }

    void whatCannotBeWrittenIsSaid()
    {
        Shown shown(plumbline::tests::dashboardReading().series);
        QSignalSpy ended(&shown.card, &ChartCard::exportEnded);
        shown.card.saveTo(ExportFormat::Csv, QStringLiteral("/nowhere/at/all/chart.csv"));
        QVERIFY(ended.wait());
        QCOMPARE(ended.first().at(1).toBool(), false);
        QVERIFY(ended.first().at(0).toString().contains(QStringLiteral("/nowhere/at/all")));
    }
};

QTEST_MAIN(TestChartExport)
#include "tst_chart_export.moc"
