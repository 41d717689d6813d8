// Prompts and their versions as a tree of two levels.
#pragma once

#include <QStandardItemModel>
#include <QString>

#include "ui/prompts/services.h"

namespace plumbline::ui::prompts {

QString stateWords(VersionState state);

class CatalogueModel final : public QStandardItemModel {
    Q_OBJECT
public:
    enum Column { Version, Labels, State, Changed, Author, Note, ColumnCount };
    enum Role { NameRole = Qt::UserRole + 1, VersionRole }; // VersionRole is 0 on a prompt itself

    explicit CatalogueModel(QObject* parent = nullptr);

    // Versions of which every word of `filter` occurs in name, title, label, author, state or note.
    void setCatalogue(const Catalogue& catalogue, const QString& filter, Timestamp now);
    int versions() const { return m_versions; } // shown
    // The row of a version; of the newest for version 0. Invalid when it is not shown.
    QModelIndex find(const QString& name, int version) const;

private:
    int m_versions = 0;
};

} // namespace plumbline::ui::prompts
