// Two columns compared: a verdict for each metric with its interval, and the gates.
#pragma once

#include <QWidget>

#include "ui/evals/verdict.h"

class QLabel;
class QPushButton;
class QTableView;

namespace plumbline {
struct Error;
struct Progress;
} // namespace plumbline
namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::evals {

class TextTable;
class VerdictModel;

// "Gates: 1 of 3 failed · Grounded regressed −6.1 points": what a person must know first.
QString summaryOf(const Comparison& comparison);
// "bad", "ok", "warn" or "muted".
const char* roleOf(const Comparison& comparison);

class VerdictPanel final : public QWidget {
    Q_OBJECT
public:
    explicit VerdictPanel(QWidget* parent = nullptr);

    void showLoading();
    void showNoBaseline();
    void showFailed(const Error& error);
    void setComparison(const Comparison& comparison, const QString& baseline, const QString& candidate);
    QString said() const; // the sentence below the table
    QTableView& table() const { return *m_table; }
    TextTable& gates() const { return *m_gates; }
    widgets::PageStates& states() const { return *m_states; }

Q_SIGNALS:
    void retryRequested();

private:
    QWidget* makeContent();
    void showCurrent();
    void copy();

    VerdictModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_sides = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_gatesHeading = nullptr;
    TextTable* m_gates = nullptr;
    QTableView* m_gatesTable = nullptr;
    QLabel* m_notes = nullptr;
    QPushButton* m_copy = nullptr;
    widgets::PageStates* m_states = nullptr;
};

} // namespace plumbline::ui::evals
