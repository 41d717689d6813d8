// Packages of the npm registry in a temporary folder, outside of the sources.
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace plumbline::tests {

class NpmFolder {
public:
    // Empty when all is there, else why it is not: no node, no registry. `packages` name their versions.
    QString install(const QStringList& packages);
    QString path() const { return m_folder.path(); }
    // Lines that a program printed on stdout; empty when it failed (the reason is then in `error`).
    QStringList run(const QString& program, const QStringList& arguments, QString* error) const;

private:
    QTemporaryDir m_folder;
};

// Where what was answered is kept: tests/app/llm/recorded/NAME.
QString recordedFolder(const QString& name);
// Writes it there when $PLUMBLINE_RECORD is set.
void record(const QString& name, const QString& file, const QByteArray& bytes);

} // namespace plumbline::tests
