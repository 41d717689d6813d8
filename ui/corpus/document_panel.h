// One document: its text as rendered, its facts, and the acts of approving it and of releasing it from
// quarantine.
#pragma once

#include <optional>

#include <QWidget>

#include "app/base/text.h"
#include "ui/corpus/services.h"
#include "ui/jobs/job.h"

class QFormLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QSettings;
class QSplitter;

namespace plumbline::ui::widgets {
class DocumentView;
class PageStates;
} // namespace plumbline::ui::widgets

namespace plumbline::ui::corpus {

class DocumentPanel final : public QWidget {
    Q_OBJECT
public:
    DocumentPanel(Services services, QWidget* parent = nullptr);
    ~DocumentPanel() override;

    // Shows the document (key as TreeModel gives it) with `marks` (code points) marked and scrolled to.
    void show(const QString& document, Date asOf, std::vector<Span> marks);
    QString document() const { return m_document; }
    const widgets::DocumentView& view() const { return *m_view; }

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void changed(); // approved or released: lists are out of date
    void failed(const QString& words);

private:
    QWidget* makeContent();
    void take(plumbline::corpus::DocumentView document);
    void setFacts(const plumbline::corpus::DocumentRow& row);
    void addFact(const QString& name, const QString& value, const char* role = nullptr);
    void confirm(bool release);
    void act(bool release);

    Services m_services;
    QString m_document;
    Date m_asOf;
    std::vector<Span> m_marks;
    std::optional<plumbline::corpus::DocumentRow> m_row;

    widgets::PageStates* m_states = nullptr;
    QSplitter* m_splitter = nullptr;
    widgets::DocumentView* m_view = nullptr;
    QScrollArea* m_factsArea = nullptr;
    QWidget* m_facts = nullptr;
    QFormLayout* m_form = nullptr;
    QPushButton* m_approve = nullptr;
    QPushButton* m_release = nullptr;
    QPushButton* m_edges = nullptr;

    jobs::Job<plumbline::corpus::DocumentView> m_job;
    jobs::Job<plumbline::corpus::DocumentRow> m_act;
};

} // namespace plumbline::ui::corpus
