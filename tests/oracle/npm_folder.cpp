#include "tests/oracle/npm_folder.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include "tests/support/paths.h"

namespace plumbline::tests {

QStringList NpmFolder::run(const QString& program, const QStringList& arguments, QString* error) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(program, arguments);
    const bool ended = process.waitForFinished(180'000);
    if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        *error = ended ? QString::fromUtf8(process.readAllStandardError()).right(400) : process.errorString();
        process.kill();
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
}

QString NpmFolder::install(const QStringList& packages)
{
    QString error;
    if (run("node", {"--version"}, &error).isEmpty())
        return "node is not here";
    if (run("npm",
            QStringList{"install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."} + packages,
            &error)
            .isEmpty())
        return "npm cannot install " + packages.join(' ') + ": " + error.simplified();
    return {};
}

QString recordedFolder(const QString& name)
{
    return QString::fromStdString((sourceDirectory() / "tests/app/llm/recorded").string()) + "/" + name;
}

void record(const QString& name, const QString& file, const QByteArray& bytes)
{
    if (!qEnvironmentVariableIsSet("PLUMBLINE_RECORD"))
        return;
    QDir().mkpath(recordedFolder(name));
    QFile out(recordedFolder(name) + "/" + file);
    if (out.open(QIODevice::WriteOnly))
        out.write(bytes);
}

} // namespace plumbline::tests
