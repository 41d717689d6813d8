// The documents: their tree with approval state, one document with its facts, the retrieval debugger, the
// ledger, and indexing.
#pragma once

#include <QWidget>

#include "ui/corpus/document_tree.h"
#include "ui/corpus/services.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QDateEdit;
class QLabel;
class QProgressBar;
class QPushButton;
class QSettings;
class QSplitter;
class QTabWidget;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::corpus {

class DocumentPanel;
class LedgerPanel;
class NoticesPanel;
class RetrievalPanel;
class TreePanel;

class CorpusPage final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Document, Retrieval, Ledger, Notices };

    CorpusPage(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~CorpusPage() override;

    // Reads the list of documents again; called when the page is first shown and after every change.
    void reload();
    // Shows the document with the spans marked.
    void open(const widgets::Link& link);
    void startIndexing();
    void stopIndexing() { m_indexJob.cancel(); }
    void search(const QString& query); // in the retrieval debugger
    void askForRollback();
    void showTab(Tab tab);
    void focusFilter();

    TreePanel& tree() { return *m_tree; }
    DocumentPanel& document() { return *m_document; }
    RetrievalPanel& retrieval() { return *m_retrieval; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void loaded();        // the list of documents is on screen
    void corpusChanged(); // a new generation, an approval, a release
    void indexProgress(const Progress& progress);
    void indexEnded(bool done);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    void tellProgress();
    QWidget* makeContent();
    void takeReport(const Result<retrieval::IndexReport>& report);
    void rollBack();
    void say(const QString& words, const char* role);
    Date asOf() const;

    Services m_services;
    bool m_loaded = false;

    QDateEdit* m_asOf = nullptr;
    QPushButton* m_index = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_rollback = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_said = nullptr;
    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    QTabWidget* m_tabs = nullptr;
    TreePanel* m_tree = nullptr;
    DocumentPanel* m_document = nullptr;
    RetrievalPanel* m_retrieval = nullptr;
    LedgerPanel* m_ledger = nullptr;
    NoticesPanel* m_notices = nullptr;

    jobs::Job<std::vector<plumbline::corpus::DocumentRow>> m_listJob;
    jobs::Job<retrieval::IndexReport> m_indexJob;
    jobs::Job<retrieval::GenerationInfo> m_rollbackJob;
    jobs::Job<std::vector<retrieval::GenerationInfo>> m_generationsJob;
};

} // namespace plumbline::ui::corpus
