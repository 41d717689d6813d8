// One case: what is asked and expected, both answers compared, the checks, the sources, and what a person
// thinks of the verdict.
#pragma once

#include <QWidget>

#include "ui/evals/services.h"
#include "ui/jobs/job.h"
#include "ui/widgets/diff_rows.h"
#include "ui/widgets/link.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace plumbline::ui::widgets {
class DiffView;
class PageStates;
} // namespace plumbline::ui::widgets

namespace plumbline::ui::evals {

class JudgementBar;
class SourcesPanel;
class TextTable;

class CasePanel final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Answers, Checks, Sources };

    explicit CasePanel(const Services& services, QWidget* parent = nullptr);
    ~CasePanel() override;

    // Reads the case; `columns` are the baseline, where there is one, and the candidate.
    void open(const QString& caseId, std::vector<MatrixColumn> columns);
    void clear();
    void showTab(Tab tab);
    void focusAnswer();
    void retry();

    QString shownCase() const { return QString::fromStdString(m_ref.caseId); }
    QString shownHead() const; // question and expectation as a person reads them
    widgets::DiffView& answers() const { return *m_diff; }
    TextTable& checks() const { return *m_checks; }
    SourcesPanel& sources() const { return *m_sources; }
    JudgementBar& judgement() const { return *m_judgement; }
    widgets::PageStates& states() const { return *m_states; }
    // Which answer sources and judgement are of: the baseline or the candidate.
    void showSide(bool baseline);

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& link);
    void left();  // Esc
    void shown(); // the case asked for last is on screen

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeContent();
    QWidget* makeHead();
    void take(CaseDetail detail);
    void showRepeat();
    void showHead();
    void showSideNow();
    void compareAnswers();
    void judge(Opinion opinion, const QString& note);
    void askWhy();
    const Attempt* attempt(std::size_t column) const;
    std::size_t sideColumn() const;

    const Services& m_services; // of the page, which owns this
    CaseRef m_ref;
    CaseDetail m_detail;
    QTimer* m_delay = nullptr; // a person who holds a key down reads no case
    bool m_baselineSide = false;

    widgets::PageStates* m_states = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_question = nullptr;
    QLabel* m_expected = nullptr;
    QComboBox* m_repeat = nullptr;
    QButtonGroup* m_sides = nullptr;
    QPushButton* m_why = nullptr;
    QPushButton* m_document = nullptr;
    QPushButton* m_prompt = nullptr;
    QTabWidget* m_tabs = nullptr;
    QStackedWidget* m_answers = nullptr;
    widgets::DiffView* m_diff = nullptr;
    QPlainTextEdit* m_single = nullptr; // one answer alone
    TextTable* m_checks = nullptr;
    SourcesPanel* m_sources = nullptr;
    QLabel* m_reasons = nullptr; // why the case flipped
    JudgementBar* m_judgement = nullptr;
    jobs::Job<CaseDetail> m_job;
    jobs::Job<widgets::DiffDocument> m_diffJob;
    jobs::Job<bool> m_judgeJob;
    jobs::Job<std::vector<std::string>> m_whyJob;
};

} // namespace plumbline::ui::evals
