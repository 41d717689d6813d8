// The tree of documents with its filter. Filtering and sorting happen away from the window.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/corpus/document_tree.h"
#include "ui/corpus/services.h"
#include "ui/jobs/job.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;
class QTreeView;

namespace plumbline::ui::corpus {

class TreeModel;

class TreePanel final : public QWidget {
    Q_OBJECT
public:
    explicit TreePanel(QWidget* parent = nullptr);
    ~TreePanel() override;

    void setRows(Rows rows);
    Rows rows() const { return m_rows; }
    // Selects the document when the filter shows it; without `quiet` chosen() follows.
    void select(const QString& key, bool quiet);
    void focusFilter();
    QTreeView& view() { return *m_view; }
    TreeModel& model() { return *m_model; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void chosen(const QString& document); // key as TreeModel::kDocumentRole
    void filtered();                      // the tree on screen is the one asked for last

private:
    void refilter();
    void show(std::shared_ptr<const DocumentTree> tree);
    void expandWhatFits();

    Rows m_rows;
    QLineEdit* m_filter = nullptr;
    QComboBox* m_state = nullptr;
    QLabel* m_count = nullptr;
    QTreeView* m_view = nullptr;
    TreeModel* m_model = nullptr;
    QString m_selected;
    bool m_quiet = false;
    jobs::Job<std::shared_ptr<const DocumentTree>> m_job;
};

} // namespace plumbline::ui::corpus
