// The prompts of the workspace with their versions, and a filter over them.
#pragma once

#include <QWidget>

#include "ui/prompts/services.h"

class QLabel;
class QLineEdit;
class QSettings;
class QTreeView;

namespace plumbline::ui::prompts {

class CatalogueModel;

class CataloguePanel final : public QWidget {
    Q_OBJECT
public:
    explicit CataloguePanel(QWidget* parent = nullptr);

    void setCatalogue(const Catalogue& catalogue, Timestamp now);
    // Makes the version current, as if chosen; version 0 is the newest.
    void select(const QString& name, int version);
    void focusFilter();
    QTreeView& view() const { return *m_view; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void chosen(const QString& name, int version);
    void fileRequested(const QString& path, int line); // of a problem

private:
    void refill();
    void showProblems();

    Catalogue m_catalogue;
    Timestamp m_now;
    CatalogueModel* m_model = nullptr;
    QLineEdit* m_filter = nullptr;
    QTreeView* m_view = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_problems = nullptr;
    QString m_name; // what is current
    int m_version = 0;
    bool m_quiet = false; // the model changes, nobody chose
};

} // namespace plumbline::ui::prompts
