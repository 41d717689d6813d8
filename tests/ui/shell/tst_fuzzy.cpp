#include <QtTest>

#include "ui/shell/arguments.h"
#include "ui/shell/fuzzy.h"

using plumbline::ui::shell::fuzzyScore;
using plumbline::ui::shell::parseArguments;

class TestFuzzy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBetterFitScoresHigher_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("starts of words before letters inside") << "ir"
                                                               << "Incident Response"
                                                               << "Chargeback fair use";
        QTest::newRow("letters in a row before scattered ones") << "cert"
                                                                << "Certificate Rotation"
                                                                << "Chargeback Entry Rate Table";
        QTest::newRow("the shorter name") << "corpus"
                                          << "Corpus"
                                          << "Corpus of everything there is";
        QTest::newRow("spaces in the pattern are skipped") << "cert rot"
                                                           << "Certificate Rotation"
                                                           << "Certificates of origin, other terms";
    }
    void theBetterFitScoresHigher()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, better);
        QFETCH(const QString, worse);
        QVERIFY(fuzzyScore(pattern, better) > fuzzyScore(pattern, worse));
    }

    void lettersOutOfOrderDoNotFit()
    {
        QCOMPARE(fuzzyScore(u"xyz", u"Corpus"), 0);
        QCOMPARE(fuzzyScore(u"sc", u"Cs"), 0);
        QCOMPARE(fuzzyScore(u"", u"Corpus"), 1);
    }

    void argumentsAreReadOrRefusedInOneLine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("error");
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("all of them")
            << "--workspace w --page corpus --theme dark --size 1280x800 --screenshot f.png --ask why"
            << "";
        QTest::newRow("with an equals sign") << "--workspace=w --size=1920x1080"
                                             << "";
        QTest::newRow("the newest page") << "--workspace w --page dashboard"
                                         << "";
        QTest::newRow("an unknown option") << "--frobnicate yes"
                                           << "unknown option --frobnicate";
        QTest::newRow("a missing value") << "--ask"
                                         << "expected a value after --ask";
        QTest::newRow("a page that does not exist")
            << "--page triage"
            << "expected assistant, corpus, prompts, evaluations, dashboard or settings";
        QTest::newRow("a size that is none") << "--size big"
                                             << "expected a size like 1280x800";
        QTest::newRow("a theme that does not exist") << "--theme pink"
                                                     << "expected light or dark";
    }
    void argumentsAreReadOrRefusedInOneLine()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, error);
        const auto arguments = parseArguments(line.split(u' ', Qt::SkipEmptyParts));
        QCOMPARE(arguments.has_value(), error.isEmpty());
        if (!arguments)
            QVERIFY2(QString::fromStdString(arguments.error().message).startsWith(error),
                     arguments.error().message.c_str());
        else if (line.contains(QStringLiteral("w")))
            QCOMPARE(arguments->workspace, QStringLiteral("w"));
    }
};

QTEST_APPLESS_MAIN(TestFuzzy)
#include "tst_fuzzy.moc"
