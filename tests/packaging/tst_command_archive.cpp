// The archive of the command alone: it unpacks, runs, carries what CI needs, and links no Qt.
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

struct Ran {
    int code = -1;
    QString out;
    QString err;
};

Ran ran(const QString& program, const QStringList& arguments, const QString& folder = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(240'000)) {
        return {-1, {}, process.errorString()};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class CommandArchiveTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void carriesWhatCiNeeds_data();
    void carriesWhatCiNeeds();
    void runs();
    void linksNoQt();
    void listsThePackagesItNeeds();

private:
    QTemporaryDir m_folder;
    QString m_root; // of the unpacked archive
};

void CommandArchiveTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const QString config = QStringLiteral(PLUMBLINE_BINARY_DIR "/CPackConfig.cmake");
    const Ran packed = ran(QStringLiteral("cpack"),
                           {QStringLiteral("--config"), config, QStringLiteral("-B"), m_folder.path()});
    QVERIFY2(packed.code == 0, qPrintable(packed.out + packed.err));
    const QStringList archives = QDir(m_folder.path()).entryList({QStringLiteral("plumbline-*.tar.gz")});
    QCOMPARE(archives.size(), 1);
    const Ran unpacked =
        ran(QStringLiteral("tar"), {QStringLiteral("-xzf"), archives.first()}, m_folder.path());
    QVERIFY2(unpacked.code == 0, qPrintable(unpacked.err));
    m_root = m_folder.filePath(archives.first().chopped(7));
    QVERIFY2(QFileInfo(m_root).isDir(), qPrintable(m_root));
}

void CommandArchiveTest::carriesWhatCiNeeds_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("the command") << QStringLiteral("bin/plumbline");
    QTest::newRow("what it runs on") << QStringLiteral("share/plumbline/packages-run");
    QTest::newRow("the GitHub workflow") << QStringLiteral("share/plumbline/ci/github-actions.yml");
    QTest::newRow("the GitLab job") << QStringLiteral("share/plumbline/ci/gitlab-ci.yml");
    QTest::newRow("the schema of gates") << QStringLiteral("share/plumbline/schemas/gates.schema.json");
    QTest::newRow("the sample's gates") << QStringLiteral("share/plumbline/sample/gates.yaml");
    QTest::newRow("the licence") << QStringLiteral("share/doc/plumbline/LICENSE");
}

void CommandArchiveTest::carriesWhatCiNeeds()
{
    QFETCH(QString, file);
    QVERIFY2(QFileInfo(m_root + QLatin1Char('/') + file).isFile(), qPrintable(file));
    QVERIFY(!QFileInfo::exists(m_root + QStringLiteral("/bin/plumbline-console")));
}

void CommandArchiveTest::runs()
{
    const QString command = m_root + QStringLiteral("/bin/plumbline");
    const Ran version = ran(command, {QStringLiteral("--version")});
    QVERIFY2(version.code == 0, qPrintable(version.err));
    QVERIFY(version.out.contains(QStringLiteral(PLUMBLINE_PROJECT_VERSION)));
    const QString workspace = m_folder.filePath(QStringLiteral("workspace"));
    QCOMPARE(ran(command, {QStringLiteral("init"), workspace}).code, 0);
    QCOMPARE(ran(command, {QStringLiteral("--workspace"), workspace, QStringLiteral("index")}).code, 0);
    QCOMPARE(ran(command, {QStringLiteral("help"), QStringLiteral("eval")}).code, 0);
}

void CommandArchiveTest::linksNoQt()
{
    const Ran libraries = ran(QStringLiteral("ldd"), {m_root + QStringLiteral("/bin/plumbline")});
    QCOMPARE(libraries.code, 0);
    QVERIFY(libraries.out.contains(QStringLiteral("libsqlite3")));
    QVERIFY2(!libraries.out.contains(QStringLiteral("Qt"), Qt::CaseInsensitive), qPrintable(libraries.out));
    QVERIFY2(!libraries.out.contains(QStringLiteral("not found")), qPrintable(libraries.out));
}

// Every library that the command itself names comes with a package of the list; theirs come with apt.
void CommandArchiveTest::listsThePackagesItNeeds()
{
    const Ran header =
        ran(QStringLiteral("readelf"), {QStringLiteral("-d"), m_root + QStringLiteral("/bin/plumbline")});
    if (header.code != 0 || ran(QStringLiteral("dpkg"), {QStringLiteral("--version")}).code != 0) {
        QSKIP("readelf or dpkg is not here");
    }
    QFile file(m_root + QStringLiteral("/share/plumbline/packages-run"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList packages = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    const QRegularExpression needed(QStringLiteral("\\(NEEDED\\).*\\[(.+)\\]"));
    int seen = 0;
    for (const QString& line : header.out.split(QLatin1Char('\n'))) {
        const auto match = needed.match(line);
        if (!match.hasMatch() || match.captured(1).startsWith(QStringLiteral("ld-linux"))) {
            continue;
        }
        const Ran owner =
            ran(QStringLiteral("dpkg"), {QStringLiteral("-S"), QStringLiteral("*/") + match.captured(1)});
        bool listed = false; // several packages may own a file of that name
        for (const QString& found : owner.out.split(QLatin1Char('\n'))) {
            const QString package = found.section(QLatin1Char(':'), 0, 0);
            listed = listed || package == QStringLiteral("libc6") || packages.contains(package);
        }
        QVERIFY2(listed, qPrintable(match.captured(1) + QStringLiteral(" comes from ") + owner.out));
        ++seen;
    }
    QVERIFY(seen > 10);
}

QTEST_GUILESS_MAIN(CommandArchiveTest)
#include "tst_command_archive.moc"
