// The retrieval debugger: the same search that answers stand on, with every score of every stage and what
// each filter dropped.
#pragma once

#include <memory>
#include <vector>

#include <QWidget>

#include "ui/corpus/services.h"
#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QSpinBox;
class QSplitter;
class QTableView;

namespace plumbline::ui::jobs {
class JobList;
}
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::corpus {

class DroppedModel;
class RankedModel;

class RetrievalPanel final : public QWidget {
    Q_OBJECT
public:
    RetrievalPanel(Services services, jobs::JobList& jobList, QWidget* parent = nullptr);
    ~RetrievalPanel() override;

    void setAsOf(Date date);
    void search(const QString& query); // as if typed
    void focusQuery();
    QString resultAsText() const; // what "Copy as text" gives

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& to);
    void searched(); // a result is on screen

private:
    // A result with the places of the matched terms, made in the job.
    struct Found {
        retrieval::SearchRequest request;
        retrieval::SearchResult result;
        std::vector<std::vector<Span>> terms;
    };

    QWidget* makeQueryRow();
    QWidget* makeWhyRow();
    QWidget* makeContent();
    void connectTables();
    retrieval::SearchRequest typed() const;
    void start(const retrieval::SearchRequest& request);
    void show(Found found);
    void showPassage(int row);
    void askWhy();

    Services m_services;
    Found m_found;

    QLineEdit* m_query = nullptr;
    QDateEdit* m_asOf = nullptr;
    QComboBox* m_profile = nullptr;
    QSpinBox* m_top = nullptr;
    QLabel* m_summary = nullptr;
    QLineEdit* m_document = nullptr;
    QLabel* m_why = nullptr;
    QPushButton* m_copy = nullptr;
    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    QTableView* m_table = nullptr;
    QTableView* m_droppedTable = nullptr;
    QLabel* m_passage = nullptr;
    RankedModel* m_ranked = nullptr;
    DroppedModel* m_dropped = nullptr;

    jobs::Job<Found> m_job;
    jobs::Job<retrieval::WhyNot> m_whyJob;
};

} // namespace plumbline::ui::corpus
